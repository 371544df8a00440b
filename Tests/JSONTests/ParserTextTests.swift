import JSON
import TestSupport
import Testing

@Suite struct ParserTextTests {
    @Test(
        "an escape gives its character",
        arguments: [
            ("\\\"", "\""), ("\\\\", "\\"), ("\\/", "/"), ("\\b", "\u{8}"), ("\\f", "\u{C}"), ("\\n", "\n"),
            ("\\r", "\r"),
            ("\\t", "\t"), ("\\u0041", "A"), ("\\u0000", "\0"), ("a\\u0000b", "a\0b"), ("\\u00e9", "\u{E9}"),
            ("\\u00E9", "\u{E9}"), ("\\uFFFF", "\u{FFFF}"), ("\\ud83d\\ude00", "\u{1F600}"),
            ("\\uD800\\uDC00", "\u{10000}"),
            ("\\uDBFF\\uDFFF", "\u{10FFFF}"), ("\\ud7ff\\ue000", "\u{D7FF}\u{E000}"), ("é\\n€", "é\n€"),
            ("0123456789abcdef\\\\0123456789abcdef", "0123456789abcdef\\0123456789abcdef"),
        ])
    func escape(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: "\"\(text)\"") == .string(expected))
        #expect(try JSONValue(parsing: "{\"\(text)\":1}").object?.map(\.key) == [expected])
    }

    @Test("every other byte after a backslash is refused", arguments: UInt8(0)...0xFF)
    func unknownEscape(byte: UInt8) {
        guard !"\"\\/bfnrtu".utf8.contains(byte) else { return }
        let expected = JSONError(reason: .unexpectedByte(byte, expected: .escape), offset: 2)
        #expect(refusal(of: quoted([0x5C, byte])) == expected)
    }

    @Test(
        "an escape without four hexadecimal digits is refused",
        arguments: ["g000", "0g00", "00g0", "000g", "+123", " 123", "12\""])
    func hexDigits(digits: String) {
        let error = refusal(of: "\"\\u\(digits)\"")
        guard case .unexpectedByte(_, .hexDigit) = error?.reason else {
            Issue.record("not refused for its digits: \(String(describing: error))")
            return
        }
    }

    @Test(
        "a lone surrogate is refused, or replaced",
        arguments: [
            ("\\ud800", 1, "\u{FFFD}"), ("a\\udfff", 2, "a\u{FFFD}"), ("\\ud800x", 1, "\u{FFFD}x"),
            ("\\ud800\\n", 1, "\u{FFFD}\n"), ("\\ud800\\u0041", 1, "\u{FFFD}A"),
            ("\\ud800\\ud800\\udc00", 1, "\u{FFFD}\u{10000}"), ("\\udc00\\ud800", 1, "\u{FFFD}\u{FFFD}"),
            ("\\ud800\\udc00\\udc00", 13, "\u{10000}\u{FFFD}"), ("\\udbff\\ue000", 1, "\u{FFFD}\u{E000}"),
        ])
    func loneSurrogate(text: String, offset: Int, replaced: String) throws {
        let bytes = quoted(Array(text.utf8))
        #expect(refusal(of: bytes) == JSONError(reason: .loneSurrogate, offset: offset))
        #expect(try JSONValue(parsing: bytes, invalidText: .replace) == .string(replaced))
    }

    @Test(
        "clean text has nothing hidden in it, and what is invalid replaced",
        arguments: [
            ("a\\u0000\\u001bb", "ab"), ("\u{E0041}\u{2060}é\u{FEFF}", "é"), ("\\udb40\\udc41x", "x"), ("\u{9B}a", "a"),
            ("a\\n\\tb", "a\n\tb"), ("\u{200D}\u{200F}é", "\u{200D}\u{200F}é"), ("\\ud800", "\u{FFFD}"),
        ])
    func clean(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: quoted(Array(text.utf8)), invalidText: .clean) == .string(expected))
    }

    /// Bytes, the offset among them of the first that is wrong, and the text with a replacement for each maximal part.
    static let illFormed: [([UInt8], Int, String)] = [
        ([0x80], 0, "\u{FFFD}"),
        ([0xBF, 0x80], 0, "\u{FFFD}\u{FFFD}"),
        ([0xC0], 0, "\u{FFFD}"),
        ([0xC0, 0xAF], 0, "\u{FFFD}\u{FFFD}"),
        ([0xC1, 0xBF], 0, "\u{FFFD}\u{FFFD}"),
        ([0xC2], 0, "\u{FFFD}"),
        ([0xC2, 0x41], 0, "\u{FFFD}A"),
        ([0xC3, 0xC3, 0xA9], 0, "\u{FFFD}\u{E9}"),
        ([0xE0, 0x80, 0x80], 0, "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xE0, 0x9F, 0xBF], 0, "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xE0, 0xA0, 0x41], 0, "\u{FFFD}A"),
        ([0xE2, 0x82, 0x41], 0, "\u{FFFD}A"),
        ([0xE2, 0x41], 0, "\u{FFFD}A"),
        ([0xE2, 0x82, 0xE2, 0x82, 0xAC], 0, "\u{FFFD}\u{20AC}"),
        ([0xED, 0xA0, 0x80], 0, "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xED, 0xBF, 0xBF], 0, "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xF0, 0x80, 0x80, 0x41], 0, "\u{FFFD}\u{FFFD}\u{FFFD}A"),
        ([0xF0, 0x9F, 0x98, 0x41], 0, "\u{FFFD}A"),
        ([0xF0, 0x9F, 0x41], 0, "\u{FFFD}A"),
        ([0xF1, 0x80, 0x80, 0xF1, 0x80, 0xC2], 0, "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xF4, 0x90, 0x80, 0x80], 0, "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xF5, 0x80, 0x80, 0x80], 0, "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0xFE, 0xFF], 0, "\u{FFFD}\u{FFFD}"),
        ([0x41, 0xC3, 0xA9, 0xFF, 0x42], 3, "A\u{E9}\u{FFFD}B"),
        ([0x41, 0x80, 0x42, 0xE2, 0x82], 1, "A\u{FFFD}B\u{FFFD}"),
    ]

    @Test("bytes that are not UTF-8 are refused, or replaced for each maximal subpart", arguments: illFormed)
    func invalidUTF8(bytes: [UInt8], fault: Int, replaced: String) throws {
        let text = quoted(bytes)
        #expect(refusal(of: text) == JSONError(reason: .invalidUTF8(bytes[fault]), offset: 1 + fault))
        #expect(try JSONValue(parsing: text, invalidText: .replace) == .string(replaced))

        let escaped = quoted([0x5C, 0x6E] + bytes)
        #expect(refusal(of: escaped) == JSONError(reason: .invalidUTF8(bytes[fault]), offset: 3 + fault))
        #expect(try JSONValue(parsing: escaped, invalidText: .replace) == .string("\n" + replaced))
    }

    @Test("an escape ends an ill-formed sequence")
    func escapeAfterPartialSequence() throws {
        let bytes = quoted([0xE2, 0x82] + Array("\\u00ac".utf8))
        #expect(refusal(of: bytes) == JSONError(reason: .invalidUTF8(0xE2), offset: 1))
        #expect(try JSONValue(parsing: bytes, invalidText: .replace) == "\u{FFFD}\u{AC}")
    }

    @Test(
        "replacement applies to text only: the grammar stays strict",
        arguments: [[0x80], [0x5B, 0xFF, 0x5D], [0x22, 0x0A, 0x22]])
    func replacementKeepsGrammar(bytes: [UInt8]) {
        #expect(refusal(of: bytes, invalidText: .replace) != nil)
    }

    @Test("keys that are alike only after replacement are duplicates")
    func replacedKeys() throws {
        let bytes = Array("{\"".utf8) + [0xFF] + Array("\":1,\"".utf8) + [0xFE] + Array("\":2}".utf8)
        #expect(try JSONValue(parsing: bytes, invalidText: .replace).text == "{\"\u{FFFD}\":2}")
    }

    @Test(
        "a key that comes twice counts once, however it is spelled",
        arguments: [
            #"{"ab":1,"ab":2}"#, #"{"ab":1,"a\u0062":2}"#, #"{"a\u0062":1,"ab":2}"#, #"{"\u0061b":1,"x":0,"ab":2}"#,
            #"{"é":1,"\u00e9":2}"#, #"{"\u00e9":1,"é":2}"#, #"{"":1,"":2}"#, #"{"a":0,"\/":1,"/":2}"#,
        ])
    func sameKeys(text: String) throws {
        let object = try #require(try JSONValue(parsing: text).object)
        let twice = object.filter { $0.value == 2 }
        #expect(twice.count == 1)
        #expect(!object.contains { $0.value == 1 })
        for (key, value) in object { #expect(object[key] == value) }
    }

    @Test("of any keys each is found with its last value", arguments: 1...40)
    func manyKeys(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        for _ in 0..<50 {
            var last: [String: Int64] = [:]
            var members: [String] = []
            for number in 0..<count {
                let letters = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                    ["a", "b", "é", "\\u0061", "\\/"].randomElement(using: &generator)!
                }
                let key = letters.joined()
                let read = key.replacing("\\u0061", with: "a").replacing("\\/", with: "/")
                last[read] = Int64(number)
                members.append("\"\(key)\":\(number)")
            }
            let object = try #require(try JSONValue(parsing: "{\(members.joined(separator: ","))}").object)
            #expect(object.count == last.count)
            for (key, value) in last { #expect(object[key]?.int64 == value) }
        }
    }
}
