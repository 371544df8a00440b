import Bytes

/// Reads Retry-After (RFC 9110 section 10.2.3): a number of seconds, or a date.
package enum RetryAfter {
    /// Seconds from now on, at least 0. Nil when the value is neither; of the forms of a date only the one that servers
    /// must send is known (section 5.6.7, IMF-fixdate).
    package static func seconds(_ value: String?, calendar: Int64) -> Int64? {
        guard let value else { return nil }
        let bytes = Array(value.utf8)
        if let number = number(bytes[...]) { return number }
        return date(bytes).map { max(0, $0 - calendar) }
    }

    /// Digits alone. What no Int64 holds counts as the largest.
    static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard !digits.isEmpty else { return nil }
        var number: Int64 = 0
        for byte in digits {
            guard let digit = byte.digitValue else { return nil }
            let (tenfold, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tenfold.addingReportingOverflow(Int64(digit))
            if overflow || carried { return digits.allSatisfy { $0.isASCIIDigit } ? .max : nil }
            number = sum
        }
        return number
    }

    /// Seconds since 1970 of a date such as "Sun, 06 Nov 1994 08:49:37 GMT".
    private static func date(_ bytes: [UInt8]) -> Int64? {
        let mask = Array("xxx, 00 xxx 0000 00:00:00 GMT".utf8)
        guard bytes.count == mask.count else { return nil }
        for (byte, expected) in zip(bytes, mask) where expected != UInt8(ascii: "x") {
            guard expected == UInt8(ascii: "0") ? byte.isASCIIDigit : byte == expected else { return nil }
        }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let month = months.firstIndex(where: { bytes[8..<11].elementsEqual($0.utf8) }),
            let day = number(bytes[5..<7]), let year = number(bytes[12..<16]), let hour = number(bytes[17..<19]),
            let minute = number(bytes[20..<22]), let second = number(bytes[23..<25]),
            let date = CivilDate(year: Int(year), month: month + 1, day: Int(day)),
            year >= 1970, hour < 24, minute < 60, second <= 60
        else { return nil }
        return Int64(date.daysSince1970) * 86_400 + hour * 3_600 + minute * 60 + second
    }
}
