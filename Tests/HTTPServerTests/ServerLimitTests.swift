import TestSupport
import HTTPServer
import System
import Testing

struct ServerLimitTests {
    static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("a body up to the limit is taken, one byte more is not, however it is framed", arguments: [false, true])
    func body(chunked: Bool) throws {
        let bench = try Bench()
        bench.limits.bodyBytesMax = 100_000
        bench.onRequest = { _, _, writer in writer.respond(200) }
        try bench.start()
        func request(_ count: Int) -> String {
            let start = "POST /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
            let body = String(repeating: "x", count: count)
            let size = String(count, radix: 16)
            return chunked
                ? start + "Transfer-Encoding: chunked\r\n\r\n\(size)\r\n\(body)\r\n0\r\n\r\n"
                : start + "Content-Length: \(count)\r\n\r\n\(body)"
        }
        #expect(try bench.answer(request(100_000)).hasPrefix("HTTP/1.1 200 "))
        #expect(bench.requests == ["post /b 100000"])
        let answer = try bench.answer(request(100_001))
        #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains("100000 bytes"))
        #expect(bench.requests.count == 1)
    }

    @Test("a request may have a limit of its own, and a length beyond all numbers is refused by it")
    func ownLimit() throws {
        let bench = try Bench()
        bench.onHead = { _ in .acceptBody(bytesMax: 3) }
        try bench.start()
        let start = "POST /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: "
        #expect(try bench.answer(start + "3\r\n\r\nabc").hasSuffix("post /b abc"))
        for length in ["4", "4294967296", "9223372036854775807"] {
            #expect(try bench.answer(start + length + "\r\n\r\n").hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test(
        "a head that does not come in time is answered 408, a body too",
        arguments: ["GET / HT", "\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabc"])
    func slow(text: String) throws {
        let bench = try Bench()
        bench.limits.headTime = .milliseconds(50)
        bench.limits.bodyTime = .milliseconds(50)
        try bench.start()
        let answer = try bench.answer(text)
        #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && answer.contains("50 ms"))
    }

    @Test("a body must make progress")
    func progress() throws {
        var now = Instant.readClock()
        let bench = try Bench(clock: { now })
        bench.limits.bodyTime = .seconds(3_600)
        bench.limits.bodyProgressTime = .seconds(60)
        bench.limits.bodyProgressBytesMin = 10
        try bench.start()
        let start = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n"
        let slow = try bench.client()
        try slow.send(start + "123456789")
        try bench.run(turns: 5)
        now = now + .seconds(61)
        try bench.run { slow.statuses == ["408"] }
        let client = try bench.client()
        try client.send(start)
        for _ in 0..<10 {
            try client.send("0123456789")
            try bench.run(turns: 5)
            now = now + .seconds(50)
        }
        try bench.run { client.text.count200 == 1 }
    }

    @Test("an idle connection is closed without a word, before and after a request", arguments: [false, true])
    func idle(afterRequest: Bool) throws {
        let bench = try Bench()
        bench.limits.idleTime = .milliseconds(60)
        try bench.start()
        let answer = try bench.answer(afterRequest ? Self.get : "")
        #expect(answer.count200 == (afterRequest ? 1 : 0) && !answer.contains("408"))
    }

    @Test("a client that takes nothing is closed")
    func stalled() throws {
        let bench = try Bench()
        bench.limits.stallTime = .milliseconds(60)
        bench.onRequest = { _, _, writer in
            writer.respond(200) { $0.append(contentsOf: [UInt8](repeating: 120, count: 8 << 20)) }
        }
        try bench.start(sendBufferBytes: 4096)
        let client = try bench.client(receiveBufferBytes: 4096)
        try client.send(Self.get)
        try bench.run { bench.server?.counters.slowReaders == 1 }
        #expect(bench.server?.openConnections == 0)
    }

    @Test("draining closes idle connections, answers what is under way, and tells when all have gone")
    func drain() throws {
        let bench = try Bench()
        var exchanges: [ResponseWriter] = []
        bench.onRequest = { _, _, writer in exchanges.append(writer) }
        try bench.start()
        let idle = try bench.client()
        let busy = try bench.client()
        let streaming = try bench.client()
        try busy.send(Self.get)
        try bench.run { exchanges.count == 1 }
        try streaming.send(Self.get)
        try bench.run { exchanges.count == 2 && bench.server?.openConnections == 3 }
        exchanges[1].startStream(200)
        var isDrained = false
        bench.server?.drain { isDrained = true }
        try bench.run { idle.hasEnded }
        #expect(throws: (any Error).self) { try bench.client() }
        exchanges[0].respond(200)
        try bench.run { busy.hasEnded }
        #expect(busy.text.contains("\r\nConnection: close\r\n"))
        #expect(!isDrained)
        exchanges[1].endStream()
        try bench.run { streaming.hasEnded }
        #expect(streaming.text.hasSuffix("0\r\n\r\n"))
        for client in [busy, streaming] { client.close() }
        try bench.run { isDrained }
        #expect(bench.server?.openConnections == 0)
    }

    @Test("before it drains a server takes connections, and ends each with its next response")
    func beginDrain() throws {
        let bench = try Bench()
        bench.onRequest = { _, _, writer in writer.respond(200) }
        try bench.start()
        let idle = try bench.client()
        try bench.run { bench.server?.openConnections == 1 }
        bench.server?.beginDrain()
        let new = try bench.client()
        try bench.run { bench.server?.openConnections == 2 }
        for client in [idle, new] {
            #expect(!client.hasEnded)
            try client.send(Self.get)
            try bench.run { client.hasEnded }
            #expect(client.text.hasPrefix("HTTP/1.1 200 ") && client.text.contains("\r\nConnection: close\r\n"))
            client.close()
        }
        let last = try bench.client()
        try bench.run { bench.server?.openConnections == 1 }
        var isDrained = false
        bench.server?.drain { isDrained = true }
        try bench.run { last.hasEnded && isDrained }
        #expect(throws: (any Error).self) { try bench.client() }
    }

    @Test(
        "draining waits for the client of a stream only when it has sent more", arguments: [false, true], [false, true])
    func drainStream(hasSentMore: Bool, endsBefore: Bool) throws {
        let bench = try Bench()
        bench.limits.lingerTime = .seconds(3600)
        var writer: ResponseWriter?
        bench.onRequest = { _, _, stream in
            stream.startStream(200)
            writer = stream
        }
        try bench.start()
        let client = try bench.client()
        try client.send(hasSentMore ? Self.get + Self.get : Self.get)
        try bench.run { writer != nil }
        var isDrained = false
        if endsBefore { writer?.endStream() }
        bench.server?.drain { isDrained = true }
        if !endsBefore { writer?.endStream() }
        // What was sent before the server drains is answered: another stream.
        if endsBefore && hasSentMore {
            try bench.run { bench.requests.count == 2 }
            writer?.endStream()
        }
        try bench.run { client.hasEnded }
        #expect(client.text.hasSuffix("0\r\n\r\n"))
        if endsBefore && hasSentMore { return }
        try bench.run(turns: 10)
        #expect(isDrained != hasSentMore)
        client.close()
        try bench.run { isDrained }
    }

    @Test("draining without a connection tells at once")
    func drainIdle() throws {
        let bench = try Bench()
        try bench.start()
        var isDrained = false
        bench.server?.drain { isDrained = true }
        try bench.run { isDrained }
    }

    @Test("thousands of connections are open at a time, and each is served")
    func many() throws {
        // Two descriptors for each: this process is both ends.
        let files = try ProcessLimits.raiseOpenFiles()
        let count = min(10_000, (files - 1000) / 2)
        let bench = try Bench()
        try bench.start()
        var clients: [Client] = []
        while clients.count < count {
            for _ in 0..<min(100, count - clients.count) { clients.append(try bench.client()) }
            try bench.run { bench.server?.openConnections == clients.count }
        }
        for client in clients { try client.send(Self.get) }
        try bench.run { bench.requests.count == count }
        #expect(bench.server?.counters.turnedAway == 0)
        clients.removeAll()
        try bench.run { bench.server?.openConnections == 0 }
    }
}
