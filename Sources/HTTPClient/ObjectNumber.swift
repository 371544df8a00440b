/// An object identifier (X.690 section 8.19) in the usual form: 2.5.29.30.
enum ObjectNumber {
    /// Numbers that are too large, or cut off, end the text with dots.
    static func text(_ bytes: [UInt8]) -> String {
        var parts: [String] = []
        var number: UInt32 = 0
        var isOpen = false
        for byte in bytes {
            guard number <= UInt32.max >> 7 else { return parts.joined(separator: ".") + ".…" }
            number = number << 7 | UInt32(byte & 0x7F)
            isOpen = byte & 0x80 != 0
            if isOpen { continue }
            if parts.isEmpty {
                // The first two in one.
                let first = min(number / 40, 2)
                parts.append(String(first))
                number -= 40 * first
            }
            parts.append(String(number))
            number = 0
        }
        return parts.joined(separator: ".") + (isOpen ? ".…" : "")
    }
}
