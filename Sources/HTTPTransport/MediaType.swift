/// A media type as it stands in a field (RFC 9110, section 8.3.1), without its parameters and the whitespace around it.
struct MediaType: ~Escapable {
    private let bytes: Span<UInt8>

    @_lifetime(copy item)
    init(_ item: Span<UInt8>) {
        var start = 0
        while start < item.count, MediaType.isBlank(item[start]) { start += 1 }
        var end = start
        while end < item.count, item[end] != UInt8(ascii: ";"), !MediaType.isBlank(item[end]) { end += 1 }
        bytes = item.extracting(start..<end)
    }

    /// - Parameter type: in lowercase letters. Case does not count.
    func matches(_ type: String) -> Bool {
        guard bytes.count == type.utf8.count else { return false }
        var index = 0
        for expected in type.utf8 {
            let byte = bytes[index]
            guard ((65...90).contains(byte) ? byte | 0x20 : byte) == expected else { return false }
            index += 1
        }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
