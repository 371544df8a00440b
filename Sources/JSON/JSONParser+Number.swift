import Bytes

extension JSONParser {
    @_optimize(speed)
    mutating func number() throws(JSONError) -> JSONNumber {
        let start = offset
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        var decimal = Decimal()
        if next == UInt8(ascii: "0") {
            offset += 1
            if let byte = next, byte.isASCIIDigit { throw unexpected(.noDigitAfterZero) }
        } else {
            try digits(of: &decimal)
        }
        var isInteger = true
        if next == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            let fractionStart = offset
            try digits(of: &decimal)
            decimal.exponent = fractionStart - offset
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isInteger = false
            decimal.exponent += try exponent()
        }
        guard offset - start <= limits.numberBytes else {
            throw JSONError(reason: .numberTooLong(limit: limits.numberBytes), offset: start)
        }
        if isInteger, let number = decimal.integer(isNegative: isNegative) { return number }
        let magnitude = decimal.exactDouble
        let double = magnitude.map { isNegative ? -$0 : $0 } ?? Double(ascii(from: start))
        guard let double, let number = JSONNumber(double) else {
            throw JSONError(reason: .numberOutOfRange, offset: start)
        }
        return number
    }

    /// The digits of a number as an integer and a power of ten.
    private struct Decimal {
        var significand: UInt64 = 0
        var isOverflown = false
        var exponent = 0

        @inline(__always)
        mutating func append(_ digit: UInt8) {
            // Nearly all numbers are that short.
            if significand < UInt64.max / 16 { return significand = significand &* 10 &+ UInt64(digit) }
            let (product, isProductOverflown) = significand.multipliedReportingOverflow(by: 10)
            let (sum, isSumOverflown) = product.addingReportingOverflow(UInt64(digit))
            significand = sum
            isOverflown = isOverflown || isProductOverflown || isSumOverflown
        }

        /// The significand as an exact integer; nil when 64 bits do not hold it, and for -0, which is a double.
        func integer(isNegative: Bool) -> JSONNumber? {
            if isOverflown { return nil }
            if !isNegative { return JSONNumber(significand) }
            let negated = 0 &- Int64(truncatingIfNeeded: significand)
            return significand > 0 && significand <= Int64.min.magnitude ? JSONNumber(negated) : nil
        }

        /// The correctly rounded value where one operation on two exact doubles gives it, as it does for most numbers.
        var exactDouble: Double? {
            guard !isOverflown, significand <= Self.exactMax, abs(exponent) < Self.powersOfTen.count else { return nil }
            let power = Self.powersOfTen[abs(exponent)]
            return exponent < 0 ? Double(significand) / power : Double(significand) * power
        }

        /// Every integer up to here is an exact double.
        private static let exactMax: UInt64 = 1 << 53
        /// All powers of ten that are exact doubles.
        private static let powersOfTen: InlineArray<23, Double> = [
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
        ]
    }

    private mutating func digits(of decimal: inout Decimal) throws(JSONError) {
        let start = offset
        while let byte = next {
            let digit = byte &- UInt8(ascii: "0")
            if digit > 9 { break }
            decimal.append(digit)
            offset += 1
        }
        guard offset > start else { throw unexpected(.digit) }
    }

    /// Reads from the `e` on. Digits that would overflow are left out: what is read is beyond any `Double` as it is.
    private mutating func exponent() throws(JSONError) -> Int {
        offset += 1
        let isNegative = next == UInt8(ascii: "-")
        if isNegative || next == UInt8(ascii: "+") { offset += 1 }
        let start = offset
        var exponent = 0
        while let byte = next, byte.isASCIIDigit {
            if exponent < Int.max / 20 { exponent = exponent * 10 + Int(byte - UInt8(ascii: "0")) }
            offset += 1
        }
        guard offset > start else { throw unexpected(.digit) }
        return isNegative ? -exponent : exponent
    }

    /// The bytes from `start` to `offset` as text.
    private func ascii(from start: Int) -> String {
        var text = ""
        for position in start..<offset { text.unicodeScalars.append(Unicode.Scalar(bytes[position])) }
        return text
    }
}
