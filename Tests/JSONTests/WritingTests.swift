import JSON
import Testing

@Suite struct WritingTests {
    @Test(
        "a value is written without whitespace, members in order",
        arguments: [
            (nil, "null"), (true, "true"), (false, "false"), (-12, "-12"), (0.5, "0.5"), ("a", "\"a\""), ([], "[]"),
            ([:], "{}"),
            ([1, [2, []], [:]], "[1,[2,[]],{}]"),
            (["z": 1, "a": ["y": nil, "b": [true]]], "{\"z\":1,\"a\":{\"y\":null,\"b\":[true]}}"),
        ] as [(JSONValue, String)])
    func compact(value: JSONValue, text: String) {
        #expect(value.text == text)
        #expect(value.serialized() == Array(text.utf8))
    }

    @Test(
        "only the quote, the backslash and control characters are escaped",
        arguments: [
            ("\"", "\\\""), ("\\", "\\\\"), ("/", "/"), ("\u{8}\u{9}\u{A}\u{C}\u{D}", "\\b\\t\\n\\f\\r"),
            ("\0", "\\u0000"),
            ("\u{1}\u{B}\u{F}\u{10}\u{1A}\u{1F}", "\\u0001\\u000b\\u000f\\u0010\\u001a\\u001f"),
            ("\u{7F}\u{80}", "\u{7F}\u{80}"),
            ("é€𝄞\u{2028}\u{2029}\u{FEFF}", "é€𝄞\u{2028}\u{2029}\u{FEFF}"), ("\r\n", "\\r\\n"), ("a\"b", "a\\\"b"),
            ("a long text with \"quotes\"", "a long text with \\\"quotes\\\""), ("end\\", "end\\\\"), ("日\n本", "日\\n本"),
        ])
    func escapes(string: String, escaped: String) throws {
        #expect(JSONValue.string(string).text == "\"\(escaped)\"")
        #expect(JSONValue.object([string: 1]).text == "{\"\(escaped)\":1}")
        #expect(try JSONValue(parsing: "\"\(escaped)\"") == .string(string))
    }

    @Test("every ASCII character survives")
    func everyCharacter() throws {
        let string = String(String.UnicodeScalarView((UInt8(0)..<0x80).map(Unicode.Scalar.init)))
        #expect(try JSONValue(parsing: JSONValue.string(string).serialized()) == .string(string))
    }

    @Test("writing appends to what is there")
    func appends() {
        var output = Array("data: ".utf8)
        (["a"] as JSONValue).write(into: &output)
        #expect(output == Array("data: [\"a\"]".utf8))
    }
}
