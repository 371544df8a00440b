extension String {
    /// Without the whitespace and line ends that copying a key or reading it from a file brings along.
    var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
        let tail = utf8.drop(while: isBlank)
        let end = tail.lastIndex { !isBlank($0) }
        guard let end else { return "" }
        return String(Substring(tail[...end]))
    }

    /// The items between the commas, trimmed.
    var commaItems: [String] {
        split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    }

    /// With the letters A to Z made small.
    var lowercasedASCII: String {
        String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Whether it begins or ends with a quotation mark, as a variable does whose quotes no shell has taken off.
    var isQuoted: Bool {
        let marks = "\"'".utf8
        return utf8.first.map { marks.contains($0) } == true || utf8.last.map { marks.contains($0) } == true
    }

    /// Whether each byte is ASCII and seen: no space, no control.
    var isVisibleASCII: Bool { utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }

    /// Whether it has the form of ISO 639-1, and perhaps a dash and a region of ISO 3166-1, in letters of any case:
    /// TMDB answers anything else with empty titles instead of an error.
    var isLanguage: Bool {
        let bytes = Array(utf8)
        guard bytes.count == 2 || bytes.count == 5 else { return false }
        return bytes.prefix(2).allSatisfy { $0.isLetter }
            && (bytes.count == 2 || bytes[2] == UInt8(ascii: "-") || bytes[2] == UInt8(ascii: "_"))
            && bytes.dropFirst(3).allSatisfy { $0.isLetter }
    }

    /// In quotation marks when it is at most so long and can be shown on one line; otherwise only its length.
    func quoted(bytesMax: Int) -> String {
        let isShown = utf8.count <= bytesMax && utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        return isShown ? "\"\(self)\"" : "a text of \(utf8.count) bytes"
    }
}

extension UInt8 {
    var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}

extension FixedWidthInteger {
    /// A number in decimal digits and nothing else: no sign, no space.
    init?(digits: String) {
        guard digits.utf8.allSatisfy({ $0.isDigit }) else { return nil }
        self.init(digits)
    }
}
