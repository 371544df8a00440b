import Bytes

extension String {
    /// The text as names are compared: lowercase letters and digits without accents, words parted by one blank. "&" and
    /// "+" count as words, since people write "Disney+" and "Disney Plus". Other scripts than Latin, Greek and Cyrillic
    /// stay as they are.
    var folded: String {
        @inline(never)  // would be copied into each caller
        get {
            var folded = FoldedText()
            for scalar in unicodeScalars { folded.append(scalar) }
            return String(folded.scalars)
        }
    }

    /// A folded text without its blanks.
    var closed: String {
        @inline(never)  // would be copied into each caller
        get { String(decoding: utf8.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self) }
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
        case 0xC0...0x17F: addLatin(scalar.value, at: scalar.value - 0xC0, of: FoldedText.latin)
        case 0x1A0...0x233: addLatin(scalar.value, at: scalar.value - 0x1A0, of: FoldedText.furtherLatin)
        case 0x1E00...0x1EFF: addLatin(scalar.value, at: scalar.value - 0x1E00, of: FoldedText.additionalLatin)
        case 0x386...0x45F: addGreekOrCyrillic(scalar.value)
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

    private mutating func addGreekOrCyrillic(_ value: UInt32) {
        switch value {
        case 0x386, 0x3AC: add(0x3B1)
        case 0x388, 0x3AD: add(0x3B5)
        case 0x389, 0x3AE: add(0x3B7)
        case 0x38A, 0x390, 0x3AA, 0x3AF, 0x3CA: add(0x3B9)
        case 0x38C, 0x3CC: add(0x3BF)
        case 0x38E, 0x3AB, 0x3B0, 0x3CB, 0x3CD: add(0x3C5)
        case 0x38F, 0x3CE: add(0x3C9)
        // The sigma at the end of a word.
        case 0x3C2: add(0x3C3)
        case 0x401, 0x451: add(0x435)
        case 0x407, 0x457: add(0x456)
        case 0x40E, 0x45E: add(0x443)
        case 0x419, 0x439: add(0x438)
        // Capitals.
        case 0x391...0x3A9, 0x410...0x42F: add(value + 0x20)
        case 0x400...0x40F: add(value + 0x50)
        default: add(value)
        }
    }

    private mutating func addLatin(_ value: UInt32, at place: UInt32, of letters: [UInt8]) {
        let index = Int(place)
        guard letters.indices.contains(index) else { return }
        switch letters[index] {
        case UInt8(ascii: "."): add(value)
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

    // The letters without accents; A, O and S stand for ae, oe and ss, a full stop for the letter as it is.

    /// U+00C0 to U+017F.
    private static let latin = Array(
        ("aaaaaaAceeeeiiiidnooooo ouuuuytS" + "aaaaaaAceeeeiiiidnooooo ouuuuyty"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
            + "nnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

    /// U+01A0 to U+0233, with letters of Vietnamese, Romanian and Pinyin.
    private static let furtherLatin = Array(
        ("oo.............uu............................aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
            + "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy").utf8)

    /// U+1E00 to U+1EFF, with letters of Vietnamese.
    private static let additionalLatin = Array(
        ("aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
            + "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy....S."
            + "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......").utf8)
}
