import JSON

/// How grave a log message is (RFC 5424, section 6.2.1), least first.
public enum LoggingLevel: Int, CaseIterable, Sendable {
    case debug, info, notice, warning, error, critical, alert, emergency

    public var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        case .critical: "critical"
        case .alert: "alert"
        case .emergency: "emergency"
        }
    }

    init(_ value: JSONValue) throws(RPCError) {
        guard let level = LoggingLevel.allCases.first(where: { $0.name == value.string }) else {
            throw RPCError(
                .invalidParams,
                "The log level must be debug, info, notice, warning, error, critical, alert or emergency.")
        }
        self = level
    }
}
