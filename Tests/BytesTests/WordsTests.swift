import Bytes
import Testing

/// What takes several bytes at once must do what taking them one by one does, at every length and place.
@Suite struct WordsTests {
    private func areSame(_ bytes: [UInt8], _ others: [UInt8]) -> Bool { bytes.span.isSame(as: others.span) }

    @Test("bytes are the same, or not, by each one of them", arguments: 0...40)
    func sameness(count: Int) {
        let bytes = (0..<count).map { UInt8($0 + 65) }
        #expect(areSame(bytes, bytes + []))
        #expect(!areSame(bytes, bytes + [0]))
        for place in 0..<count {
            var other = bytes
            other[place] ^= 0x80
            #expect(!areSame(bytes, other))
        }
    }

    @Test("a copy is whole, behind what was there", arguments: 0...140)
    func copies(count: Int) {
        let bytes = (0..<count).map { UInt8($0) }
        var output: [UInt8] = [1, 2, 3]
        output.append(copying: bytes.span)
        output.append(copying: bytes.span)
        #expect(output == [1, 2, 3] + bytes + bytes)
    }

    /// At the ends of the ranges that are hidden, and of those that begin with the same bytes.
    private static let scalars =
        Array(0..<0x500) + Array(0x2000..<0x2100) + Array(0xF000..<0x1_0000)
        + Array(0xDFF00..<0xE0200) + [0x1F600, 0x3000, 0x10FFFF]

    @Test("what is hidden is taken out of a text, wherever it stands, and nothing else", arguments: 0...9)
    func hidden(place: Int) {
        for scalar in Self.scalars.compactMap({ Unicode.Scalar(UInt32($0)) }) {
            let text = String(repeating: "a", count: place) + String(Character(scalar)) + "é\u{A0}“b”"
            let expected = String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isHidden }))
            #expect(Array(text.withoutHidden.utf8) == Array(expected.utf8), "\(scalar.value)")
        }
        #expect(Array("a\u{1}".withoutHidden.utf8) == [0x61])
    }
}
