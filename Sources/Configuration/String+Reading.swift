import Bytes

extension String {
    /// The items between the commas, trimmed.
    var commaItems: [String] {
        split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
    }

    /// Whether it begins or ends with a quotation mark, as a variable does whose quotes no shell has taken off.
    var isQuoted: Bool {
        let marks = "\"'".utf8
        return utf8.first.map { marks.contains($0) } == true || utf8.last.map { marks.contains($0) } == true
    }

    /// Whether each byte is ASCII and seen: no space, no control.
    var isVisibleASCII: Bool { utf8.allSatisfy { $0.isVisibleASCII } }

    /// Whether it has the form of ISO 639-1, and perhaps a dash and a region of ISO 3166-1, in letters of any case:
    /// TMDB answers anything else with empty titles instead of an error.
    var isLanguage: Bool {
        let bytes = Array(utf8)
        guard bytes.count == 2 || bytes.count == 5 else { return false }
        return bytes.prefix(2).allSatisfy { $0.isASCIILetter }
            && (bytes.count == 2 || bytes[2] == UInt8(ascii: "-") || bytes[2] == UInt8(ascii: "_"))
            && bytes.dropFirst(3).allSatisfy { $0.isASCIILetter }
    }

    /// In quotation marks when it is at most so long and can be shown on one line; otherwise only its length.
    func quoted(bytesMax: Int) -> String {
        let isShown = utf8.count <= bytesMax && utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        return isShown ? "\"\(self)\"" : "a text of \(utf8.count) bytes"
    }
}
