import TestSupport
import HTTPServer
import MCPHTTP
import JSON
import MCP
import EventLoop
import System
import Testing

/// Clients that leave, servers that stop, and what is left of both.
struct EndingTests {
    private let look = #""name":"look","arguments":{}"#

    @Test("a client of the modern era cancels by closing its connection", arguments: [true, false])
    func modernCancellation(isStream: Bool) throws {
        let bench = try Bench()
        try bench.start()
        if isStream { bench.tool.onRun = { $0.report(progress: 1) } }
        let client = try bench.modern("tools/call", look, name: "look")
        try bench.run { bench.tool.calls == 1 && (!isStream || !client.events.isEmpty) }
        client.close()
        try bench.run { bench.tool.cancelled == 1 }
        #expect(try bench.metric("mcp_streams") == 0)
    }

    @Test("a call of the legacy era goes on without its connection")
    func legacyGoesOn() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let client = try bench.post(Bench.call(), session: session)
        try bench.run { bench.tool.calls == 1 }
        client.close()
        try bench.run(for: .milliseconds(50))
        #expect(bench.tool.cancelled == 0)
        bench.tool.requests[0].report(progress: 1)
        bench.tool.finish()
        #expect(try bench.status(ofPingIn: session) == 200)
        #expect(try bench.metric("mcp_streams") == 0)
    }

    @Test("a call of the legacy era is cancelled by a notification, and its request answered")
    func legacyCancellation() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let client = try bench.post(Bench.call(3), session: session)
        try bench.run { bench.tool.calls == 1 }
        let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}}"#
        #expect(try bench.whole(bench.post(cancel, session: session)).status == 202)
        #expect(bench.tool.cancelled == 1)
        #expect(try bench.whole(client).body == "")
    }

    @Test("a reader that is too slow loses its stream, not the server")
    func slowReader() throws {
        let bench = try Bench()
        bench.configuration.serverLimits.queuedBytesMax = 64 << 10
        try bench.start()
        let session = try bench.open()
        let client = try bench.client(receiveBufferBytes: 4096)
        try client.send(Bench.text("POST", "/mcp", Bench.json + "Mcp-Session-Id: \(session)\r\n", Bench.call()))
        try bench.run { bench.tool.calls == 1 }
        let words = String(repeating: "x", count: 1000)
        for _ in 1...20_000 { bench.tool.requests[0].log(.info, .string(words)) }
        try bench.run(for: .milliseconds(20))
        #expect(try bench.metric("mcp_streams") == 0)
        #expect(bench.tool.cancelled == 0)
        bench.tool.finish()
        #expect(try bench.status(ofPingIn: session) == 200)
        try bench.run {
            client.read(); return client.hasEnded
        }
        #expect(client.response?.isWhole == false)
    }

    @Test("a drained server answers what runs, ends streams, and takes nobody new")
    func drain() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let stream = try bench.get(session: session)
        let old = try bench.send("GET", "/mcp/sse", "Accept: text/event-stream\r\n")
        let legacy = try bench.post(Bench.call(), session: session)
        let modern = try bench.modern("tools/call", look, name: "look")
        // A request that has begun to come.
        let late = try bench.client()
        try late.send("GET /ready HTTP/1.1\r\n")
        try bench.run { bench.tool.calls == 2 && stream.response != nil && !old.events.isEmpty }
        try bench.run(for: .milliseconds(20))
        var isDrained = false
        bench.transport?.drain { isDrained = true }
        _ = try bench.whole(stream)
        _ = try bench.whole(old)
        #expect(throws: SystemError.self) { try bench.client() }
        try late.send("Host: localhost\r\n\r\n")
        #expect(try bench.whole(late).status == 503)
        #expect(!isDrained)
        bench.tool.finish(0)
        bench.tool.finish(1)
        for client in [legacy, modern] {
            let response = try bench.whole(client)
            #expect(response.json?["result"] != nil)
            #expect(response.fields["connection"] == "close")
            client.close()
        }
        for client in [stream, old, late] { client.close() }
        try bench.run { isDrained }
    }

    @Test("a drained server answers on HTTP+SSE what runs, and ends the stream then")
    func drainLegacySSE() throws {
        let bench = try Bench()
        try bench.start()
        let (stream, path) = try bench.openLegacySSE()
        _ = try bench.whole(bench.send("POST", path, Bench.json, Bench.call()))
        try bench.run { bench.tool.calls == 1 && stream.events.count == 2 }
        var isDrained = false
        bench.transport?.drain { isDrained = true }
        try bench.run(for: .milliseconds(20))
        #expect(stream.whole == nil)
        #expect(!isDrained)
        bench.tool.finish()
        #expect(try bench.whole(stream).events.last?.json?["id"] == 1)
        stream.close()
        try bench.run { isDrained }
    }

    @Test("a server that gives up answers what runs with errors, and can be drained then")
    func giveUp() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let old = try bench.send("GET", "/mcp/sse", "Accept: text/event-stream\r\n")
        try bench.run { old.events.count == 1 }
        let path = old.events[0].data
        _ = try bench.whole(bench.send("POST", path, Bench.json, Bench.initialize("2024-11-05")))
        _ = try bench.whole(bench.send("POST", path, Bench.json, Bench.call()))
        let legacy = try bench.post(Bench.call(), session: session)
        let modern = try bench.modern("tools/call", look, name: "look")
        try bench.run { bench.tool.calls == 3 }
        var isDrained = false
        bench.transport?.drain { isDrained = true }
        try bench.run(for: .milliseconds(20))
        #expect(!isDrained && legacy.response == nil && modern.response == nil && old.whole == nil)
        bench.transport?.giveUp()
        #expect(bench.tool.cancelled == 3)
        for client in [legacy, modern, old] {
            let response = try bench.whole(client)
            let result = (response.events.last?.json ?? response.json)?["result"]
            #expect(result?["isError"] == true)
            #expect(result?["content"]?[0]?["text"]?.string?.contains("stopping") == true)
            client.close()
        }
        try bench.run { isDrained }
    }

    @Test("a server that will stop says so and goes on, but for streams, which are ended so that clients come back")
    func beginDrain() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let stream = try bench.get(session: session)
        try bench.run { stream.response != nil }
        bench.transport?.beginDrain()
        _ = try bench.whole(stream)
        #expect(try bench.whole(bench.send("GET", "/ready", "")).status == 503)
        #expect(try bench.status(ofPingIn: session) == 200)
        #expect(try bench.status(ofPingIn: bench.open()) == 200)
        // Some clients never ask again after a refusal.
        #expect(try bench.whole(bench.get(session: session)).status == 200)
        let old = try bench.send("GET", "/mcp/sse", "Accept: text/event-stream\r\n")
        #expect(try bench.whole(old).events.count == 1)
    }

    @Test("a closed server cancels what runs")
    func close() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let clients = try [
            bench.get(session: session), bench.post(Bench.call(), session: session),
            bench.modern("tools/call", look, name: "look"),
            bench.send("GET", "/mcp/sse", "Accept: text/event-stream\r\n"),
        ]
        try bench.run { bench.tool.calls == 2 && clients[0].response != nil && clients[3].response != nil }
        bench.stop()
        #expect(bench.tool.cancelled == 2)
        try bench.run {
            clients.allSatisfy {
                $0.read(); return $0.hasEnded
            }
        }
    }

    @Test("nothing is left of requests, sessions and the server")
    func leaks() throws {
        weak var server: MCP.Server?
        weak var transport: HTTPTransport?
        weak var loop: EventLoop?
        var requests: [Weak] = []
        do {
            let bench = try Bench()
            server = bench.server
            loop = bench.loop
            bench.configuration.serverLimits.idleTime = .milliseconds(10)
            try bench.start()
            transport = bench.transport
            let session = try bench.open()
            // Half of the answers are streams.
            bench.tool.onRun = { [unowned tool = bench.tool] in if tool.calls < 3 { $0.report(progress: 1) } }
            let clients = try [
                bench.post(Bench.call(1), session: session), bench.post(Bench.call(2), session: session),
                bench.modern("tools/call", look, name: "look"), bench.modern("tools/call", look, name: "look"),
            ]
            try bench.run { bench.tool.calls == 4 }
            requests = bench.tool.requests.map { Weak($0) }
            for number in 0..<4 where number % 2 == 0 { bench.tool.finish(number) }
            try bench.run { clients.reduce(0) { $0 + ($1.whole == nil ? 0 : 1) } == 2 }
            for client in clients { client.close() }
            try bench.noStreams()
            _ = try bench.whole(bench.send("DELETE", "/mcp", "Mcp-Session-Id: \(session)\r\n"))
            bench.tool.forget()
            #expect(requests.allSatisfy { $0.object == nil })
            _ = try bench.open()
            bench.stop()
            try bench.run(for: .milliseconds(50))
        }
        #expect(transport == nil)
        #expect(server == nil)
        #expect(loop == nil)
    }

    private struct Weak {
        weak var object: RequestContext?

        init(_ object: RequestContext) { self.object = object }
    }
}
