import TestSupport
import HTTPServer
import System
import Testing

/// Connections without a request: how long they are kept, and which gives way when all are taken.
struct IdleTests {
    static let get = ServerLimitTests.get

    @Test("an idle connection outlives what proxies keep, and no more", arguments: [false, true])
    func time(afterRequest: Bool) throws {
        var now = Instant.readClock()
        let bench = try Bench(clock: { now })
        try bench.start()
        let client = try bench.client()
        try bench.run { bench.server?.openConnections == 1 }
        if afterRequest {
            try client.send(Self.get)
            try bench.run { client.text.count200 == 1 }
        }
        // Envoy keeps its connections for an hour, longer than any other.
        now = now + .seconds(3_600)
        try bench.run(turns: 5)
        #expect(!client.hasEnded)
        try client.send(Self.get)
        try bench.run { client.text.count200 == (afterRequest ? 2 : 1) }
        now = now + bench.limits.idleTime + .seconds(1)
        try bench.run { client.hasEnded }
    }

    @Test(
        "a head or a body that stays incomplete ends much sooner",
        arguments: ["GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabc"])
    func incomplete(text: String) throws {
        var now = Instant.readClock()
        let bench = try Bench(clock: { now })
        try bench.start()
        let client = try bench.client()
        try client.send(text)
        try bench.run { bench.server?.openConnections == 1 }
        try bench.run(turns: 5)
        now = now + .seconds(11)
        try bench.run { client.statuses == ["408"] }
    }

    @Test("when all connections are taken, the one that has been idle for longest gives way to the next")
    func oldest() throws {
        let bench = try Bench()
        bench.limits.connectionsMax = 3
        try bench.start()
        let clients = try (0..<3).map { _ in try bench.client() }
        try bench.run { bench.server?.openConnections == 3 }
        // The first two were used since, in the other order.
        for client in [clients[1], clients[0]] {
            try client.send(Self.get)
            try bench.run { client.text.count200 == 1 }
        }
        #expect(clients.allSatisfy { !$0.hasEnded })
        var later: [Client] = []
        for leaves in [2, 1, 0] {
            let next = try bench.client()
            later.append(next)
            try next.send(Self.get)
            try bench.run { next.text.count200 == 1 }
            #expect(clients.map { $0.hasEnded } == (0..<3).map { $0 >= leaves })
            #expect(bench.server?.openConnections == 3)
        }
        // Those that came since have aged as well.
        let last = try bench.client()
        try last.send(Self.get)
        try bench.run { last.text.count200 == 1 }
        #expect(later.map { $0.hasEnded } == [true, false, false])
        #expect(bench.server?.counters.evicted == 4)
        #expect(bench.server?.counters.turnedAway == 0)
    }

    @Test("no connection with a request under way gives way: the next is told that all are taken")
    func busy() throws {
        let bench = try Bench()
        bench.limits.connectionsMax = 5
        var exchanges: [ResponseWriter] = []
        bench.onRequest = { head, _, writer in
            if head.path == "/stream" { writer.startStream(200) }
            if head.path == "/long" { writer.respond(200) { $0 += [UInt8](repeating: 120, count: 8 << 20) } }
            exchanges.append(writer)
        }
        try bench.start(sendBufferBytes: 4096)
        let waiting = try bench.client()
        try waiting.send(Self.get)
        let streaming = try bench.client()
        try streaming.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
        let reading = try bench.client(receiveBufferBytes: 4096)
        try reading.send("GET /long HTTP/1.1\r\nHost: h\r\n\r\n")
        try bench.run { exchanges.count == 3 }
        let head = try bench.client()
        try head.send("GET /a HT")
        let body = try bench.client()
        try body.send("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab")
        try bench.run { bench.server?.openConnections == 5 && bench.server?.counters.requests == 4 }
        try bench.run(turns: 5)
        let answer = try bench.answer(Self.get)
        #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("Connection: close"))
        #expect(bench.server?.counters.evicted == 0)
        try head.send("TP/1.1\r\nHost: h\r\n\r\n")
        try body.send("cd")
        try bench.run { exchanges.count == 5 }
        for writer in exchanges where writer.isOpen { writer.respond(200) }
        try bench.run { [waiting, head, body].allSatisfy { $0.text.count200 == 1 } }
        #expect(!streaming.hasEnded)
        // Now three are idle.
        let next = try bench.client()
        try next.send(Self.get)
        try bench.run { exchanges.count == 6 }
        #expect(bench.server?.counters.evicted == 1)
    }

    @Test("a request that has come and was not read yet is answered, whoever knocks before it")
    func unread() throws {
        let bench = try Bench()
        bench.limits.connectionsMax = 1
        try bench.start()
        let client = try bench.client()
        try bench.run { bench.server?.openConnections == 1 }
        let next = try bench.client()
        try client.send(Self.get)
        try bench.run { client.text.count200 == 1 }
        try bench.run { next.hasEnded }
        #expect(next.statuses == ["503"])
        #expect(!client.hasEnded)
    }

    @Test("a connection that its client has closed leaves the order of the others as it was")
    func departed() throws {
        let bench = try Bench()
        bench.limits.connectionsMax = 4
        try bench.start()
        let clients = try (0..<4).map { _ in try bench.client() }
        try bench.run { bench.server?.openConnections == 4 }
        for gone in [1, 3] { clients[gone].close() }
        try bench.run { bench.server?.openConnections == 2 }
        let more = try (0..<4).map { _ in try bench.client() }
        try bench.run { bench.server?.counters.evicted == 2 && bench.server?.openConnections == 4 }
        #expect(clients[0].hasEnded && clients[2].hasEnded)
        #expect(more.allSatisfy { !$0.hasEnded })
    }
}
