/// A day of the Gregorian calendar, without a time zone (RFC 3339, full-date). Days in order compare in order.
package struct CivilDate: Equatable, Comparable, Sendable {
    /// The year, the month and the day in a row, as 20240229.
    package let number: Int

    package var year: Int { number / 10_000 }
    package var month: Int { number / 100 % 100 }
    package var day: Int { number % 100 }

    /// Nil for a day that there is not. Years from 0 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDate.days(in: month, of: year)
        else { return nil }
        number = year * 10_000 + month * 100 + day
    }

    /// Reads "2024-02-29" and nothing else. Nil for a day that there is not.
    package init?(_ text: Span<UInt8>) {
        guard let number = CivilDate.digits(text) else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// Years begin in March here, so that a leap day is the last of its year; 400 years have 146,097 days, and five
    /// months from March on have 153.
    /// - Parameter daysSince1970: at least -719,468, which is 1 March 0000, and before the year 10,000.
    package init(daysSince1970: Int) {
        let days = daysSince1970 + 719_468
        let cycle = days / 146_097
        let dayOfCycle = days % 146_097
        let year = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        number =
            (400 * cycle + year + (month < 10 ? 0 : 1)) * 10_000 + (month < 10 ? month + 3 : month - 9) * 100 + day
    }

    package var daysSince1970: Int {
        let march = month >= 3 ? month - 3 : month + 9
        let years = month >= 3 ? year : year - 1
        return years * 365 + years / 4 - years / 100 + years / 400 + (march * 153 + 2) / 5 + day - 1 - 719_468
    }

    /// Such as 2024-02-29.
    package var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func append(to bytes: inout [UInt8]) {
        bytes.append(decimal: year, width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: month, width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: day, width: 2)
    }

    package static func < (date: CivilDate, other: CivilDate) -> Bool { date.number < other.number }

    /// The digits of "2024-02-29" in a row, whether or not there is such a day; nil for any other form.
    @inline(never)  // would be copied into each caller
    package static func digits(_ text: Span<UInt8>) -> Int? {
        guard text.count == 10 else { return nil }
        var number = 0
        for position in text.indices {
            if position == 4 || position == 7 {
                guard text[position] == UInt8(ascii: "-") else { return nil }
            } else {
                guard let digit = text[position].digitValue else { return nil }
                number = number * 10 + Int(digit)
            }
        }
        return number
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
