import Testing

@testable import TMDB

struct CutTests {
    @Test(arguments: [
        ("short enough", 12, "short enough"),
        ("a text of a few words", 16, "a text of a…"),
        // "é" has two bytes, of which only one would find room.
        ("ééééé", 8, "éé…"),
        ("one aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 30, "one aaaaaaaaaaaaaaaaaaaaaaa…"),
        ("one aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 29, "one…"),
        ("first", 4, "f…"),
        ("first", 3, "…"),
        ("first", 1, "…"),
    ])
    func `a text is cut at its last blank, between letters where that is far back`(
        _ text: String, _ bytesMax: Int, _ expected: String
    ) {
        #expect(text.cut(toBytes: bytesMax) == expected)
    }
}
