import CSystem

/// The clock that people read, which may be set at any time. For deadlines use `Instant`.
package enum CalendarClock {
    /// Nanoseconds since the beginning of 1970, UTC.
    package static func nanosecondsSince1970() -> Int64 {
        let nanoseconds = csystem_calendar_nanoseconds()
        guard nanoseconds != .min else { SystemError(failed: "clock_gettime").endProcess() }
        return nanoseconds
    }

    /// The day, UTC, as 2026-01-31.
    package static func today() -> String {
        let (year, month, day) = date(daysSince1970: Int(max(nanosecondsSince1970(), 0) / 86_400_000_000_000))
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The day of the Gregorian calendar. Years begin in March here, so that a leap day is the last of its year; 400
    /// years have 146,097 days, and five months from March on have 153.
    package static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        // From 1 March 0000.
        let days = daysSince1970 + 719_468
        let cycle = days / 146_097
        let dayOfCycle = days % 146_097
        let year = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        return (400 * cycle + year + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9, day)
    }
}
