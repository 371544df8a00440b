import JSON
import Testing

@Suite struct ParserGrammarTests {
    @Test(
        "a text of the grammar gives its value",
        arguments: [
            ("null", nil), ("true", true), ("false", false), ("0", 0), ("\"\"", ""), ("[]", []), ("{}", [:]),
            (" \t\r\n1 \t\r\n", 1),
            ("[ ]", []), ("[ 1 , 2 ]", [1, 2]), ("[1,[2,[3,[]]]]", [1, [2, [3, []]]]),
            ("{ }", [:]), ("{ \"a\" : 1 , \"b\" : [ { } ] }", ["a": 1, "b": [[:]]]),
            ("{\"\":0}", ["": 0]), ("{\"a\":{\"a\":{\"a\":null}}}", ["a": ["a": ["a": nil]]]),
            ("[null,true,false,\"x\",-1,2.5,{},[]]", [nil, true, false, "x", -1, 2.5, [:], []]),
            (
                "\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"",
                "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}"
            ),
            ("\"\u{2028}\u{2029}\u{FEFF}\"", "\u{2028}\u{2029}\u{FEFF}"),
        ] as [(String, JSONValue)])
    func accepted(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    static let refusedTexts: [(String, JSONError.Reason, Int)] = [
        ("", .unexpectedEnd(expected: .value), 0),
        (" \n", .unexpectedEnd(expected: .value), 2),
        ("[", .unexpectedEnd(expected: .valueOrArrayEnd), 1),
        ("[1", .unexpectedEnd(expected: .commaOrArrayEnd), 2),
        ("[1,", .unexpectedEnd(expected: .value), 3),
        ("[1,]", .unexpectedByte(0x5D, expected: .value), 3),
        ("[,1]", .unexpectedByte(0x2C, expected: .valueOrArrayEnd), 1),
        ("[1 2]", .unexpectedByte(0x32, expected: .commaOrArrayEnd), 3),
        ("[1}", .unexpectedByte(0x7D, expected: .commaOrArrayEnd), 2),
        ("[1:2]", .unexpectedByte(0x3A, expected: .commaOrArrayEnd), 2),
        ("]", .unexpectedByte(0x5D, expected: .value), 0),
        ("{", .unexpectedEnd(expected: .keyOrObjectEnd), 1),
        ("{\"a\"", .unexpectedEnd(expected: .colon), 4),
        ("{\"a\":", .unexpectedEnd(expected: .value), 5),
        ("{\"a\":1", .unexpectedEnd(expected: .commaOrObjectEnd), 6),
        ("{\"a\":1,", .unexpectedEnd(expected: .key), 7),
        ("{\"a\":1,}", .unexpectedByte(0x7D, expected: .key), 7),
        ("{,}", .unexpectedByte(0x2C, expected: .keyOrObjectEnd), 1),
        ("{a:1}", .unexpectedByte(0x61, expected: .keyOrObjectEnd), 1),
        ("{1:1}", .unexpectedByte(0x31, expected: .keyOrObjectEnd), 1),
        ("{'a':1}", .unexpectedByte(0x27, expected: .keyOrObjectEnd), 1),
        ("{\"a\" 1}", .unexpectedByte(0x31, expected: .colon), 5),
        ("{\"a\",1}", .unexpectedByte(0x2C, expected: .colon), 4),
        ("{\"a\":}", .unexpectedByte(0x7D, expected: .value), 5),
        ("{\"a\":1 \"b\":2}", .unexpectedByte(0x22, expected: .commaOrObjectEnd), 7),
        ("{\"a\":1]", .unexpectedByte(0x5D, expected: .commaOrObjectEnd), 6),
        ("1 2", .unexpectedByte(0x32, expected: .end), 2),
        ("{}{}", .unexpectedByte(0x7B, expected: .end), 2),
        ("[],", .unexpectedByte(0x2C, expected: .end), 2),
        ("null\0", .unexpectedByte(0x00, expected: .end), 4),
        ("nul", .unexpectedEnd(expected: .literalNull), 3),
        ("nulL", .unexpectedByte(0x4C, expected: .literalNull), 3),
        ("trux", .unexpectedByte(0x78, expected: .literalTrue), 3),
        ("fals3", .unexpectedByte(0x33, expected: .literalFalse), 4),
        ("nullx", .unexpectedByte(0x78, expected: .end), 4),
        ("Null", .unexpectedByte(0x4E, expected: .value), 0),
        ("NaN", .unexpectedByte(0x4E, expected: .value), 0),
        ("Infinity", .unexpectedByte(0x49, expected: .value), 0),
        ("'a'", .unexpectedByte(0x27, expected: .value), 0),
        ("/**/1", .unexpectedByte(0x2F, expected: .value), 0),
        ("1//", .unexpectedByte(0x2F, expected: .end), 1),
        ("\u{0C}1", .unexpectedByte(0x0C, expected: .value), 0),
        ("\u{0B}1", .unexpectedByte(0x0B, expected: .value), 0),
        ("\u{A0}1", .unexpectedByte(0xC2, expected: .value), 0),
        ("1\u{2028}", .unexpectedByte(0xE2, expected: .end), 1),
        ("\u{FEFF}1", .byteOrderMark, 0),
        ("\u{FEFF}", .byteOrderMark, 0),
        (" \u{FEFF}1", .unexpectedByte(0xEF, expected: .value), 1),
        ("\"", .unexpectedEnd(expected: .closingQuote), 1),
        ("\"ab", .unexpectedEnd(expected: .closingQuote), 3),
        ("\"ab\\\"", .unexpectedEnd(expected: .closingQuote), 5),
        ("\"\\", .unexpectedEnd(expected: .escape), 2),
        ("\"\\u12", .unexpectedEnd(expected: .hexDigit), 5),
        ("\"a\nb\"", .controlCharacter(0x0A), 2),
        ("\"\\t\tb\"", .controlCharacter(0x09), 3),
        ("{\"\u{1F}\":1}", .controlCharacter(0x1F), 2),
    ]

    @Test("a text outside the grammar is refused with its reason and offset", arguments: refusedTexts)
    func refused(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(refusal(of: text) == JSONError(reason: reason, offset: offset))
    }

    @Test("every control character in a string is refused", arguments: UInt8(0)..<0x20)
    func controlCharacter(byte: UInt8) {
        #expect(refusal(of: quoted([0x61, byte])) == JSONError(reason: .controlCharacter(byte), offset: 2))
    }

    @Test("a byte that starts no value is refused alone, before and after a value", arguments: UInt8(0)...0xFF)
    func strayByte(byte: UInt8) {
        let isWhitespace = [0x20, 0x09, 0x0A, 0x0D].contains(byte)
        let isDigit = (0x30...0x39).contains(byte)
        #expect((refusal(of: [byte]) == nil) == isDigit)
        #expect((refusal(of: [byte, 0x5B, 0x5D]) == nil) == isWhitespace)
        #expect((refusal(of: [0x5B, 0x5D, byte]) == nil) == isWhitespace)
    }

    @Test("all three sources of a text give the same value")
    func sources() throws {
        let text = "{\"a\":[1,\"é\"]}"
        let bytes = Array(text.utf8)
        let value: JSONValue = ["a": [1, "é"]]
        #expect(try JSONValue(parsing: text) == value)
        #expect(try JSONValue(parsing: bytes) == value)
        #expect(try JSONValue(parsing: bytes.span) == value)
    }
}
