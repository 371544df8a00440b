/// Dates as HTTP writes them (RFC 9110 section 5.6.7).
package enum HTTPDate {
    /// "Sun, 06 Nov 1994 08:49:37 GMT". Years from 1970 to 9999; others are taken for the nearest of these.
    package static func text(secondsSince1970: Int64) -> String {
        let seconds = min(max(secondsSince1970, 0), 253_402_300_799)
        let days = Int(seconds / 86400)
        let time = Int(seconds % 86400)
        let (year, month, day) = date(days)
        // The first of January 1970 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days % 7]
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month]
        let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
        return "\(weekday), \(two(day)) \(name) \(year) \(clock) GMT"
    }

    /// The year, the month from 0 and the day from 1.
    private static func date(_ daysSince1970: Int) -> (Int, Int, Int) {
        var days = daysSince1970
        var year = 1970
        while days >= daysIn(year: year) {
            days -= daysIn(year: year)
            year += 1
        }
        var month = 0
        while days >= daysIn(month: month, of: year) {
            days -= daysIn(month: month, of: year)
            month += 1
        }
        return (year, month, days + 1)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func daysIn(year: Int) -> Int { isLeap(year) ? 366 : 365 }

    private static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 1: isLeap(year) ? 29 : 28
        case 3, 5, 8, 10: 30
        default: 31
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
