import Bytes

/// Dates as HTTP writes them (RFC 9110 section 5.6.7).
package enum HTTPDate {
    /// "Sun, 06 Nov 1994 08:49:37 GMT". Years from 1970 to 9999; others are taken for the nearest of these.
    package static func text(secondsSince1970: Int64) -> String {
        let seconds = min(max(secondsSince1970, 0), 253_402_300_799)
        let days = Int(seconds / 86400)
        let time = Int(seconds % 86400)
        let date = CivilDate(daysSince1970: days)
        // The first of January 1970 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days % 7]
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
        return "\(weekday), \(two(date.day)) \(names[date.month - 1]) \(date.year) \(clock) GMT"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
