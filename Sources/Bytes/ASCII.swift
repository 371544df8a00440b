/// Classes of ASCII bytes, and their case. Bytes above 127 belong to none.
extension UInt8 {
    package var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    package var isASCIIUppercase: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }

    package var isASCIILowercase: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }

    package var isASCIILetter: Bool { (self | 0x20).isASCIILowercase }

    package var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }

    package var isHexDigit: Bool { hexDigitValue != nil }

    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    package var isASCIIWhitespace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

    /// Space or tab: OWS and BWS of HTTP (RFC 9110 section 5.6.3).
    package var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }

    /// Neither a space nor a control character (VCHAR, RFC 5234 appendix B.1).
    package var isVisibleASCII: Bool { self > 0x20 && self < 0x7F }

    package var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }

    package var asciiUppercased: UInt8 { isASCIILowercase ? self & ~0x20 : self }
}

extension [UInt8] {
    /// With A to Z as a to z and all else as it is.
    package var asciiLowercased: [UInt8] { map { $0.asciiLowercased } }
}

extension String {
    /// With A to Z as a to z and all else as it is. `lowercased()` brings the tables of Unicode along.
    package var asciiLowercased: String { String(decoding: utf8.map { $0.asciiLowercased }, as: UTF8.self) }

    /// With a to z as A to Z and all else as it is.
    package var asciiUppercased: String { String(decoding: utf8.map { $0.asciiUppercased }, as: UTF8.self) }

    /// Without ASCII whitespace at both ends.
    @inline(never)  // would be copied into each caller
    package var trimmed: String { String(Substring(utf8[...].trimmed)) }
}

extension Substring {
    /// Without ASCII whitespace at both ends.
    @inline(never)  // would be copied into each caller
    package var trimmed: String { String(Substring(utf8.trimmed)) }
}

extension Substring.UTF8View {
    @inline(never)  // would be copied into each caller
    package var trimmed: Substring.UTF8View {
        let tail = drop { $0.isASCIIWhitespace }
        guard let end = tail.lastIndex(where: { !$0.isASCIIWhitespace }) else { return tail[tail.endIndex...] }
        return tail[...end]
    }
}

extension String {
    /// Whether each byte is such. `utf8.allSatisfy` takes three times as long to come to a byte.
    @inline(never)  // would be copied into each caller
    package func allBytes(are isSuch: (UInt8) -> Bool) -> Bool {
        let bytes = utf8.span
        for index in bytes.indices where !isSuch(bytes[index]) { return false }
        return true
    }
}

extension Span where Element == UInt8 {
    /// Whether these are the bytes of `lowercase`, whatever the case of ASCII letters here.
    package func equalsIgnoringCase(_ lowercase: Span<UInt8>) -> Bool {
        guard count == lowercase.count else { return false }
        var offset = 0
        while offset <= count - 8 {
            guard word(at: offset).asciiLowercased == lowercase.word(at: offset) else { return false }
            offset += 8
        }
        while offset < count {
            guard self[offset].asciiLowercased == lowercase[offset] else { return false }
            offset += 1
        }
        return true
    }

    /// The same for a text in lower case.
    package func equalsIgnoringCase(_ lowercase: String) -> Bool { equalsIgnoringCase(lowercase.utf8.span) }

    /// The range without spaces and tabs at both ends.
    package var trimmed: Range<Int> {
        var start = 0
        var end = count
        while start < end, self[start].isSpaceOrTab { start += 1 }
        while end > start, self[end - 1].isSpaceOrTab { end -= 1 }
        return start..<end
    }
}
