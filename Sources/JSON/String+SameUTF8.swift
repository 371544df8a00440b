import Bytes

extension String {
    /// Equality of the UTF-8 bytes, as JSON compares strings (RFC 8259, section 8.3), without Unicode normalization.
    func hasSameUTF8(as other: String) -> Bool {
        utf8.span.isSame(as: other.utf8.span)
    }
}
