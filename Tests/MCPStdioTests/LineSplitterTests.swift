import MCPStdio
import Testing

@Suite struct LineSplitterTests {
    /// The lines of chunks that come one after the other, then the end. Nil is a line that was too long.
    private func lines(_ chunks: [ArraySlice<UInt8>], limit: Int) -> [[UInt8]?] {
        var splitter = LineSplitter(lineBytesMax: limit)
        var lines: [[UInt8]?] = []
        func keep(_ line: Span<UInt8>?) {
            guard let line else { return lines.append(nil) }
            lines.append(line.indices.map { line[$0] })
        }
        for chunk in chunks { splitter.split(Array(chunk).span, onLine: keep) }
        splitter.takeEnd(onLine: keep)
        return lines
    }

    /// Inputs and their lines when a line may have 5 bytes.
    static let table: [(String, [String?])] = [
        ("", []), ("\n", []), ("\r\n", []), ("\n\n\r\n \n\t \t\r\n", []), (" ", []), ("\t\r", []),
        ("a\n", ["a"]), ("a", ["a"]), ("a\r\n", ["a"]), ("a\r", ["a"]), ("a\nb", ["a", "b"]),
        ("a\n\nb\n", ["a", "b"]), ("\n a \n", [" a "]), ("a\r\r\n", ["a\r"]), ("\r\r\n", ["\r"]),
        ("a\rb\n", ["a\rb"]), ("\ra\n", ["\ra"]), ("12345\n", ["12345"]), ("12345\r\n", ["12345"]),
        ("12345", ["12345"]), ("12345\r", ["12345"]), ("123456\n", [nil]), ("123456\r\n", [nil]), ("123456", [nil]),
        ("12345\r\r\n", [nil]), ("1234\r\r\n", ["1234\r"]), ("1234567\n8\n", [nil, "8"]),
        ("a\n" + String(repeating: "x", count: 60) + "\nb", ["a", nil, "b"]),
        (String(repeating: "x", count: 60), [nil]), (String(repeating: "x", count: 60) + "\r\n\r\n", [nil]),
        ("      \n", [nil]), ("     \n", []), ("     \r\n", []), ("é€\n", ["é€"]), ("a\0b\n", ["a\0b"]),
        ("1\n12\n123\n1234\n12345\n123456\n1234567\n1", ["1", "12", "123", "1234", "12345", nil, nil, "1"]),
    ]

    @Test("an input gives the same lines, whole, cut in two at every place, and byte by byte", arguments: table)
    func everyCut(input: String, expected: [String?]) {
        let bytes = Array(input.utf8)
        let expected = expected.map { $0.map { Array($0.utf8) } }
        #expect(lines([bytes[...]], limit: 5) == expected)
        for cut in 0...bytes.count {
            #expect(lines([bytes[..<cut], bytes[cut...]], limit: 5) == expected, "cut at \(cut)")
        }
        #expect(lines(bytes.indices.map { bytes[$0...$0] }, limit: 5) == expected)
    }

    @Test("an input gives the same lines when cut in three", arguments: ["12345\r\n\r\n123456\nab", "\r\n \r\r\n1\n"])
    func threeParts(input: String) {
        let bytes = Array(input.utf8)
        let whole = lines([bytes[...]], limit: 5)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let parts = [bytes[..<first], bytes[first..<second], bytes[second...]]
                #expect(lines(parts, limit: 5) == whole, "cut at \(first) and \(second)")
            }
        }
    }

    @Test("lines are handed on as they come, the last one at the end")
    func promptness() {
        var splitter = LineSplitter(lineBytesMax: 100)
        var counts: [Int] = []
        for text in ["a\nb", "c", "\n\nd"] {
            splitter.split(text.utf8.span) { counts.append($0?.count ?? -1) }
            counts.append(0)
        }
        splitter.takeEnd { counts.append($0?.count ?? -1) }
        splitter.takeEnd { counts.append($0?.count ?? -1) }
        #expect(counts == [1, 0, 0, 2, 0, 1])
    }

    @Test("a too long line is told once, when it ends, and costs no memory")
    func dropping() {
        var splitter = LineSplitter(lineBytesMax: 1000)
        var told = 0
        let chunk = [UInt8](repeating: 0x78, count: 1 << 14)
        for _ in 0..<8 { splitter.split(chunk.span) { _ in told += 1 } }
        #expect(told == 0)
        splitter.split([0x0A].span) { told += $0 == nil ? 1 : 100 }
        #expect(told == 1)
        splitter.split(Array("a\n".utf8).span) { told += $0 == nil ? 1 : 100 }
        #expect(told == 101)
    }
}
