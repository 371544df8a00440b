extension String {
    /// The text as names are compared: small letters and digits without accents, words parted by one blank. "&" and "+"
    /// count as words, since people write "Disney+" and "Disney Plus". Other scripts than Latin, Greek and Cyrillic
    /// stay as they are.
    var folded: String {
        @inline(never)  // would be copied into each caller
        get {
            var folded = FoldedText()
            for scalar in unicodeScalars { folded.append(scalar) }
            return String(folded.scalars)
        }
    }

    /// Whether two names are the same but for case, accents and punctuation.
    func isSameName(as other: String) -> Bool {
        let own = folded
        return own.isEmpty ? self == other : own == other.folded
    }

    /// Whether a folded text has the words of another, one after the other.
    ///
    /// - Parameter isWhole: whether the last of them must not be the beginning of a longer one.
    func hasWords(of other: String, isWhole: Bool = true) -> Bool {
        let words = Array(" \(self) ".utf8)
        let wanted = Array((isWhole ? " \(other) " : " \(other)").utf8)
        guard !other.isEmpty, words.count >= wanted.count else { return false }
        for start in 0...(words.count - wanted.count) where words[start...].starts(with: wanted) { return true }
        return false
    }
}

/// The folded form of a text, while it is made.
private struct FoldedText {
    private(set) var scalars = String.UnicodeScalarView()
    private var isWordOver = false

    mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: add(scalar.value)
        case 0x41...0x5A: add(scalar.value + 0x20)
        case 0x26: addWord("and")
        case 0x2B: addWord("plus")
        // Apostrophes, full stops and combining marks: within a word.
        case 0x27, 0x2E, 0x60, 0xB4, 0x2018, 0x2019, 0x300...0x36F: break
        case 0..<0xC0, 0x2000...0x206F, 0x3000...0x303F: isWordOver = true
        case 0xC0...0x17F: addLatin(scalar.value)
        // Greek and Cyrillic capitals.
        case 0x391...0x3A9, 0x410...0x42F: add(scalar.value + 0x20)
        case 0x400...0x40F: add(scalar.value + 0x50)
        default: add(scalar.value)
        }
    }

    private mutating func add(_ value: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return }
        if isWordOver && !scalars.isEmpty { scalars.append(" ") }
        isWordOver = false
        scalars.append(scalar)
    }

    private mutating func addWord(_ word: String) {
        isWordOver = true
        for scalar in word.unicodeScalars { add(scalar.value) }
        isWordOver = true
    }

    private mutating func addLatin(_ value: UInt32) {
        let letters = FoldedText.latin
        let index = Int(value) - 0xC0
        guard letters.indices.contains(index) else { return }
        switch letters[index] {
        case UInt8(ascii: "A"): addAll("ae")
        case UInt8(ascii: "O"): addAll("oe")
        case UInt8(ascii: "S"): addAll("ss")
        case UInt8(ascii: " "): isWordOver = true
        case let letter: add(UInt32(letter))
        }
    }

    private mutating func addAll(_ letters: String) {
        for scalar in letters.unicodeScalars { add(scalar.value) }
    }

    /// The letters without accents of U+00C0 to U+017F; A, O and S stand for ae, oe and ss.
    private static let latin = Array(
        ("aaaaaaAceeeeiiiidnooooo ouuuuytS" + "aaaaaaAceeeeiiiidnooooo ouuuuyty"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
            + "nnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)
}
