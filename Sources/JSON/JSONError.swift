import Bytes

/// Why a text is not JSON, or not JSON within the limits, and where.
public struct JSONError: Error, Equatable, Sendable {
    public enum Reason: Equatable, Sendable {
        case unexpectedByte(UInt8, expected: Expectation)
        case unexpectedEnd(expected: Expectation)
        case byteOrderMark
        case controlCharacter(UInt8)
        case invalidUTF8(UInt8)
        case loneSurrogate
        /// The number is too large for a `Double`.
        case numberOutOfRange
        case tooDeep(limit: Int)
        case tooManyBytes(limit: Int)
        case tooManyValues(limit: Int)
        case numberTooLong(limit: Int)
    }

    /// What the grammar allows where something else was found; the raw value completes "expected ...".
    public enum Expectation: String, Sendable {
        case value = "a value"
        case valueOrArrayEnd = "a value or ']'"
        case commaOrArrayEnd = "',' or ']'"
        case key = "a key in double quotes"
        case keyOrObjectEnd = "a key in double quotes or '}'"
        case colon = "':'"
        case commaOrObjectEnd = "',' or '}'"
        case literalTrue = "true"
        case literalFalse = "false"
        case literalNull = "null"
        case digit = "a digit"
        case noDigitAfterZero = "no digit after a leading zero"
        case closingQuote = "the closing quote of a string"
        case escape = "one of \" \\ / b f n r t u after a backslash"
        case hexDigit = "four hexadecimal digits after \\u"
        case end = "the end of the text"
    }

    public let reason: Reason
    /// Bytes before the place that the reason speaks of.
    public let offset: Int

    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// One sentence for the sender of the text. Of the text itself it holds one byte at most, as a number.
    public var message: String {
        switch reason {
        case .unexpectedByte(let byte, let expected):
            "unexpected byte \(Self.hex(byte)) at offset \(offset): expected \(expected.rawValue)"
        case .unexpectedEnd(let expected):
            "the text ends at offset \(offset): expected \(expected.rawValue)"
        case .byteOrderMark:
            "byte order mark at offset \(offset): send UTF-8 without one"
        case .controlCharacter(let byte):
            "control character \(Self.hex(byte)) in a string at offset \(offset): write it as an escape"
        case .invalidUTF8(let byte):
            "byte \(Self.hex(byte)) at offset \(offset) is not valid UTF-8: send strings in UTF-8"
        case .loneSurrogate:
            "lone surrogate at offset \(offset): escapes from \\ud800 to \\udfff must form pairs"
        case .numberOutOfRange:
            "number at offset \(offset) is out of range: its magnitude must be below 1.8e308"
        case .tooDeep(let limit):
            "arrays and objects nested too deep at offset \(offset): the limit is \(limit) levels"
        case .tooManyBytes(let limit):
            "the text is too long: the limit is \(limit) bytes"
        case .tooManyValues(let limit):
            "too many values at offset \(offset): the limit is \(limit) in one text"
        case .numberTooLong(let limit):
            "number at offset \(offset) is too long: the limit is \(limit) bytes"
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 0x10 ? "0x0" : "0x") + String(byte, radix: 16)
    }
}
