import HTTPTypes
import Bytes

/// Reads "name: value" (RFC 9112 section 5) and what HTTP itself needs to know of it.
enum FieldLineParser {
    static func parse(
        _ line: Range<Int>, _ bytes: Span<UInt8>, _ head: RequestHead, _ catalog: FieldCatalog, fieldsMax: Int
    ) -> RequestFault? {
        guard head.lines.count < fieldsMax else { return .tooManyFields(max: fieldsMax) }
        // A line that begins with a space continues the one before (section 5.2), which nobody does honestly.
        if bytes[line.lowerBound].isSpaceOrTab { return .malformed(.foldedField) }
        var nameEnd = line.lowerBound
        while nameEnd < line.upperBound, ByteClass.isToken(bytes[nameEnd]) { nameEnd += 1 }
        guard nameEnd > line.lowerBound, nameEnd < line.upperBound, bytes[nameEnd] == UInt8(ascii: ":") else {
            return .malformed(.fieldName)
        }
        var start = nameEnd + 1
        while start < line.upperBound, bytes[start].isSpaceOrTab { start += 1 }
        var end = line.upperBound
        while end > start, bytes[end - 1].isSpaceOrTab { end -= 1 }
        guard isValue(bytes.extracting(start..<end)) else { return .malformed(.fieldValue) }
        let key = catalog.key(of: bytes.extracting(line.lowerBound..<nameEnd))
        if key != .unknown && catalog.repetition(of: key) == .refused && head.has(key) {
            return .malformed(.repeatedField)
        }
        head.lines.append(
            RequestHead.Line(
                name: RequestLineParser.short(line.lowerBound..<nameEnd), value: RequestLineParser.short(start..<end),
                key: key))
        return note(key, bytes.extracting(start..<end), &head.framing)
    }

    private static func isValue(_ bytes: Span<UInt8>) -> Bool {
        var offset = 0
        while offset < bytes.count {
            if offset <= bytes.count - 8, !bytes.word(at: offset).hasControlCharacter {
                offset += 8
            } else {
                guard ByteClass.isValue(bytes[offset]) else { return false }
                offset += 1
            }
        }
        return true
    }

    /// What a Host field or an authority holds: a name or an address, and maybe a port. An empty one is allowed
    /// (RFC 9110 section 7.2).
    static func isAuthority(_ value: Span<UInt8>) -> Bool {
        var end = 0
        if !value.isEmpty && value[0] == UInt8(ascii: "[") {
            // An IPv6 address, whose colons are not the port's (RFC 3986 section 3.2.2).
            while end < value.count, value[end] != UInt8(ascii: "]") { end += 1 }
            for index in 1..<max(end, 1) where value[index].hexDigitValue == nil {
                guard value[index] == UInt8(ascii: ":") || value[index] == UInt8(ascii: ".") else { return false }
            }
            guard end > 2, end < value.count else { return false }
            end += 1
        } else {
            while end < value.count, ByteClass.isHost(value[end]) { end += 1 }
        }
        guard end < value.count else { return true }
        for index in (end + 1)..<value.count where value[index].digitValue == nil { return false }
        return value[end] == UInt8(ascii: ":")
    }

    private static func note(
        _ key: FieldKey, _ value: Span<UInt8>, _ framing: inout RequestHead.Framing
    ) -> RequestFault? {
        switch key {
        case .host:
            framing.hasHost = true
            return isAuthority(value) ? nil : .malformed(.host)
        case .contentLength:
            framing.contentLength = number(value)
            return framing.contentLength == nil ? .malformed(.contentLength) : nil
        case .transferEncoding:
            framing.isChunked = value.equalsIgnoringCase("chunked")
            return framing.isChunked ? nil : .unknownTransferCoding
        case .connection:
            noteConnection(value, &framing)
            return nil
        case .expect:
            // "100-continue" alone, and once, is known (RFC 9110 section 10.1.1).
            let isKnown = value.equalsIgnoringCase("100-continue") && !framing.expectsContinue
            framing.expectsContinue = isKnown
            if !isKnown { framing.hasUnknownExpectation = true }
            return nil
        default: return nil
        }
    }

    /// A list of options (RFC 9110 section 7.6.1).
    private static func noteConnection(_ value: Span<UInt8>, _ framing: inout RequestHead.Framing) {
        var start = 0
        for index in 0...value.count where index == value.count || value[index] == UInt8(ascii: ",") {
            let part = value.extracting(start..<index)
            let option = part.extracting(part.trimmed)
            if option.equalsIgnoringCase("close") { framing.wantsClose = true }
            if option.equalsIgnoringCase("keep-alive") { framing.wantsKeepAlive = true }
            start = index + 1
        }
    }

    /// One or more digits and nothing else, no more than 63 bits hold.
    private static func number(_ digits: Span<UInt8>) -> Int64? {
        guard !digits.isEmpty else { return nil }
        var number: Int64 = 0
        for index in digits.indices {
            guard let digit = digits[index].digitValue else { return nil }
            let (tenfold, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tenfold.addingReportingOverflow(Int64(digit))
            if overflow || carried { return nil }
            number = sum
        }
        return number
    }
}
