/// How much a log line matters.
package enum LogLevel: Int, Sendable, CaseIterable {
    case debug
    case info
    case warn
    case error

    package var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warn: "warn"
        case .error: "error"
        }
    }

    package init?(_ name: String) {
        guard let level = LogLevel.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }

    /// The word for the level that a mode has of itself.
    package static let automatic = "auto"

    /// - Parameter name: of a level, or `automatic`: the lines of a program that a client has started often end up in
    ///   the terminal of the client's user, who is to see what needs attention alone.
    init?(_ name: String, in mode: ServerMode) {
        if name == LogLevel.automatic { self = mode == .stdio ? .warn : .info } else { self.init(name) }
    }
}
