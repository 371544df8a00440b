import Reactor

/// The time of a log line, UTC.
enum LogTime {
    /// As RFC 3339 writes it, to the millisecond: 2026-11-21T13:00:00.123Z. Without the date: 13:00:00.123.
    static func write(_ nanoseconds: Int64, withDate: Bool, into bytes: inout [UInt8]) {
        let milliseconds = max(nanoseconds, 0) / 1_000_000
        let second = Int(milliseconds / 1000 % 86_400)
        if withDate {
            let (year, month, day) = CalendarClock.date(daysSince1970: Int(milliseconds / 86_400_000))
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
}
