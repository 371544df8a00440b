import JSON
import TestSupport
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

    @Test("every ASCII character is read and written alike at any place of a text of any length", arguments: 1...26)
    func everyPlace(count: Int) throws {
        for byte in UInt8(0)..<0x80 {
            for place in 0..<count {
                var bytes = [UInt8](repeating: 0x61, count: count)
                bytes[place] = byte
                // A second one, to the right and to the left of it.
                bytes[(place + 3) % count] = place % 2 == 0 ? byte : 0x22
                let string = String(decoding: bytes, as: UTF8.self)
                let written = JSONValue.string(string).serialized()
                #expect(written.allSatisfy { $0 >= 0x20 })
                #expect(try JSONValue(parsing: written) == .string(string))
            }
        }
    }

    @Test(
        "an integer is written with all its digits",
        arguments: [
            (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (-10, "-10"), (Int64.max, "9223372036854775807"),
            (Int64.min, "-9223372036854775808"), (1_000_000, "1000000"),
        ])
    func integers(number: Int64, text: String) {
        #expect(JSONValue.number(JSONNumber(number)).text == text)
        #expect(JSONValue.number(JSONNumber(UInt64.max)).text == "18446744073709551615")
    }

    @Test("a double is written as Swift writes it, the shortest text that reads back as the same")
    func doubles() throws {
        var generator = SeededGenerator(seed: 1)
        var doubles: [Double] = [
            0, 0.1, 0.3, 0.5, 1, 1.5, 7.438, 10.8935, 27.1234, 99.99995, 0.001, 0.00099, 0.0001, 1234.00005,
            9_999_999_999,
            1e10, 1e15, 1e16, 1e22, 123_456_789.0001, 0.1 + 0.2, 1.0.nextUp, 1.0.nextDown, 8.1.nextUp, 1e-7, 5e-324,
        ]
        for _ in 0..<20_000 {
            let digits = Double(Int.random(in: 0..<1_000_000_000, using: &generator))
            doubles.append(digits / [1, 10, 100, 1_000, 10_000, 100_000].randomElement(using: &generator)!)
            doubles.append(Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &generator)))
        }
        for double in doubles + doubles.map({ -$0 }) {
            let number = try #require(JSONNumber(double))
            #expect(JSONValue.number(number).text == double.description)
        }
    }

    @Test("bytes are escaped as in a string")
    func escapedBytes() {
        let json = (["a\"b": "c\n", "d": [1.5, nil]] as JSONValue).serialized()
        var output = Array("x".utf8)
        output.append(escaping: json.span)
        let text = JSONValue.string(String(decoding: json, as: UTF8.self)).text
        #expect("x" + text.dropFirst().dropLast() == String(decoding: output, as: UTF8.self))
    }

    @Test("bytes of every kind and number are escaped one by one", arguments: [0.0, 0.1, 0.5, 1.0])
    func randomBytes(controls: Double) {
        var generator = SeededGenerator(seed: 7)
        for length in Array(0...80) + [1_000, 5_000] {
            let bytes: [UInt8] = (0..<length).map { _ in
                if Double.random(in: 0..<1, using: &generator) < controls {
                    return UInt8.random(in: 0..<0x20, using: &generator)
                }
                return [0x22, 0x5C, 0x20, 0x61, 0xC3, 0xFF].randomElement(using: &generator)!
            }
            var output: [UInt8] = [1]
            output.append(escaping: bytes.span)
            #expect(output == [1] + bytes.flatMap(escape), "\(bytes)")
        }
    }

    private func escape(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case 0x22, 0x5C: return [0x5C, byte]
        case 0x08: return Array("\\b".utf8)
        case 0x09: return Array("\\t".utf8)
        case 0x0A: return Array("\\n".utf8)
        case 0x0C: return Array("\\f".utf8)
        case 0x0D: return Array("\\r".utf8)
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            return Array("\\u".utf8) + Array(repeating: UInt8(ascii: "0"), count: 4 - digits.count) + Array(digits.utf8)
        default: return [byte]
        }
    }
}
