package import HTTPTypes
import Bytes

/// A request's line and fields. The server uses one object for many requests: what a handler wants to keep after its
/// call, it copies.
package final class RequestHead {
    struct Line {
        let name: Range<UInt32>
        let value: Range<UInt32>
        let key: FieldKey
    }

    package internal(set) var method = HTTPMethod.get
    /// The minor version of HTTP/1: 0 or 1. A later one counts as 1.
    package internal(set) var minorVersion: UInt8 = 1

    /// The client's address, or that of a proxy before it: 4 or 16 bytes, none when it is not known.
    package internal(set) var peerAddress: [UInt8] = []

    var bytes: [UInt8] = []
    var lines: [Line] = []
    var pathRange: Range<UInt32> = 0..<0
    var queryRange: Range<UInt32>?
    /// The authority of an absolute-form target, which stands for the Host field (RFC 9112 section 3.2.2).
    var targetAuthority: Range<UInt32>?
    var framing = Framing()

    /// What the fields say of the body and the connection.
    struct Framing {
        var contentLength: Int64?
        var isChunked = false
        var hasHost = false
        var wantsClose = false
        var wantsKeepAlive = false
        var expectsContinue = false
        var hasUnknownExpectation = false
    }

    package init() {}

    func reset() {
        bytes.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
        queryRange = nil
        targetAuthority = nil
        framing = Framing()
    }

    /// The path as it came, percent-encoded; "*" for an OPTIONS request about the server.
    package var path: String { text(pathRange) }

    /// What follows the question mark, as it came; nil without one.
    package var query: String? { queryRange.map { text($0) } }

    /// The host and port that the request is for: the target's, or the Host field's. Empty when there is none.
    package var authority: String { targetAuthority.map { text($0) } ?? value(of: .host) ?? "" }

    /// Hands the bytes of the path on, as it came.
    package func withPath(_ body: (Span<UInt8>) -> Void) {
        let bytes = bytes
        body(bytes.span.extracting(Self.indices(pathRange)))
    }

    /// Whether the path has exactly these bytes: allocates nothing.
    package func pathIs(_ path: String) -> Bool {
        let bytes = bytes
        return bytes.span.extracting(Self.indices(pathRange)).isSame(as: path)
    }

    /// The value of the field without whitespace around it; nil when it was not sent, and "" when it was empty. The
    /// values of several lines are joined by ", " (RFC 9110 section 5.3). What is not UTF-8 is replaced.
    package func value(of key: FieldKey) -> String? {
        value { $0.key == key }
    }

    /// The same for a name that has no key, whatever its case.
    package func value(of name: String) -> String? {
        let wanted = name.utf8.map { $0.asciiLowercased }
        let bytes = bytes
        return value { bytes.span.extracting(Self.indices($0.name)).equalsIgnoringCase(wanted.span) }
    }

    package func has(_ key: FieldKey) -> Bool {
        lines.contains { $0.key == key }
    }

    /// Hands the bytes of the field's first line on, without whitespace around them; nil when it was not sent.
    package func withValue<Result>(of key: FieldKey, _ body: (Span<UInt8>) -> Result) -> Result? {
        let bytes = bytes
        for line in lines where line.key == key {
            return body(bytes.span.extracting(Self.indices(line.value)))
        }
        return nil
    }

    /// Hands the value of each line of the field on, in order, without whitespace around it.
    package func forEachValue(of key: FieldKey, _ body: (Span<UInt8>) -> Void) {
        for line in lines where line.key == key { body(bytes.span.extracting(Self.indices(line.value))) }
    }

    /// Hands each line's name and value on, in order.
    package func forEachField(_ body: (Span<UInt8>, Span<UInt8>) -> Void) {
        let bytes = bytes
        for line in lines {
            body(bytes.span.extracting(Self.indices(line.name)), bytes.span.extracting(Self.indices(line.value)))
        }
    }

    /// RFC 9112 section 9.3.
    var keepsConnection: Bool {
        !framing.wantsClose && (minorVersion > 0 || framing.wantsKeepAlive)
    }

    var bodyLength: HTTPConnectionStateMachine.BodyLength {
        framing.isChunked ? .chunked : .known(framing.contentLength ?? 0)
    }

    private func value(where isWanted: (Line) -> Bool) -> String? {
        var value: String?
        for line in lines where isWanted(line) {
            if let earlier = value { value = earlier + ", " + text(line.value) } else { value = text(line.value) }
        }
        return value
    }

    private func text(_ range: Range<UInt32>) -> String {
        String(decoding: bytes[Self.indices(range)], as: UTF8.self)
    }

    private static func indices(_ range: Range<UInt32>) -> Range<Int> {
        Int(range.lowerBound)..<Int(range.upperBound)
    }
}
