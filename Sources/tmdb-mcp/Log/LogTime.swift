import Bytes

/// The time of a log line, UTC.
enum LogTime {
    /// As RFC 3339 writes it, to the millisecond: 2026-11-21T13:00:00.123Z. Without the date: 13:00:00.123.
    static func write(_ nanoseconds: Int64, withDate: Bool, into bytes: inout [UInt8]) {
        let milliseconds = max(nanoseconds, 0) / 1_000_000
        let second = Int(milliseconds / 1000 % 86_400)
        if withDate {
            CivilDate(daysSince1970: Int(milliseconds / 86_400_000)).append(to: &bytes)
            bytes.append(UInt8(ascii: "T"))
        }
        bytes.append(decimal: second / 3600, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: second / 60 % 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: second % 60, width: 2)
        bytes.append(UInt8(ascii: "."))
        bytes.append(decimal: Int(milliseconds % 1000), width: 3)
        if withDate { bytes.append(UInt8(ascii: "Z")) }
    }
}
