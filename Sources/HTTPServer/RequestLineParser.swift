import HTTPTypes
import Bytes

/// Reads "METHOD SP target SP HTTP/1.x" (RFC 9112 section 3) strictly: one space each, no whitespace around.
enum RequestLineParser {
    static func parse(_ line: Range<Int>, _ bytes: Span<UInt8>, _ head: RequestHead) -> RequestFault? {
        var methodEnd = line.lowerBound
        while methodEnd < line.upperBound, ByteClass.isToken(bytes[methodEnd]) { methodEnd += 1 }
        guard methodEnd > line.lowerBound, methodEnd < line.upperBound, bytes[methodEnd] == UInt8(ascii: " ") else {
            return .malformed(.requestLine)
        }
        var targetEnd = methodEnd + 1
        while targetEnd < line.upperBound, bytes[targetEnd] != UInt8(ascii: " ") { targetEnd += 1 }
        guard targetEnd > methodEnd + 1, targetEnd < line.upperBound else { return .malformed(.requestLine) }
        if let fault = parseVersion(bytes.extracting((targetEnd + 1)..<line.upperBound), head) { return fault }
        guard let method = HTTPMethod(bytes.extracting(line.lowerBound..<methodEnd)) else { return .unknownMethod }
        head.method = method
        let isWellFormed = parseTarget((methodEnd + 1)..<targetEnd, bytes, head)
        return isWellFormed ? nil : .malformed(.requestTarget)
    }

    private static func parseVersion(_ version: Span<UInt8>, _ head: RequestHead) -> RequestFault? {
        // "HTTP/" DIGIT "." DIGIT, in exactly this case.
        guard version.count == 8, version.extracting(first: 5).isSame(as: "HTTP/"), version[6] == 0x2E,
            let major = version[5].digitValue, let minor = version[7].digitValue
        else { return .malformed(.requestLine) }
        guard major == 1 else { return .unsupportedVersion }
        head.minorVersion = min(minor, 1)
        return nil
    }

    /// False for a target that is none of origin-form, absolute-form, and asterisk-form for OPTIONS.
    private static func parseTarget(_ target: Range<Int>, _ bytes: Span<UInt8>, _ head: RequestHead) -> Bool {
        if bytes[target.lowerBound] == UInt8(ascii: "/") { return parsePath(target, bytes, head) }
        if target.count == 1 && bytes[target.lowerBound] == UInt8(ascii: "*") {
            head.pathRange = short(target)
            return head.method == .options
        }
        return parseAbsolute(target, bytes, head)
    }

    private static func parseAbsolute(_ target: Range<Int>, _ bytes: Span<UInt8>, _ head: RequestHead) -> Bool {
        let text = bytes.extracting(target)
        let scheme: Int
        if text.count > 7 && text.extracting(first: 7).equalsIgnoringCase("http://") {
            scheme = 7
        } else if text.count > 8 && text.extracting(first: 8).equalsIgnoringCase("https://") {
            scheme = 8
        } else {
            return false
        }
        let start = target.lowerBound + scheme
        var end = start
        while end < target.upperBound, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") { end += 1 }
        // An http URL without a host is invalid (RFC 9110 section 4.2.1).
        guard end > start, FieldLineParser.isAuthority(bytes.extracting(start..<end)) else { return false }
        head.targetAuthority = short(start..<end)
        if end == target.upperBound || bytes[end] == UInt8(ascii: "?") {
            // The empty path stands for "/", which the scheme's last slash spells here.
            head.pathRange = short((start - 1)..<start)
            return end == target.upperBound || parseQuery((end + 1)..<target.upperBound, bytes, head)
        }
        return parsePath(end..<target.upperBound, bytes, head)
    }

    private static func parsePath(_ range: Range<Int>, _ bytes: Span<UInt8>, _ head: RequestHead) -> Bool {
        var end = range.lowerBound
        while end < range.upperBound, bytes[end] != UInt8(ascii: "?") { end += 1 }
        head.pathRange = short(range.lowerBound..<end)
        guard isWellFormed(range.lowerBound..<end, bytes) else { return false }
        return end == range.upperBound || parseQuery((end + 1)..<range.upperBound, bytes, head)
    }

    private static func parseQuery(_ range: Range<Int>, _ bytes: Span<UInt8>, _ head: RequestHead) -> Bool {
        head.queryRange = short(range)
        return isWellFormed(range, bytes)
    }

    /// RFC 3986 sections 2.1 and 3.3: allowed characters, and two hexadecimal digits after each percent sign.
    private static func isWellFormed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        for index in range {
            guard ByteClass.isTarget(bytes[index]) else { return false }
            if bytes[index] == UInt8(ascii: "%") {
                guard range.upperBound - index > 2, bytes[index + 1].hexDigitValue != nil,
                    bytes[index + 2].hexDigitValue != nil
                else { return false }
            }
        }
        return true
    }

    static func short(_ range: Range<Int>) -> Range<UInt32> {
        UInt32(truncatingIfNeeded: range.lowerBound)..<UInt32(truncatingIfNeeded: range.upperBound)
    }
}
