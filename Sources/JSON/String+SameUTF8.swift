import Bytes

extension String {
    /// Equality of the UTF-8 bytes, as JSON compares strings (RFC 8259, section 8.3), without Unicode normalization.
    @inline(__always)
    func hasSameUTF8(as other: String) -> Bool {
        hasSameBits(as: other) || utf8.span.isSame(as: other.utf8.span)
    }

    /// The same with the bytes in place of a storage where they are few enough: a literal of code points to its own.
    var inPlace: String {
        #if _pointerBitWidth(_64)
            let bytes = utf8.span
            return bytes.count <= 15 ? String(copying: bytes) : self
        #else
            return self
        #endif
    }

    /// Whether both are the same storage, or hold the same bytes in place of it, as most keys are short enough to.
    @inline(__always)
    private func hasSameBits(as other: String) -> Bool {
        #if _pointerBitWidth(_64)
            // SAFETY: a string is two words here, of any bits; a bit cast to another size would not compile.
            let own = unsafe unsafeBitCast(self, to: (UInt64, UInt64).self)
            let others = unsafe unsafeBitCast(other, to: (UInt64, UInt64).self)
            return own.0 == others.0 && own.1 == others.1
        #else
            return false
        #endif
    }
}
