import Bytes

/// A moment as clients are shown it (ISO 8601, UTC).
package enum Timestamp {
    private static let millisecondsOfDay: Int64 = 86_400_000
    /// The last moment of the year 9999.
    private static let millisecondsMax: Int64 = 253_402_300_799_999

    /// Such as `2026-01-31T23:59:59.999Z`. What lies outside the years 1970 to 9999 becomes the nearest moment within.
    package static func text(millisecondsSince1970 milliseconds: Int64) -> String {
        let milliseconds = min(max(milliseconds, 0), millisecondsMax)
        let rest = Int(milliseconds % millisecondsOfDay)
        var bytes: [UInt8] = []
        CivilDate(daysSince1970: Int(milliseconds / millisecondsOfDay)).append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(decimal: rest / 3_600_000, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: rest / 60_000 % 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: rest / 1000 % 60, width: 2)
        bytes.append(UInt8(ascii: "."))
        bytes.append(decimal: rest % 1000, width: 3)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }
}
