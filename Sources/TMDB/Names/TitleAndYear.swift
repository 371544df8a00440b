import Bytes

/// The parts of "Dune (2021)" and "Dark (2017–2020)", by which TMDB finds nothing.
struct TitleAndYear {
    /// All the words when they do not end with a year.
    let title: String
    let year: Int64?

    init(_ words: String) {
        (title, year) = Self.parts(of: words) ?? (words, nil)
    }

    private static func parts(of words: String) -> (String, Int64?)? {
        var characters: [UInt8] = []
        var ends: [Int] = []
        for scalar in words.unicodeScalars {
            characters.append(ascii(scalar))
            ends.append((ends.last ?? 0) + UTF8.width(scalar))
        }
        let isNoSpace: (UInt8) -> Bool = { $0 != UInt8(ascii: " ") }
        guard let end = characters.lastIndex(where: isNoSpace), characters[end] == UInt8(ascii: ")"),
            let start = characters[..<end].lastIndex(of: UInt8(ascii: "(")),
            let titleEnd = characters[..<start].lastIndex(where: isNoSpace)
        else { return nil }
        let digits = characters[(start + 1)..<end].prefix(4)
        let rest = characters[(start + 1)..<end].dropFirst(4)
        guard digits.count == 4, digits.allSatisfy({ $0.isASCIIDigit }),
            rest.isEmpty || rest.first == UInt8(ascii: "-"),
            rest.dropFirst().allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: " ") }), rest.count <= 6,
            let year = Int64(String(decoding: digits, as: UTF8.self)), years.contains(year)
        else { return nil }
        return (String(Substring(words.utf8.prefix(ends[titleEnd]))), year)
    }

    /// The ASCII character that a scalar is a form of: East Asian writing has its own brackets and digits, and dashes
    /// have several lengths. 0 for any other.
    private static func ascii(_ scalar: Unicode.Scalar) -> UInt8 {
        switch scalar.value {
        case 0x5B, 0xFF3B, 0x3010, 0x3014: UInt8(ascii: "(")
        case 0x5D, 0xFF3D, 0x3011, 0x3015: UInt8(ascii: ")")
        case 0xFF01...0xFF5E: UInt8(truncatingIfNeeded: scalar.value - 0xFEE0)
        case 0x2010...0x2015: UInt8(ascii: "-")
        default: scalar.isBlank ? UInt8(ascii: " ") : UInt8(exactly: scalar.value) ?? 0
        }
    }

    static let years: ClosedRange<Int64> = 1870...2100
}
