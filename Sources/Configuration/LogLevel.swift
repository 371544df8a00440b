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
}
