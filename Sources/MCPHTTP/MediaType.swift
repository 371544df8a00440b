import Bytes

/// A media type as it stands in a field (RFC 9110, section 8.3.1), without its parameters and the whitespace around it.
struct MediaType: ~Escapable {
    private let bytes: Span<UInt8>

    @_lifetime(copy item)
    init(_ item: Span<UInt8>) {
        var start = 0
        while start < item.count, item[start].isSpaceOrTab { start += 1 }
        var end = start
        while end < item.count, item[end] != UInt8(ascii: ";"), !item[end].isSpaceOrTab { end += 1 }
        bytes = item.extracting(start..<end)
    }

    /// - Parameter type: in lowercase letters. Case does not count.
    func matches(_ type: String) -> Bool { bytes.equalsIgnoringCase(type) }
}
