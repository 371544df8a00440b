import HTTPServer
import TestSupport
import Testing

struct HeadParserTests {
    static let good: [(String, String)] = [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "get /|1.1|a|Host=a"),
        ("GET /a/b?c=d&e=%20 HTTP/1.1\r\nHost: a:80\r\n\r\n", "get /a/b|1.1|a:80|?c=d&e=%20|Host=a:80"),
        ("GET /? HTTP/1.1\r\nHost:\r\n\r\n", "get /|1.1||?|Host="),
        ("\r\n\r\nPOST /x HTTP/1.1\r\nhOST:\t a \t\r\nX-Y: \t1 2\t3 \r\n\r\n", "post /x|1.1|a|hOST=a|X-Y=1 2\t3"),
        ("GET / HTTP/1.0\r\n\r\n", "get /|1.0|"),
        ("GET / HTTP/1.9\r\nHost: a\r\n\r\n", "get /|1.1|a|Host=a"),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "options *|1.1|a|Host=a"),
        ("GET http://b:1/p?q HTTP/1.1\r\nHost: a\r\n\r\n", "get /p|1.1|b:1|?q|Host=a"),
        ("GET HTTPS://b HTTP/1.1\r\nHost: a\r\n\r\n", "get /|1.1|b|Host=a"),
        ("GET http://b?q=/ HTTP/1.1\r\nHost: a\r\n\r\n", "get /|1.1|b|?q=/|Host=a"),
        (
            "DELETE / HTTP/1.1\r\nHost: [::1]:8080\r\nA: \u{FC}\r\n\r\n",
            "delete /|1.1|[::1]:8080|Host=[::1]:8080|A=\u{FC}"
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 007\r\n\r\n1234567",
            "post /|1.1|a|Host=a|Content-Length=007"
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n",
            "post /|1.1|a|Host=a|Transfer-Encoding=Chunked"
        ),
    ]

    static let evil: [(String, RequestFault)] = [
        // The request line.
        ("GET  / HTTP/1.1\r\n", .malformed(.requestLine)),
        ("GET /\r\n", .malformed(.requestLine)),
        ("GET / HTTP/1.1 \r\n", .malformed(.requestLine)),
        ("GET\t/ HTTP/1.1\r\n", .malformed(.requestLine)),
        ("GET / a HTTP/1.1\r\n", .malformed(.requestLine)),
        (" GET / HTTP/1.1\r\n", .malformed(.requestLine)),
        ("G(T / HTTP/1.1\r\n", .malformed(.requestLine)),
        ("GET / http/1.1\r\n", .malformed(.requestLine)),
        ("GET / HTTP/1.11\r\n", .malformed(.requestLine)),
        ("GET / HTTP/1\r\n", .malformed(.requestLine)),
        ("GET / HTTP/1,1\r\n", .malformed(.requestLine)),
        ("\u{16}\u{3}\u{1}", .malformed(.requestLine)),
        ("\r\n\r\n\r\n\r\n\r\n", .malformed(.requestLine)),
        ("GET / HTTP/2.0\r\n", .unsupportedVersion),
        ("PRI * HTTP/2.0\r\n", .unsupportedVersion),
        ("GET / HTTP/0.9\r\n", .unsupportedVersion),
        ("BREW / HTTP/1.1\r\n", .unknownMethod),
        ("get / HTTP/1.1\r\n", .unknownMethod),
        ("CONNECT a:443 HTTP/1.1\r\n", .unknownMethod),
        // The target.
        ("GET * HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET a:80 HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET a/b HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET /a#b HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET /%2 HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET /?%zz HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET /\u{7F} HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET /\u{E9} HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET /\0 HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET http:///a HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET http://u@b/ HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET ftp://b/ HTTP/1.1\r\n", .malformed(.requestTarget)),
        // Line ends.
        ("GET / HTTP/1.1\n", .malformed(.lineEnd)),
        ("\nGET / HTTP/1.1\r\n", .malformed(.lineEnd)),
        ("GET / HTTP/1.1\r\nHost: a\n", .malformed(.lineEnd)),
        ("GET / HTTP/1.1\r\nHost: a\r\n\n", .malformed(.lineEnd)),
        ("GET / HTTP/1.1\rHost: a\r\n", .malformed(.requestLine)),
        ("GET / HTTP/1.1\r\nHost: a\rX: b\r\n", .malformed(.fieldValue)),
        ("GET / HTTP/1.1\r\nHost: a\r\r\n", .malformed(.fieldValue)),
        // Fields.
        ("GET / HTTP/1.1\r\nHost : a\r\n", .malformed(.fieldName)),
        ("GET / HTTP/1.1\r\n: a\r\n", .malformed(.fieldName)),
        ("GET / HTTP/1.1\r\nHost\r\n", .malformed(.fieldName)),
        ("GET / HTTP/1.1\r\nH\u{E9}: a\r\n", .malformed(.fieldName)),
        ("GET / HTTP/1.1\r\n Host: a\r\n", .malformed(.foldedField)),
        ("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n", .malformed(.foldedField)),
        ("GET / HTTP/1.1\r\nA: b\0c\r\n", .malformed(.fieldValue)),
        ("GET / HTTP/1.1\r\nA: b\u{7F}\r\n", .malformed(.fieldValue)),
        ("GET / HTTP/1.1\r\nA: \u{1B}[m\r\n", .malformed(.fieldValue)),
        ("GET / HTTP/1.1\r\nA: 0123456\u{7F}89012345\r\n", .malformed(.fieldValue)),
        ("GET / HTTP/1.1\r\nA: 0123456789\u{1F}\r\n", .malformed(.fieldValue)),
        ("GET / HTTP/1.1\r\n\r\n", .malformed(.missingHost)),
        ("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n", .malformed(.repeatedField)),
        ("GET / HTTP/1.1\r\nHost: a/b\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: a b\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: u@a\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: a, b\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: a:b\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: a:1:2\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: [::1\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: []\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: [a/b]\r\n", .malformed(.host)),
        ("GET / HTTP/1.1\r\nHost: [::1]80\r\n", .malformed(.host)),
        ("GET http://b:x/ HTTP/1.1\r\n", .malformed(.requestTarget)),
        ("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nAuthorization: y\r\n", .malformed(.repeatedField)),
        // The body's length.
        ("POST / HTTP/1.1\r\nContent-Length: +1\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length: -1\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length: 1,1\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length: 0x1\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length: 1 1\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length:\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length: 9223372036854775808\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n", .malformed(.contentLength)),
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n", .malformed(.repeatedField)),
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n", .malformed(.repeatedField)),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            .malformed(.contentLengthWithTransferEncoding)
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
            .malformed(.contentLengthWithTransferEncoding)
        ),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .malformed(.transferEncodingInOldVersion)),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n", .unknownTransferCoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n", .unknownTransferCoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n", .unknownTransferCoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: \"chunked\"\r\n", .unknownTransferCoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding:\r\n", .unknownTransferCoding),
        (
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            .malformed(.repeatedField)
        ),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: \u{B}chunked\r\n", .malformed(.fieldValue)),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n", .unknownExpectation),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nExpect: x\r\n\r\n", .unknownExpectation),
    ]

    @Test("a well-formed head is read", arguments: good)
    func reads(text: String, summary: String) {
        guard case .complete(let bytes, let found) = HeadBench().parse(text) else {
            Issue.record("\(text): \(HeadBench().parse(text))")
            return
        }
        #expect(found == summary)
        #expect(text.utf8.count - bytes == (text.hasSuffix("1234567") ? 7 : 0))
    }

    @Test("a head that breaks the grammar or hides where it ends is refused", arguments: evil)
    func refuses(text: String, fault: RequestFault) {
        #expect(HeadBench().parse(text) == .failed(fault))
    }

    @Test("a head cut anywhere, or byte by byte, means the same", arguments: good.map(\.0) + evil.map(\.0))
    func cut(text: String) {
        let bytes = Array(text.utf8)
        let whole = HeadBench().parse(bytes)
        #expect(HeadBench().parse(bytes, cuts: Array(0..<bytes.count)) == whole)
        for cut in 0...bytes.count { #expect(HeadBench().parse(bytes, cuts: [cut]) == whole) }
    }

    @Test("no beginning of a good head is taken for a whole one or refused", arguments: good)
    func prefixes(text: String, summary: String) {
        let bytes = Array(text.utf8)
        guard case .complete(let count, _) = HeadBench().parse(bytes) else { return }
        for end in 0..<count { #expect(HeadBench().parse(Array(bytes[..<end])) == .needsMore) }
    }

    @Test("every single byte in a value, a name, a target and a Host is allowed or refused as the grammar says")
    func everyByte() {
        let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        let unreserved = Set("-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        let path = unreserved.union("!$&'()*+,;=:@/?".utf8)
        let host = unreserved.union("!$&'()*+,;=%".utf8)
        for byte in UInt8.min...UInt8.max where byte != 0x0A {
            func isRead(_ before: String, _ after: String) -> Bool {
                if case .complete = HeadBench().parse(Array(before.utf8) + [byte] + Array(after.utf8)) { return true }
                return false
            }
            let isValue = byte >= 0x20 && byte != 0x7F || byte == 0x09
            #expect(isRead("GET / HTTP/1.1\r\nHost: a\r\nA: b", "c\r\n\r\n") == isValue, "value \(byte)")
            let isName = token.contains(byte) || byte == UInt8(ascii: ":")
            #expect(isRead("GET / HTTP/1.1\r\nHost: a\r\nA", "b: c\r\n\r\n") == isName, "name \(byte)")
            #expect(isRead("GET /a", "b HTTP/1.1\r\nHost: a\r\n\r\n") == path.contains(byte), "target \(byte)")
            #expect(isRead("GET / HTTP/1.1\r\nHost: a", "b\r\n\r\n") == host.contains(byte), "host \(byte)")
        }
    }

    @Test("heads damaged at random mean the same whole and byte by byte", arguments: 0..<4)
    func damaged(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<500 {
            var bytes = Array(Self.good[round % Self.good.count].0.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert("\r\n: \t\0,%".utf8.randomElement(using: &random) ?? 0, at: place)
                default: bytes.remove(at: place)
                }
            }
            let whole = HeadBench().parse(bytes)
            #expect(HeadBench().parse(bytes, cuts: Array(0..<bytes.count)) == whole, "\(bytes)")
        }
    }

    @Test("the request line, the head and the fields have limits")
    func limits() {
        var bench = HeadBench()
        bench.limits.requestLineBytesMax = 30
        bench.limits.headBytesMax = 60
        bench.limits.fieldsMax = 3
        func line(_ count: Int) -> String {
            "GET /" + String(repeating: "a", count: count - 14) + " HTTP/1.1\r\n"
        }
        func isSame(_ text: String, _ outcome: HeadOutcome) {
            let bytes = Array(text.utf8)
            #expect(bench.parse(bytes) == outcome)
            #expect(bench.parse(bytes, cuts: Array(0..<bytes.count)) == outcome)
        }
        isSame(line(30), .needsMore)
        isSame(line(31), .failed(.requestLineTooLong(bytesMax: 30)))
        let start = "GET / HTTP/1.1\r\nHost: a\r\nA: "
        let end = "\r\n\r\n"
        let room = 60 - start.utf8.count - end.utf8.count
        let fits = start + String(repeating: "x", count: room) + end
        guard case .complete(60, _) = bench.parse(fits) else {
            Issue.record("the limit itself")
            return
        }
        isSame(start + String(repeating: "x", count: room + 1) + end, .failed(.headTooLarge(bytesMax: 60)))
        guard case .complete = bench.parse("GET / HTTP/1.1\r\nHost:\r\nB:\r\nC:\r\n\r\n") else {
            Issue.record("the limit itself")
            return
        }
        isSame("GET / HTTP/1.1\r\nHost:\r\nB:\r\nC:\r\nD:\r\n\r\n", .failed(.tooManyFields(max: 3)))
    }

    @Test("fields are found by key and by name, lists are joined, and the path is compared without a copy")
    func lookUp() {
        var bench = HeadBench()
        let own = bench.catalog.add("X-Own", .refused)
        let again = bench.catalog.add("x-own", .refused)
        #expect(again == own)
        var parser = HeadParser(limits: bench.limits, catalog: bench.catalog)
        let head = RequestHead()
        let text = "GET /p HTTP/1.1\r\nHost: h\r\nx-oWN: 1\r\nAccept: a\r\nOther: y\r\nACCEPT: b\r\nother: z\r\n\r\n"
        let progress = parser.parse(Array(text.utf8).span, into: head)
        #expect(progress == .complete(bytes: text.utf8.count))
        #expect(head.value(of: own) == "1")
        #expect(head.value(of: .accept) == "a, b")
        #expect(head.value(of: "OTHER") == "y, z")
        #expect(head.value(of: "oth") == nil)
        #expect(head.value(of: .origin) == nil)
        #expect(head.has(.host) && !head.has(.origin))
        #expect(head.withValue(of: .accept) { $0.count } == 1)
        #expect(head.pathIs("/p") && !head.pathIs("/") && !head.pathIs("/pp"))
        #expect(bench.parse("GET / HTTP/1.1\r\nX-Own: 1\r\nx-own: 1\r\n") == .failed(.malformed(.repeatedField)))
    }
}
