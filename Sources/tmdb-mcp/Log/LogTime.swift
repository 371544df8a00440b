/// The time of a log line, UTC.
enum LogTime {
    /// As RFC 3339 writes it, to the millisecond: 2026-11-21T13:00:00.123Z. Without the date: 13:00:00.123.
    static func write(_ nanoseconds: Int64, withDate: Bool, into bytes: inout [UInt8]) {
        let milliseconds = max(nanoseconds, 0) / 1_000_000
        let second = Int(milliseconds / 1000 % 86_400)
        if withDate {
            let (year, month, day) = date(daysSince1970: Int(milliseconds / 86_400_000))
            write(year, digits: 4, into: &bytes)
            bytes.append(UInt8(ascii: "-"))
            write(month, digits: 2, into: &bytes)
            bytes.append(UInt8(ascii: "-"))
            write(day, digits: 2, into: &bytes)
            bytes.append(UInt8(ascii: "T"))
        }
        write(second / 3600, digits: 2, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        write(second / 60 % 60, digits: 2, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        write(second % 60, digits: 2, into: &bytes)
        bytes.append(UInt8(ascii: "."))
        write(Int(milliseconds % 1000), digits: 3, into: &bytes)
        if withDate { bytes.append(UInt8(ascii: "Z")) }
    }

    /// With zeros in front.
    static func write(_ number: Int, digits: Int, into bytes: inout [UInt8]) {
        var unit = 1
        for _ in 1..<digits { unit *= 10 }
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
    }

    /// The day of the Gregorian calendar. Years begin in March here, so that a leap day is the last of its year; 400
    /// years have 146,097 days, and five months from March on have 153.
    private static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
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
