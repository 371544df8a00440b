import JSON
import MCP

/// A day of the Gregorian calendar, written 2024-02-29 (RFC 3339, full-date).
enum CalendarDay {
    static let kind = Parameter.Kind.custom(schema: ["type": "string", "format": "date"]) { value in
        if number(value) != nil { return nil }
        return "a day that there is, such as \"2024-02-29\" (year-month-day)"
    }

    /// The year, the month and the day in a row, as 20240229; nil when it is no day.
    static func number(_ value: JSONValue) -> Int64? {
        guard let text = value.string, text.utf8.count == 10 else { return nil }
        var number: Int64 = 0
        for (position, byte) in text.utf8.enumerated() {
            if position == 4 || position == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            }
        }
        let month = number / 100 % 100
        let day = number % 100
        guard month >= 1, month <= 12, day >= 1, day <= days(in: month, of: number / 10_000) else { return nil }
        return number
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
