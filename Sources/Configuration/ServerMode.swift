/// How clients reach the server.
package enum ServerMode: Equatable, Sendable, CaseIterable {
    /// Standard input and output.
    case stdio
    /// HTTP; named after the transport that MCP had first on it.
    case sse
    /// Both.
    case both

    package var name: String {
        switch self {
        case .stdio: "stdio"
        case .sse: "sse"
        case .both: "both"
        }
    }

    package init?(_ name: String) {
        guard let mode = ServerMode.allCases.first(where: { $0.name == name }) else { return nil }
        self = mode
    }

    package var usesStdio: Bool { self != .sse }
    package var usesHTTP: Bool { self != .stdio }
}
