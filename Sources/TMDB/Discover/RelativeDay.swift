import Bytes
import JSON
import MCP

/// A day told from today on, for a model that does not know which day it is: "today", "yesterday", "tomorrow", "-30d",
/// "+2w", "-6m", "+1y", "today-30d".
struct RelativeDay {
    private let count: Int
    private let unit: UInt8

    /// Nil for any other form.
    init?(_ text: String) {
        var bytes = text.utf8.filter { $0 > UInt8(ascii: " ") }.asciiLowercased
        if let days = RelativeDay.words.first(where: { Array($0.word.utf8) == bytes })?.days {
            count = days
            unit = UInt8(ascii: "d")
            return
        }
        if bytes.starts(with: "today".utf8) { bytes.removeFirst("today".utf8.count) }
        guard let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"),
            let end = bytes.dropFirst().firstIndex(where: { !$0.isASCIIDigit }),
            let number = Int(digits: String(decoding: bytes[1..<end], as: UTF8.self)),
            let unit = RelativeDay.unit(of: Array(bytes[end...])), number <= unit.most
        else { return nil }
        count = sign == UInt8(ascii: "-") ? -number : number
        self.unit = unit.letter
    }

    private static let words = [(word: "today", days: 0), (word: "yesterday", days: -1), (word: "tomorrow", days: 1)]

    /// Of "d", "day" or "days", and so on; with what makes a hundred years.
    private static func unit(of word: [UInt8]) -> (letter: UInt8, most: Int)? {
        for (name, most) in [("day", 36_500), ("week", 5200), ("month", 1200), ("year", 100)] {
            let name = Array(name.utf8)
            let isPlural = word.last == UInt8(ascii: "s") && Array(word.dropLast()) == name
            if word == name || isPlural || word == [name[0]] { return (name[0], most) }
        }
        return nil
    }

    /// Months and years end on the last day of a month that is too short. Nil beyond the year 9999.
    func date(from today: CivilDate) -> CivilDate? {
        switch unit {
        case UInt8(ascii: "m"), UInt8(ascii: "y"):
            let months = today.year * 12 + today.month - 1 + count * (unit == UInt8(ascii: "y") ? 12 : 1)
            guard months >= 0 else { return nil }
            for day in (28...31).reversed() where day <= max(today.day, 28) {
                let day = min(day, today.day)
                if let date = CivilDate(year: months / 12, month: months % 12 + 1, day: day) { return date }
            }
            return nil
        default:
            return CivilDate(daysSince1970: today.daysSince1970 + count * (unit == UInt8(ascii: "w") ? 7 : 1))
        }
    }

    /// Puts days in the place of those that were told from today on, and tells which: what they mean depends on when
    /// and for where the call is made.
    static func settle(_ arguments: inout Arguments, _ context: TMDBContext) -> [(name: String, day: String)] {
        var settled: [(name: String, day: String)] = []
        for (name, value) in arguments.json where name.hasSuffix("date.gte") || name.hasSuffix("date.lte") {
            guard let text = value.string, CalendarDay.date(value) == nil else { continue }
            guard let day = RelativeDay(text)?.date(from: today(arguments, context)) else { continue }
            arguments.replace(name, with: .string(day.text))
            settled.append((name, day.text))
        }
        return settled
    }

    /// Where the call is about: in its time zone, else in its country, else in UTC.
    private static func today(_ arguments: Arguments, _ context: TMDBContext) -> CivilDate {
        var zone = arguments.string("timezone").flatMap { TimeZones.zone(named: $0) }
        for name in ["region", "watch_region"] where zone == nil {
            zone = arguments.string(name).flatMap { TimeZones.zone(of: $0) }
        }
        if zone == nil, let language = arguments.string("language") {
            zone = TimeZones.zone(of: language.regionCode)
        }
        // Within the years that have four digits, whatever the machine's clock says.
        let seconds = min(max(context.client.calendar + Int64(zone?.minutes ?? 0) * 60, 0), 250_000_000_000)
        return CivilDate(daysSince1970: Int(seconds / 86_400))
    }
}
