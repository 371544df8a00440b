extension Span where Element == UInt8 {
    /// Where the bytes end that stand for themselves in a JSON string, from `start` on: at a quote, a backslash, a
    /// control character, or the end. Eight at a time, since most text is made of them.
    func plainText(from start: Int) -> (end: Int, isASCII: Bool) {
        var end = start
        var all: UInt64 = 0
        while end <= count - 8 {
            let word = word(at: end)
            let special = Self.special(in: word)
            if special != 0 {
                // The lowest mark is true; those above it may come from its borrow.
                let length = special.trailingZeroBitCount & ~7
                all |= word & ((1 &<< UInt64(length)) &- 1)
                return (end + length / 8, all & Self.highBits == 0)
            }
            all |= word
            end += 8
        }
        while end < count {
            let byte = self[end]
            if byte.isEscaped { break }
            all |= UInt64(byte)
            end += 1
        }
        return (end, all & Self.highBits == 0)
    }

    /// The eight bytes from `offset` on, the first one lowest, and how many of them stand for themselves before the
    /// first that does not.
    @inline(__always)
    func plainWord(at offset: Int) -> (word: UInt64, plainCount: Int) {
        let word = word(at: offset)
        let special = Self.special(in: word)
        return (word, special == 0 ? 8 : special.trailingZeroBitCount / 8)
    }

    /// The eight bytes from `offset` on, the first one lowest.
    private func word(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= count - 8)
        // SAFETY: all eight lie within the span, as was just checked, and any bits are a number.
        return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Marks the highest bit of each byte that is a quote, a backslash or a control character.
    private static func special(in word: UInt64) -> UInt64 {
        let quote = word ^ 0x2222_2222_2222_2222
        let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let controls = (word &- 0x2020_2020_2020_2020) & ~word
        let quotes = (quote &- 0x0101_0101_0101_0101) & ~quote
        let backslashes = (backslash &- 0x0101_0101_0101_0101) & ~backslash
        return (controls | quotes | backslashes) & highBits
    }

    private static var highBits: UInt64 { 0x8080_8080_8080_8080 }
}

extension UInt8 {
    /// Whether it stands in a JSON string only as an escape (RFC 8259, section 7).
    var isEscaped: Bool { self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }
}
