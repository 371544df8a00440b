import Bytes
import JSON
import MCP

/// A day of the Gregorian calendar, written 2024-02-29 (RFC 3339, full-date), or told from today on.
enum CalendarDay {
    static let kind = Parameter.Kind.custom(schema: ["type": "string"]) { value in
        if date(value) != nil || value.string.flatMap({ RelativeDay($0) }) != nil { return nil }
        return "a day that there is, such as \"2024-02-29\" (year-month-day), or today, -30d, +2w, -6m, +1y"
    }

    /// Nil when it is no day.
    static func date(_ value: JSONValue) -> CivilDate? {
        guard case .string(let text) = value else { return nil }
        return CivilDate(text.utf8.span)
    }
}
