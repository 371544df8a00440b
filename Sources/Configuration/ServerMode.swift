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

    /// The word for the mode that fits how the program was started.
    static let automatic = "auto"

    /// - Parameters:
    ///   - name: of a mode, or `automatic`: a client that has started the program on pipes needs no port, and would
    ///     take one from its next instance, unless HTTP was asked for.
    init?(_ name: String, isStartedByClient: Bool, asksForHTTP: Bool) {
        if name == ServerMode.automatic {
            self = isStartedByClient && !asksForHTTP ? .stdio : .both
        } else {
            self.init(name)
        }
    }

    package var usesStdio: Bool { self != .sse }
    package var usesHTTP: Bool { self != .stdio }
}
