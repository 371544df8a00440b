/// Eight bytes at once.
extension Span where Element == UInt8 {
    /// Whether the bytes are the same ones.
    @_optimize(speed)  // keys of JSON
    package func isSame(as other: Span<UInt8>) -> Bool {
        let count = count
        guard count == other.count else { return false }
        if count >= 8 {
            var offset = 0
            while offset < count - 8 {
                if word(at: offset) != other.word(at: offset) { return false }
                offset += 8
            }
            return word(at: count - 8) == other.word(at: count - 8)
        }
        if count >= 4 {
            return halfWord(at: 0) == other.halfWord(at: 0) && halfWord(at: count - 4) == other.halfWord(at: count - 4)
        }
        for position in indices where self[position] != other[position] { return false }
        return true
    }

    /// Whether these are the bytes of `text`.
    package func isSame(as text: String) -> Bool { isSame(as: text.utf8.span) }

    /// The four bytes from `offset` on, the first one lowest.
    @inline(__always)
    package func halfWord(at offset: Int) -> UInt32 {
        precondition(offset >= 0 && offset <= count - 4)
        // SAFETY: all four lie within the span, as was just checked, and any bits are a number.
        return unsafe UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
    }

    /// The eight bytes from `offset` on, the first one lowest.
    @inline(__always)
    package func word(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= count - 8)
        // SAFETY: all eight lie within the span, as was just checked, and any bits are a number.
        return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }

    /// Where `byte` first stands at `start`, which is at most the count, or later.
    package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        precondition(start >= 0 && start <= count)
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        var offset = start
        while offset <= count - 8 {
            let marks = (word(at: offset) ^ pattern).zeroByteMarks
            if marks != 0 { return offset + marks.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < count {
            if self[offset] == byte { return offset }
            offset += 1
        }
        return nil
    }
}

extension UInt64 {
    /// The highest bit of each byte.
    package static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    /// Marks, by their highest bits, the bytes that are zero. The lowest mark is true, and so is that there is none:
    /// those above a true one may come from its borrow.
    @inline(__always)
    package var zeroByteMarks: UInt64 { (self &- 0x0101_0101_0101_0101) & ~self & UInt64.highBits }

    /// With the bytes A to Z as a to z and all others as they are.
    package var asciiLowercased: UInt64 {
        let low = self & ~UInt64.highBits
        // The highest bits of the sums: from A on, beyond Z. No sum carries into the next byte.
        let fromA = low &+ UInt64(0x80 - 0x41) &* 0x0101_0101_0101_0101
        let beyondZ = low &+ UInt64(0x7F - 0x5A) &* 0x0101_0101_0101_0101
        let uppercase = (fromA ^ beyondZ) & ~self & UInt64.highBits
        return self | uppercase &>> 2
    }

    /// Whether a byte is a control character of ASCII: below a space, or DEL.
    package var hasControlCharacter: Bool {
        let belowSpace = (self &- 0x2020_2020_2020_2020) & ~self & UInt64.highBits
        return belowSpace | (self ^ 0x7F7F_7F7F_7F7F_7F7F).zeroByteMarks != 0
    }
}
