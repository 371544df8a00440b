import HTTPServer
import Testing

struct ChunkedDecoderTests {
    static let good: [(String, String)] = [
        ("0\r\n\r\n", ""),
        ("3\r\nabc\r\n0\r\n\r\n", "abc"),
        ("1\r\na\r\n00002\r\nbc\r\n000\r\n\r\n", "abc"),
        ("A\r\n0123456789\r\na;x=y;z=\"q\"\r\n0123456789\r\n0;last\r\n\r\n", "01234567890123456789"),
        ("1\r\n\n\r\n0\r\nA: b\r\nC:\r\n\r\n", "\n"),
    ]

    static let evil: [(String, RequestFault)] = [
        ("\r\n", .malformed(.chunk)), (";x\r\n", .malformed(.chunk)), ("+1\r\n", .malformed(.chunk)),
        ("-1\r\n", .malformed(.chunk)), ("0x1\r\n", .malformed(.chunk)), (" 1\r\n", .malformed(.chunk)),
        ("1 \r\n", .malformed(.chunk)), ("1\n", .malformed(.chunk)), ("1\rx", .malformed(.chunk)),
        ("1\r\nab", .malformed(.chunk)), ("1\r\na\n", .malformed(.chunk)), ("1\r\na\rb", .malformed(.chunk)),
        ("1;a\nb\r\n", .malformed(.chunk)), ("1;\0\r\n", .malformed(.chunk)), ("g\r\n", .malformed(.chunk)),
        ("00000000000000001\r\n", .malformed(.chunk)),
        ("65\r\n", .bodyTooLarge(bytesMax: 100)), ("ffffffffffffffff\r\n", .bodyTooLarge(bytesMax: 100)),
        ("8000000000000000\r\n", .bodyTooLarge(bytesMax: 100)), ("100000000\r\n", .bodyTooLarge(bytesMax: 100)),
        ("0\r\n\n", .malformed(.trailer)), ("0\r\nA b: c\r\n", .malformed(.trailer)),
        ("0\r\n: c\r\n", .malformed(.trailer)), ("0\r\nA: b\n", .malformed(.trailer)),
        ("0\r\nA: b\r\n c\r\n", .malformed(.trailer)), ("0\r\n\rx", .malformed(.trailer)),
    ]

    @Test("a chunked body is decoded, and what follows is left", arguments: good)
    func decodes(text: String, body: String) {
        let outcome = ChunkedOutcome(text + "GET ")
        #expect(outcome.body == body)
        #expect(outcome.used == text.utf8.count)
        #expect(outcome.progress == .complete)
    }

    @Test("broken framing is refused", arguments: evil)
    func refuses(text: String, fault: RequestFault) {
        #expect(ChunkedOutcome(text).progress == .failed(fault))
    }

    @Test("a body cut anywhere, or byte by byte, means the same", arguments: good.map(\.0) + evil.map(\.0))
    func cut(text: String) {
        let whole = ChunkedOutcome(text)
        #expect(ChunkedOutcome(text, cuts: Array(0..<text.utf8.count)) == whole)
        for cut in 0...text.utf8.count { #expect(ChunkedOutcome(text, cuts: [cut]) == whole) }
    }

    @Test("the body, the extensions and the trailers have limits")
    func limits() {
        let full = "64\r\n" + String(repeating: "x", count: 100) + "\r\n"
        #expect(ChunkedOutcome(full + "0\r\n\r\n").progress == .complete)
        #expect(ChunkedOutcome(full + "1\r\n").progress == .failed(.bodyTooLarge(bytesMax: 100)))
        var limits = HTTPServerLimits()
        limits.chunkExtensionBytesMax = 5
        limits.trailerBytesMax = 10
        func progress(_ text: String) -> ChunkedDecoder.Progress { ChunkedOutcome(text, limits: limits).progress }
        #expect(progress("1;ab\r\nx\r\n0;abc\r\n\r\n") == .complete)
        #expect(progress("1;abc\r\nx\r\n0;abcd\r\n\r\n") == .failed(.malformed(.chunk)))
        // Its line feeds are not counted.
        #expect(progress("0\r\nA: 45678\r\n\r\n") == .complete)
        #expect(progress("0\r\nA: 456789\r\n\r\n") == .failed(.trailersTooLarge(bytesMax: 10)))
    }
}
