import JSON
import TestSupport
import Testing

@Suite struct BoundTests {
    @Test("no text of a value is longer than its bound, and that of plain text hardly shorter")
    func bound() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let value = Self.value(depth: 0, &generator)
            #expect(value.bytesBound >= value.serialized().count)
        }
        let plain: JSONValue = ["name": .string(String(repeating: "a", count: 500)), "list": ["é", "…", 12, true]]
        #expect(plain.bytesBound <= plain.serialized().count + 20)
    }

    @Test(
        "the values that take the most bytes stay within theirs",
        arguments: [
            .string(String(repeating: "\u{1}", count: 9)), .string("\"\\\n\u{1F}a\u{0}"), .string(""), [], [:],
            .number(JSONNumber(Int64.min)), .number(JSONNumber(UInt64.max)), -1.2345678901234567e-308, 1e-7, 999_999,
            1_000_000, -1, nil, false, [[[]]], ["": ""],
        ] as [JSONValue])
    func extremes(value: JSONValue) {
        #expect(value.bytesBound >= value.serialized().count)
    }

    private static func value(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth < 3 ? 7 : 5), using: &generator) {
        case 0: return nil
        case 1: return .bool(.random(using: &generator))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &generator)))
        case 3: return JSONNumber(Double.random(in: -1e9...1e9, using: &generator)).map { .number($0) } ?? nil
        case 4: return .string(text(&generator))
        case 5:
            let count = Int.random(in: 0..<5, using: &generator)
            return .array((0..<count).map { _ in value(depth: depth + 1, &generator) })
        default:
            let members = (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                (text(&generator), value(depth: depth + 1, &generator))
            }
            return .object(JSONObject(members))
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let letters: [Unicode.Scalar] = ["a", "\"", "\\", "\u{0}", "\n", "é", "字", "😀", " ", "z"]
        var text = ""
        for _ in 0..<Int.random(in: 0..<20, using: &generator) {
            text.unicodeScalars.append(letters[Int.random(in: 0..<letters.count, using: &generator)])
        }
        return text
    }
}
