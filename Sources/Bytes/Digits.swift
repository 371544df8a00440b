/// Decimal and hexadecimal digits.
extension UInt8 {
    /// The value of a decimal digit; nil for any other byte.
    package var digitValue: UInt8? { isASCIIDigit ? self - UInt8(ascii: "0") : nil }

    /// The value of a hexadecimal digit of either case; nil for any other byte.
    package var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The hexadecimal digit for the lowest four bits, in lower case.
    package init(hexDigitFor value: UInt8) {
        let low = value & 15
        self = low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10
    }
}

extension [UInt8] {
    /// Appends a number in decimal.
    package mutating func append(decimal number: UInt64) {
        guard number >= 10 else { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var start = 20
        var rest = number
        while rest > 0 {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        append(copying: digits.span.extracting(start..<20))
    }

    /// Appends the last `width` decimal digits of a number, zeros in front.
    package mutating func append(decimal number: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends a number in hexadecimal, in lower case.
    package mutating func append(hex number: UInt64) {
        append(hex: number, width: number == 0 ? 1 : (67 - number.leadingZeroBitCount) / 4)
    }

    /// Appends the last `width` hexadecimal digits of a number, in lower case, zeros in front.
    package mutating func append(hex number: UInt64, width: Int) {
        for place in (0..<width).reversed() {
            append(UInt8(hexDigitFor: UInt8(truncatingIfNeeded: number >> UInt64(place * 4))))
        }
    }
}

extension FixedWidthInteger {
    /// A number in decimal digits and nothing else: no sign, no whitespace. Nil also when it does not fit.
    package init?(digits: String) {
        guard digits.utf8.allSatisfy({ $0.isASCIIDigit }) else { return nil }
        self.init(digits)
    }
}
