import HTTPServer

/// What is found under which path.
enum Endpoint {
    /// Streamable HTTP, both eras: `/mcp`, and `/mcp/stream` for users of the Go original.
    case mcp
    /// HTTP+SSE of 2024-11-05: `/mcp/sse`.
    case sse
    case health, ready, metrics

    init?(_ head: RequestHead) {
        if head.pathIs("/mcp") || head.pathIs("/mcp/stream") {
            self = .mcp
        } else if head.pathIs("/mcp/sse") {
            self = .sse
        } else if head.pathIs("/health") {
            self = .health
        } else if head.pathIs("/ready") {
            self = .ready
        } else if head.pathIs("/metrics") {
            self = .metrics
        } else {
            return nil
        }
    }

    var isProtected: Bool { self == .mcp || self == .sse }

    /// For `Allow` (RFC 9110, section 10.2.1).
    var allowed: String {
        switch self {
        case .mcp: "GET, POST, DELETE, OPTIONS"
        case .sse: "GET, POST, OPTIONS"
        case .health, .ready, .metrics: "GET, HEAD, OPTIONS"
        }
    }

    func allows(_ method: RequestMethod) -> Bool {
        switch self {
        case .mcp: method == .get || method == .post || method == .delete
        case .sse: method == .get || method == .post
        case .health, .ready, .metrics: method == .get || method == .head
        }
    }
}
