import JSON
import TestSupport
import Testing

@Suite struct ParserRobustnessTests {
    /// Texts that hold every construct; each ends with the byte that closes it.
    static let seeds = [
        "{\"jsonrpc\":\"2.0\",\"id\":18446744073709551615,\"method\":\"tools/call\",\"params\":{\"name\":\"search\","
            + "\"arguments\":{\"query\":\"Amélie \\u0026 co\\n\",\"page\":1,\"exact\":false,\"none\":null}}}",
        "[ -0.0e+10 , 1.5E-7, 12345678901234567890123, -9223372036854775808 ,true,\t\"\\ud83d\\ude00 \\\\ \\\" \\/\" ]",
        "{\"\":[[],{},[{}]],\"a\":\"日本語 𝄞\",\"a\":\"\\b\\f\\n\\r\\t\\u0000\",\"é\":{\"x\":[1,[2,[3]]]} }",
        "\"plain text that is longer than fifteen bytes, then an escape: \\u00e9 and é\"",
    ]

    @Test("every prefix of a text is refused where it ends", arguments: seeds)
    func prefixes(text: String) {
        let bytes = Array(text.utf8)
        #expect(refusal(of: bytes) == nil)
        for length in bytes.indices {
            let error = refusal(of: Array(bytes[..<length]))
            switch error?.reason {
            case .unexpectedEnd: #expect(error?.offset == length)
            // The upper half of a pair is alone when the text is cut behind it.
            case .loneSurrogate: #expect(text.contains("\\ud83d"))
            default: Issue.record("\(length) bytes: \(String(describing: error))")
            }
        }
    }

    @Test("every prefix of a number is accepted or refused where it ends")
    func numberPrefixes() {
        let bytes = Array("-120.340e-07".utf8)
        let accepted = bytes.indices.filter { refusal(of: Array(bytes[...$0])) == nil }.map { $0 + 1 }
        #expect(accepted == [2, 3, 4, 6, 7, 8, 11, 12])
    }

    @Test("texts changed at random never trap, and what is accepted survives writing", arguments: UInt64(1)...8)
    func mutations(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &generator)].utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) { mutate(&bytes, using: &generator) }
            let comment = Comment(rawValue: "seed \(seed), text \(bytes)")
            let strict = try? JSONValue(parsing: bytes)
            let lenient = try? JSONValue(parsing: bytes, invalidText: .replace)
            if let strict { #expect(lenient == strict, comment) }
            guard let value = lenient else {
                refused += 1
                continue
            }
            accepted += 1
            let written = value.serialized()
            let again = try JSONValue(parsing: written)
            #expect(again == value, comment)
            #expect(again.serialized() == written, comment)
        }
        // Were one of them zero, the test would show nothing.
        #expect(accepted > 100)
        #expect(refused > 100)
    }

    private func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        let structural = Array("{}[]:,\"\\0-.eEu \u{1}".utf8)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[position] = UInt8.random(in: 0...0xFF, using: &generator)
        case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: bytes.remove(at: position)
        case 3: bytes.insert(structural[Int.random(in: 0..<structural.count, using: &generator)], at: position)
        case 4: bytes.insert(UInt8.random(in: 0x80...0xFF, using: &generator), at: position)
        default: bytes.append(contentsOf: bytes[position...])
        }
    }

    @Test("bytes at random never trap", arguments: UInt64(1)...4)
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("[]{}:,\"\\ntfu0123456789.eE-+ alsr\u{7F}é".utf8) + [0xFF, 0xC0, 0x00]
        var refused = 0
        for _ in 0..<5_000 {
            let length = Int.random(in: 0..<24, using: &generator)
            let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            if let error = refusal(of: bytes, invalidText: .replace) {
                refused += 1
                #expect(error.offset <= bytes.count, "seed \(seed), text \(bytes)")
            }
        }
        #expect(refused > 100)
    }
}
