import HTTPTypes
import TestSupport
import System
import EventLoop
import Glibc
import HTTPServer

import Testing

struct RequestTests {
    static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("a request is answered with its date and length, and the connection is kept")
    func keepAlive() throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.client()
        for count in 1...3 {
            try client.send(Self.get)
            try bench.run { client.text.count200 == count }
        }
        #expect(client.text.contains("\r\nContent-Length: 7\r\n\r\nget /a "))
        let date = try #require(client.text.components(of: "\r\nDate: ").first)
        #expect(date.prefix(29).hasSuffix(" GMT"))
        #expect(!client.text.contains("Connection:"))
        #expect(bench.server?.openConnections == 1)
        client.close()
        try bench.run { bench.server?.openConnections == 0 }
        #expect(bench.server?.counters.accepted == 1 && bench.server?.counters.requests == 3)
    }

    @Test(
        "the connection ends when the client says so",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "Connection: close"),
            ("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n", "Connection: close"),
            ("GET / HTTP/1.0\r\n\r\n", "Connection: close"),
        ])
    func close(text: String, field: String) throws {
        let bench = try Bench()
        try bench.start()
        let answer = try bench.answer(text)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.contains("\r\n\(field)\r\n"))
        #expect(answer.hasSuffix("get / "))
    }

    @Test("HTTP/1.0 keeps the connection when it asks to, and is told")
    func oldKeepAlive() throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.client()
        for count in 1...2 {
            try client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
            try bench.run { client.text.components(of: "\r\nConnection: keep-alive\r\n").count == count }
        }
    }

    @Test("a client that sends many requests at once is answered all of them, others between them")
    func fairness() throws {
        let bench = try Bench()
        var paths: [String] = []
        bench.onRequest = { head, _, writer in
            paths.append(head.path)
            writer.respond(200)
        }
        try bench.start()
        let greedy = try bench.client()
        let modest = try bench.client()
        try greedy.send(String(repeating: Self.get, count: 1000))
        greedy.endOutput()
        try modest.send("GET /b HTTP/1.1\r\nHost: h\r\n\r\n")
        try bench.run { greedy.hasEnded && modest.text.count200 == 1 }
        #expect(greedy.text.count200 == 1000)
        #expect(try #require(paths.firstIndex(of: "/b")) < 50)
    }

    static let bodies = [
        ("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", "post /b hello"),
        ("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "post /b "),
        (
            "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;x\r\nhel\r\n2\r\nlo\r\n0\r\nT: x\r\n\r\n",
            "post /b hello"
        ),
    ]

    @Test("a request that comes in pieces cut anywhere is the same request", arguments: bodies)
    func cut(text: String, body: String) throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.client()
        let bytes = Array(text.utf8)
        for cut in 1..<bytes.count {
            try client.send(Array(bytes[..<cut]))
            try bench.run(turns: 2)
            try client.send(Array(bytes[cut...]))
            try bench.run { client.text.hasSuffix("\r\n\r\n\(body)") }
            #expect(client.text.count200 == 1)
            client.discard()
        }
    }

    @Test("a request that comes byte by byte is the same request", arguments: bodies)
    func bytewise(text: String, body: String) throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.client()
        for byte in text.utf8 {
            try client.send([byte])
            try bench.run(turns: 2)
        }
        try bench.run { client.text.hasSuffix("\r\n\r\n\(body)") }
        #expect(bench.requests.count == 1)
    }

    @Test("pipelined requests are answered in order, however they are cut")
    func pipelined() throws {
        let bench = try Bench()
        try bench.start()
        let text = (0..<50).map { Self.bodies[$0 % 3].0.replacing("/b", with: "/\($0)") }.joined()
        let expected = (0..<50).map { "post /\($0) " }
        let bytes = Array(text.utf8)
        for size in [1, 7, 100, 1000, bytes.count] {
            let client = try bench.client()
            for start in stride(from: 0, to: bytes.count, by: size) {
                try client.send(Array(bytes[start..<min(start + size, bytes.count)]))
                if size > 1 || start % 50 == 0 { try bench.run(turns: 1) }
            }
            try bench.run { client.text.count200 == 50 }
            #expect(client.text.components(of: "\r\n\r\n").map { String($0.prefix { $0 != "H" }) }.count == 50)
            var rest = client.text[...]
            for part in expected {
                let range = try #require(rest.firstRange(of: part))
                rest = rest[range.upperBound...]
            }
        }
    }

    @Test("a pipelined request waits until the one before is answered")
    func pipelinedLater() throws {
        let bench = try Bench()
        var exchanges: [ResponseWriter] = []
        bench.onRequest = { _, _, writer in exchanges.append(writer) }
        try bench.start()
        let client = try bench.client()
        try client.send(Self.get + Self.get)
        try bench.run { exchanges.count == 1 }
        try client.send(Self.get)
        try bench.run(turns: 5)
        for count in 1...3 {
            #expect(exchanges.count == count)
            exchanges[count - 1].respond(200) { $0.append(UInt8(ascii: "x")) }
            #expect(!exchanges[count - 1].isOpen)
            exchanges[count - 1].respond(500)
            try bench.run { client.text.count200 == count && exchanges.count == min(count + 1, 3) }
        }
        #expect(!client.text.contains("500"))
    }

    @Test("a client that half-closes after its requests gets every answer", arguments: [false, true])
    func halfClose(late: Bool) throws {
        let bench = try Bench()
        var inputEnds = 0
        if late {
            bench.onRequest = { _, _, writer in
                writer.onInputEnd { inputEnds += 1 }
                bench.loop.schedule(after: .milliseconds(30)) { writer.respond(200) }
            }
        }
        try bench.start()
        #expect(try bench.answer(Self.get + Self.get + Self.get, halfClosing: true).count200 == 3)
        #expect(inputEnds > 0 || !late)
        try bench.run { bench.server?.openConnections == 0 }
    }

    @Test("what a client sent before it half-closed is answered, though it came while another request was in progress")
    func halfCloseBehindUnread() throws {
        let bench = try Bench()
        var exchanges: [ResponseWriter] = []
        bench.onRequest = { _, _, writer in exchanges.append(writer) }
        try bench.start()
        let client = try bench.client()
        try client.send(Self.get + Self.get)
        try bench.run { exchanges.count == 1 }
        try client.send(Self.get)
        client.endOutput()
        try bench.run(turns: 5)
        for count in 1...3 {
            try bench.run { exchanges.count == count }
            exchanges[count - 1].respond(200)
        }
        try bench.run { client.hasEnded }
        #expect(client.text.count200 == 3)
    }

    @Test("HEAD gets GET's head with its length, and no body")
    func head() throws {
        let bench = try Bench()
        try bench.start()
        let answer = try bench.answer("HEAD /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        #expect(answer.contains("\r\nContent-Length: 8\r\n") && answer.hasSuffix("\r\n\r\n"))
    }

    @Test("204 and 304 have neither body nor length", arguments: [204, 304])
    func noBody(status: Int) throws {
        let bench = try Bench()
        bench.onRequest = { _, _, writer in writer.respond(status) { $0.append(UInt8(ascii: "x")) } }
        try bench.start()
        let answer = try bench.answer("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(!answer.contains("Content-Length") && answer.hasSuffix("\r\n\r\n"))
    }

    @Test("a client that waits for leave gets it when the body is wanted")
    func continues() throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.client()
        try client.send("POST /b HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n")
        try bench.run { client.text == "HTTP/1.1 100 Continue\r\n\r\n" }
        try client.send("ok")
        try bench.run { client.text.hasSuffix("post /b ok") }
        let eager = try bench.client()
        try eager.send("POST /b HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok")
        try bench.run { eager.text.hasSuffix("post /b ok") }
        #expect(!eager.text.contains("100 Continue"))
    }

    @Test("a decision answers before the body; a short body is dropped, a long or awaited one ends the connection")
    func decision() throws {
        let bench = try Bench()
        bench.limits.discardedBytesMax = 10
        bench.onHead = { $0.pathIs("/no") ? .answer(HTTPResponse(status: 403, body: Array("no".utf8))) : .accept }
        try bench.start()
        let short = try bench.client()
        try short.send("POST /no HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789" + Self.get)
        try bench.run { short.text.count200 == 1 }
        #expect(short.text.hasPrefix("HTTP/1.1 403 Forbidden\r\n") && !short.text.contains("Connection: close"))
        let chunked = "POST /no HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        let small = try bench.client()
        try small.send(chunked + "a\r\n0123456789\r\n0\r\n\r\n" + Self.get)
        try bench.run { small.text.count200 == 1 }
        for text in [
            "POST /no HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n01234567890" + Self.get,
            "POST /no HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
            chunked + "b\r\n01234567890\r\n0\r\n\r\n" + Self.get,
        ] {
            let answer = try bench.answer(text)
            #expect(answer.hasPrefix("HTTP/1.1 403 ") && answer.hasSuffix("no"))
        }
        #expect(bench.requests.count == 2)
    }

    @Test("a refused request is answered and the connection closed, and the answer arrives though more was sent")
    func refused() throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.client()
        try client.send("GET / HTTP/1.1\r\nHost : h\r\n\r\n" + Self.get)
        // More than the socket buffers: unread, it would reset the connection.
        _ = client.sendSome([UInt8](repeating: 65, count: 1 << 20))
        try bench.run { client.hasEnded }
        #expect(client.statuses == ["400"] && !client.wasReset)
        #expect(client.text.contains("\r\nConnection: close\r\n") && client.text.hasSuffix("\"}\n"))
        #expect(bench.requests.isEmpty)
        #expect(bench.server?.counters.faults == 1)
    }

    @Test("a server that is closed from a handler stops at once")
    func closeAllInHandler() throws {
        for place in 0..<2 {
            let bench = try Bench()
            var closed = 0
            bench.onHead = { _ in
                if place == 0 { bench.server?.closeAll() }
                return .accept
            }
            bench.onRequest = { _, _, writer in
                writer.onClose { closed += 1 }
                bench.server?.closeAll()
                writer.respond(200)
            }
            try bench.start()
            #expect(try bench.answer(Self.get + Self.get) == "")
            #expect(closed == place)
            bench.onHead = { _ in .accept }
        }
    }
}
