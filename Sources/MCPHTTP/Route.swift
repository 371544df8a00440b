import Bytes
import HTTPServer
import HTTPTypes

/// What is found under a path. A new route is a row of `all`, and the handler that the row names.
final class Route: Sendable {
    typealias Handler =
        @Sendable (_ transport: HTTPTransport, _ head: RequestHead, _ body: Span<UInt8>, _ writer: ResponseWriter) ->
        Void

    enum Access: Equatable, Sendable {
        /// Whoever may reach the server; requests have no body.
        case everyone
        /// Clients that show the token, where there is one.
        case clients
    }

    private let paths: [String]
    private let methods: [HTTPMethod]
    let access: Access
    /// Whether the response to a POST is only its status: what it answers comes on a stream.
    let answersOnStream: Bool
    let handler: Handler
    /// For `Allow` (RFC 9110, section 10.2.1). OPTIONS is answered for every route.
    let allowed: String

    private init(
        _ paths: [String], _ methods: [HTTPMethod], _ access: Access, answersOnStream: Bool = false,
        _ handler: @escaping Handler
    ) {
        self.paths = paths
        self.methods = methods
        self.access = access
        self.answersOnStream = answersOnStream
        self.handler = handler
        allowed = (methods + [.options]).map { $0.name }.joined(separator: ", ")
    }

    func allows(_ method: HTTPMethod) -> Bool { methods.contains(method) }

    /// - Parameter withToken: whether the last part of a client's path may be the token.
    /// - Returns: nil when there is nothing; and where the token begins in the path, if there is one.
    static func find(_ head: RequestHead, withToken: Bool) -> (route: Route, token: Int?)? {
        var route: Route?
        var token: Int?
        head.withPath { path in
            route = find(path)
            guard route == nil, withToken, let slash = path.indices.last(where: { path[$0] == UInt8(ascii: "/") }),
                let owner = find(path.extracting(first: slash)), owner.access == .clients
            else { return }
            route = owner
            token = slash + 1
        }
        return route.map { ($0, token) }
    }

    private static func find(_ path: Span<UInt8>) -> Route? {
        for route in all {
            for known in route.paths where path.isSame(as: known) { return route }
        }
        return nil
    }

    private static let all = [
        // Streamable HTTP, both eras; /mcp/stream is for users of the Go original. Some clients and proxies put a slash
        // behind, and follow no redirect with a POST.
        Route(["/mcp", "/mcp/", "/mcp/stream", "/mcp/stream/"], [.get, .post, .delete], .clients) {
            $0.serveMCP($1, $2, $3)
        },
        // HTTP+SSE of 2024-11-05.
        Route(["/mcp/sse", "/mcp/sse/"], [.get, .post], .clients, answersOnStream: true) {
            $0.serveLegacySSE($1, $2, $3)
        },
        Route(["/health"], [.get, .head], .everyone) { transport, head, _, writer in
            transport.answerHealth(head, writer)
        },
        Route(["/ready"], [.get, .head], .everyone) { transport, head, _, writer in
            transport.answerReady(head, writer)
        },
        Route(["/metrics"], [.get, .head], .everyone) { transport, head, _, writer in
            transport.answerMetrics(head, writer)
        },
    ]
}
