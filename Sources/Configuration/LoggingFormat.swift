/// The form of log lines.
package enum LoggingFormat: Sendable, CaseIterable {
    /// Text on a terminal, JSON elsewhere.
    case auto
    case json
    case text

    package var name: String {
        switch self {
        case .auto: "auto"
        case .json: "json"
        case .text: "text"
        }
    }

    package init?(_ name: String) {
        guard let format = LoggingFormat.allCases.first(where: { $0.name == name }) else { return nil }
        self = format
    }
}
