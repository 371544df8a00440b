extension String {
    /// Equality of the UTF-8 bytes, as JSON compares strings (RFC 8259, section 8.3), without Unicode normalization.
    func hasSameUTF8(as other: String) -> Bool {
        let bytes = utf8.span
        let otherBytes = other.utf8.span
        guard bytes.count == otherBytes.count else { return false }
        for position in bytes.indices where bytes[position] != otherBytes[position] { return false }
        return true
    }
}
