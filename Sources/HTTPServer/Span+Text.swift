extension Span where Element == UInt8 {
    /// Whether these are exactly the bytes of `text`.
    func equals(_ text: String) -> Bool {
        guard count == text.utf8.count else { return false }
        var index = 0
        for byte in text.utf8 {
            guard self[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// Whether these are the bytes of `lowercase`, whatever the case of ASCII letters here.
    func equalsIgnoringCase(_ lowercase: [UInt8]) -> Bool {
        guard count == lowercase.count else { return false }
        for index in indices where ByteClass.lowercased(self[index]) != lowercase[index] { return false }
        return true
    }

    /// The same for a short ASCII text in lower case.
    func equalsIgnoringCase(_ lowercase: String) -> Bool {
        guard count == lowercase.utf8.count else { return false }
        var index = 0
        for byte in lowercase.utf8 {
            guard ByteClass.lowercased(self[index]) == byte else { return false }
            index += 1
        }
        return true
    }

    /// Without whitespace at both ends (OWS, RFC 9110 section 5.6.3).
    var trimmed: Range<Int> {
        var start = 0
        var end = count
        while start < end, ByteClass.isBlank(self[start]) { start += 1 }
        while end > start, ByteClass.isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }
}
