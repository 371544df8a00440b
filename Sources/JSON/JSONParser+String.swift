import Bytes

extension JSONParser {
    mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        let (end, isASCII) = bytes.plainText(from: start)
        offset = end
        guard next == UInt8(ascii: "\"") else { return try stringWithEscapes(start) }
        offset = end + 1
        guard isASCII else { return try text(start, end) }
        return String(copying: bytes.extracting(start..<end))
    }

    /// Goes on with a string that is plain from `start` to `offset`.
    private mutating func stringWithEscapes(_ start: Int) throws(JSONError) -> String {
        unescaped.removeAll(keepingCapacity: true)
        unescaped.append(copying: bytes.extracting(start..<offset))
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw error(.controlCharacter(byte)) }
            if byte == UInt8(ascii: "\\") { try escape() }
            let (end, _) = bytes.plainText(from: offset)
            unescaped.append(copying: bytes.extracting(offset..<end))
            offset = end
        }
        guard next != nil else { throw unexpected(.closingQuote) }
        let end = offset
        offset += 1
        guard invalidText == .refuse else { return readable(String(copying: unescaped.span)) }
        do {
            return String(copying: try UTF8Span(validating: unescaped.span))
        } catch {
            // Escapes give valid UTF-8, so the fault is in the text as well: there it has the offset to report.
            return try text(start, end)
        }
    }

    /// The bytes from `start` to `end` as a string, under the policy for invalid text.
    private func text(_ start: Int, _ end: Int) throws(JSONError) -> String {
        let range = bytes.extracting(start..<end)
        if invalidText != .refuse { return readable(String(copying: range)) }
        do {
            return String(copying: try UTF8Span(validating: range))
        } catch {
            let fault = error.byteOffsets.lowerBound
            throw JSONError(reason: .invalidUTF8(range[fault]), offset: start + fault)
        }
    }

    private func readable(_ text: String) -> String { invalidText == .clean ? text.withoutHidden : text }

    /// Appends the character that an escape stands for.
    private mutating func escape() throws(JSONError) {
        let start = offset
        offset += 1
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(bytes[offset])
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            offset += 1
            return try unicodeEscape(start)
        default: throw unexpected(.escape)
        }
        offset += 1
    }

    /// Reads the digits after `\u`, and a second escape when the first is the upper half of a surrogate pair.
    private mutating func unicodeEscape(_ start: Int) throws(JSONError) {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) {
            append(scalar)
            return
        }
        let afterFirst = offset
        if first < 0xDC00, startsUnicodeEscape() {
            offset += 2
            let second = try fourHexDigits()
            if 0xDC00..<0xE000 ~= second {
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
                if let scalar {
                    append(scalar)
                    return
                }
            }
        }
        guard invalidText != .refuse else { throw JSONError(reason: .loneSurrogate, offset: start) }
        append("\u{FFFD}")
        offset = afterFirst
    }

    private func startsUnicodeEscape() -> Bool {
        bytes.count - offset >= 2 && bytes[offset] == UInt8(ascii: "\\") && bytes[offset + 1] == UInt8(ascii: "u")
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw unexpected(.hexDigit) }
            guard let digit = byte.hexDigitValue else { throw unexpected(.hexDigit) }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if let encoded = UTF8.encode(scalar) { unescaped.append(contentsOf: encoded) }
    }
}
