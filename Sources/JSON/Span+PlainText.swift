import Bytes

extension Span where Element == UInt8 {
    /// Where the bytes end that stand for themselves in a JSON string, from `start` on: at a quote, a backslash, a
    /// control character, or the end. Eight at a time, since most text is made of them.
    @_optimize(speed)  // each text of each answer
    func plainText(from start: Int) -> (end: Int, isASCII: Bool) {
        precondition(start >= 0)  // checked once, so that no word is
        var end = start
        var all: UInt64 = 0
        while end <= count - 8 {
            let word = word(at: end)
            let marks = word.escapedMarks
            if marks != 0 {
                let length = marks.trailingZeroBitCount & ~7
                all |= word & ((1 &<< UInt64(length)) &- 1)
                return (end + length / 8, all & UInt64.highBits == 0)
            }
            all |= word
            end &+= 8
        }
        while end < count {
            let byte = self[end]
            if byte.isEscaped { break }
            all |= UInt64(byte)
            end += 1
        }
        return (end, all & UInt64.highBits == 0)
    }
}

/// Eight bytes at once. Of the marks, which are the highest bits of bytes, the lowest is true, and so is that there is
/// none: those above a true one may come from its borrow.
extension UInt64 {
    /// Marks the bytes that stand in a JSON string only as escapes.
    @inline(__always)
    var escapedMarks: UInt64 {
        // The control characters and the quote, and none but these, are below 0x21 with that bit turned.
        let turned = self ^ 0x0202_0202_0202_0202
        let backslash = self ^ 0x5C5C_5C5C_5C5C_5C5C
        let borrows = (turned &- 0x2121_2121_2121_2121) | (backslash &- 0x0101_0101_0101_0101)
        return borrows & ~self & UInt64.highBits
    }
}

extension UInt8 {
    /// Whether it stands in a JSON string only as an escape (RFC 8259, section 7).
    var isEscaped: Bool { self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }
}
