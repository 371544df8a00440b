import Bytes

/// A key, with what finds it among others: worth making once where many objects are asked for the same one.
package struct JSONKey: Sendable {
    package let text: String
    /// Seldom the same for two keys.
    let print: UInt32

    @inline(never)  // would be copied into each caller
    package init(_ text: String) {
        let bytes = text.utf8.span
        self.text = text.inPlace
        print = JSONKey.print(of: bytes)
    }

    /// Whether it stands in JSON as it is, between quotes.
    var isPlain: Bool {
        let bytes = text.utf8.span
        return bytes.plainText(from: 0).end == bytes.count
    }

    /// Both ends and the length tell most keys apart; where they do not, the texts are compared.
    static func print(of bytes: Span<UInt8>) -> UInt32 {
        let count = bytes.count
        var first: UInt64 = 0
        var last: UInt64 = 0
        if count >= 8 {
            first = bytes.word(at: 0)
            last = bytes.word(at: count - 8)
        } else if count >= 4 {
            first = UInt64(bytes.halfWord(at: 0))
            last = UInt64(bytes.halfWord(at: count - 4))
        } else if count > 0 {
            first = UInt64(bytes[0])
            last = UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1])
        }
        let sum = (first ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15 &+ last &* 0xC2B2_AE3D_27D4_EB4F
        return UInt32(truncatingIfNeeded: sum >> 32)
    }

    /// Marks the key among those of one object: without that mark it is not among them, and need not be looked for.
    var mark: UInt64 { 1 &<< UInt64(print & 63) }
}
