import TestSupport
import MCPHTTP
import JSON
import MCP
import System
import Testing

/// Answers as JSON and as streams, and streams that are taken up again.
struct StreamTests {
    @Test("an answer alone is JSON, also when it takes a while")
    func json() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let calls = try [
            bench.post(Bench.call(), session: session), bench.modern("tools/call", look, name: "look"),
        ]
        try bench.run { bench.tool.calls == 2 }
        for (number, call) in calls.enumerated() {
            bench.tool.finish(number)
            let response = try bench.whole(call)
            #expect(response.fields["content-type"] == "application/json")
            #expect(response.json?["result"]?["content"]?[0]?["text"]?.string == "found")
        }
    }

    @Test("a message before the answer makes it a stream", arguments: [true, false])
    func upgrade(isModern: Bool) throws {
        let bench = try Bench()
        try bench.start()
        bench.tool.onRun = { $0.report(progress: 1) }
        let client = try call(bench, isModern)
        try bench.run { client.events.contains { $0.method == "notifications/progress" } }
        bench.tool.requests[0].report(progress: 2)
        bench.advance(.milliseconds(MCPLimits.progressDelayMilliseconds))
        try bench.run { true }
        client.read()
        #expect(client.events.last?.json?["params"]?["progress"] == 2, "not written by itself when its time had come")
        bench.tool.finish()
        let response = try bench.whole(client)
        #expect(response.isStream)
        let progress = "notifications/progress"
        #expect(response.events.map { $0.method }.suffix(3) == [progress, progress, nil])
        #expect(response.events.last?.json?["result"] != nil)
        #expect(try bench.metric("mcp_streams") == 0)
    }

    @Test("progress that is told just before the call ends is dropped", arguments: [true, false])
    func progressAtTheEnd(isModern: Bool) throws {
        let bench = try Bench()
        try bench.start()
        bench.tool.onRun = { [unowned bench] request in
            request.report(progress: 1)
            bench.tool.finish()
            request.report(progress: 2)
        }
        let response = try bench.whole(call(bench, isModern))
        #expect(!response.isStream)
        #expect(response.json?["result"] != nil)
        bench.tool.onRun = nil
        let client = try call(bench, isModern, "Content-Type: application/json\r\nAccept: text/event-stream\r\n")
        try bench.run { bench.tool.calls == 2 }
        bench.tool.requests[1].report(progress: 1)
        try bench.run { true }
        bench.tool.finish(1)
        #expect(try bench.whole(client).events.allSatisfy { $0.method == nil })
    }

    @Test("progress on HTTP+SSE is written apart from the answer, or dropped")
    func legacyProgress() throws {
        let bench = try Bench()
        try bench.start()
        let (stream, path) = try bench.openLegacySSE()
        for number in 1...2 {
            _ = try bench.whole(bench.send("POST", path, Bench.json, Bench.call(number)))
            try bench.run { bench.tool.calls == number }
        }
        bench.tool.requests[0].report(progress: 1)
        bench.tool.finish(0)
        bench.tool.requests[1].report(progress: 1)
        bench.advance(.milliseconds(MCPLimits.progressDelayMilliseconds))
        try bench.run { true }
        stream.read()
        let last: [JSONValue?] = stream.events.suffix(2).map { $0.json?["id"] ?? $0.json?["params"]?["progress"] }
        #expect(last == [1, 1])
        #expect(stream.events.count == 4)
        bench.tool.finish(1)
        try bench.run { stream.events.last?.json?["id"] == 2 }
        #expect(stream.events.count == 5)
    }

    @Test("a client that takes no stream misses what comes before the answer", arguments: [true, false])
    func jsonOnly(isModern: Bool) throws {
        let bench = try Bench()
        try bench.start()
        bench.tool.onRun = { $0.report(progress: 1) }
        let client = try call(bench, isModern, "Content-Type: application/json\r\nAccept: application/json\r\n")
        try bench.run { bench.tool.calls == 1 }
        bench.tool.finish()
        let response = try bench.whole(client)
        #expect(response.fields["content-type"] == "application/json")
        #expect(response.json?["result"] != nil)
    }

    @Test("a client that takes streams alone gets one", arguments: [true, false])
    func streamOnly(isModern: Bool) throws {
        let bench = try Bench()
        try bench.start()
        let client = try call(bench, isModern, "Content-Type: application/json\r\nAccept: text/event-stream\r\n")
        try bench.run { bench.tool.calls == 1 }
        bench.tool.finish()
        #expect(try bench.whole(client).events.last?.json?["result"] != nil)
    }

    @Test(
        "Accept decides what is taken",
        arguments: [
            (nil, 200), ("*/*", 200), ("application/json", 200), ("Application/JSON;q=0.5", 200),
            ("application/*", 200),
            ("text/*", 200), ("text/html, text/event-stream", 200), ("text/html", 406), ("application/jsonx", 406),
        ])
    func accept(accept: String?, status: Int) throws {
        let bench = try Bench()
        try bench.start()
        let fields = "Content-Type: application/json\r\n" + (accept.map { "Accept: \($0)\r\n" } ?? "")
        let client = try bench.modern("server/discover", "", fields)
        #expect(try bench.whole(client).status == status)
    }

    @Test("an answer that is long in coming begins as a stream of comments", arguments: [true, false])
    func keepAlive(isModern: Bool) throws {
        let bench = try Bench()
        bench.configuration.limits.keepAliveInterval = .milliseconds(20)
        try bench.start()
        let client = try call(bench, isModern)
        try bench.run { (client.response?.comments ?? 0) >= 2 }
        bench.tool.finish()
        let response = try bench.whole(client)
        #expect(response.isStream)
        #expect(response.events.last?.json?["result"] != nil)
    }

    @Test(
        "a stream's first byte comes at once, long before there is an event or a keep-alive",
        arguments: ["2025-03-26", "2025-11-25"])
    func firstByteOfListening(version: String) throws {
        let bench = try Bench()
        bench.configuration.limits.keepAliveInterval = .seconds(3600)
        try bench.start()
        let session = try bench.open(version)
        let stream = try bench.get(session: session)
        try bench.run { stream.response?.comments == 1 }
        bench.server.changes.publish(.tools)
        try bench.run { stream.events.count == 1 }
        let last = try #require(stream.events.last?.id)
        stream.close()
        try bench.noStreams()
        let again = try bench.get(session: session, after: last)
        try bench.run { again.response?.comments == 1 }
        #expect(again.events.isEmpty)
    }

    @Test("an answer that can only be a stream begins at once", arguments: [true, false])
    func firstByteOfAnswer(isModern: Bool) throws {
        let bench = try Bench()
        bench.configuration.limits.keepAliveInterval = .seconds(3600)
        try bench.start()
        let client = try call(bench, isModern, "Content-Type: application/json\r\nAccept: text/event-stream\r\n")
        try bench.run { client.response?.comments == 1 }
        #expect(bench.tool.calls == 1)
        bench.tool.finish()
        #expect(try bench.whole(client).events.last?.json?["result"] != nil)
    }

    @Test("an answer that is long in coming begins with a byte of its body", arguments: [true, false])
    func firstByteOfLateAnswer(isModern: Bool) throws {
        var now = Instant.readClock()
        let bench = try Bench(clock: { now })
        try bench.start()
        let client = try call(bench, isModern)
        try bench.run { bench.tool.calls == 1 }
        now = now + bench.configuration.limits.keepAliveInterval + .milliseconds(1)
        // The next keep-alive is a whole interval away, and the time stands still.
        try bench.run { client.response?.comments == 1 }
        bench.tool.finish()
        #expect(try bench.whole(client).events.last?.json?["result"] != nil)
    }

    @Test("only 2025-11-25 begins a stream with an empty event", arguments: ["2025-03-26", "2025-06-18", "2025-11-25"])
    func priming(version: String) throws {
        let bench = try Bench()
        try bench.start()
        bench.tool.onRun = { $0.report(progress: 1) }
        let client = try bench.post(Bench.call(), session: bench.open(version))
        try bench.run { !client.events.isEmpty }
        #expect((client.events[0].data == "") == (version == "2025-11-25"))
        #expect(client.events[0].id != nil)
    }

    @Test("a client that lost its connection amid a call gets the rest", arguments: [true, false])
    func resumption(isAfterEnd: Bool) throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        bench.tool.onRun = { $0.report(progress: 1) }
        let first = try bench.post(Bench.call(), session: session)
        try bench.run { first.events.count == 2 }
        let last = try #require(first.events.last?.id)
        first.close()
        if isAfterEnd { try bench.noStreams() }
        #expect(bench.tool.cancelled == 0)
        bench.tool.requests[0].report(progress: 2)
        bench.advance(.milliseconds(MCPLimits.progressDelayMilliseconds))
        try bench.run { true }
        if isAfterEnd { bench.tool.finish() }
        let second = try bench.get(session: session, after: last)
        try bench.run { !second.events.isEmpty }
        if !isAfterEnd { bench.tool.finish() }
        let response = try bench.whole(second)
        #expect(response.events.map { $0.json?["params"]?["progress"]?.int64 } == [2, nil])
        #expect(response.events.last?.json?["result"] != nil)
        #expect(try bench.metric("mcp_streams") == 0)
    }

    @Test("events that nobody can know are refused", arguments: ["9-1", "1-50", "x", "0-1", ""])
    func unknownEvent(id: String) throws {
        let bench = try Bench()
        try bench.start()
        #expect(try bench.whole(bench.get(session: bench.open(), after: id)).status == 400)
    }

    @Test("events that are no longer kept are refused", arguments: [(4, 200), (5, 400)])
    func evicted(messages: Int, status: Int) throws {
        let bench = try Bench()
        bench.configuration.limits.eventsMax = 5
        try bench.start()
        let session = try bench.open()
        let client = try bench.post(Bench.call(), session: session)
        try bench.run { bench.tool.calls == 1 }
        for _ in 1...messages { bench.tool.requests[0].log(.info, "a") }
        bench.tool.finish()
        let first = try #require(try bench.whole(client).events.first?.id)
        #expect(try bench.whole(bench.get(session: session, after: first)).status == status)
    }

    @Test("an answer too large to be kept is known to be gone")
    func largeAnswer() throws {
        let bench = try Bench()
        bench.configuration.limits.eventBytesMax = 1000
        try bench.start()
        let session = try bench.open()
        bench.tool.onRun = { $0.report(progress: 1) }
        let client = try bench.post(Bench.call(), session: session)
        try bench.run { client.events.count == 2 }
        let last = try #require(client.events.last?.id)
        bench.tool.finish(0, String(repeating: "x", count: 1000))
        _ = try bench.whole(client)
        #expect(try bench.whole(bench.get(session: session, after: last)).status == 400)
    }

    @Test("a tool may have its client come back later")
    func polling() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        bench.tool.onRun = { $0.disconnect(retryAfterMilliseconds: 1234) }
        let first = try bench.whole(bench.post(Bench.call(), session: session))
        #expect(first.events.count == 1)
        #expect(first.events.first?.retry == "1234")
        let second = try bench.get(session: session, after: try #require(first.events.first?.id))
        try bench.run { second.response != nil }
        bench.tool.finish()
        #expect(try bench.whole(second).events.last?.json?["result"] != nil)
    }

    @Test("elsewhere the client stays", arguments: ["2025-06-18", "2026-07-28"])
    func noPolling(version: String) throws {
        let bench = try Bench()
        try bench.start()
        bench.tool.onRun = { $0.disconnect(retryAfterMilliseconds: 1) }
        let isModern = version == "2026-07-28"
        let client =
            try isModern ? call(bench, true) : bench.post(Bench.call(), session: bench.open(version))
        try bench.run { bench.tool.calls == 1 }
        bench.tool.finish()
        #expect(try bench.whole(client).json?["result"] != nil)
    }

    private let look = #""name":"look","arguments":{}"#

    private func call(_ bench: Bench, _ isModern: Bool, _ fields: String = Bench.json) throws -> Client {
        guard isModern else { return try bench.post(Bench.call(), session: bench.open(), fields) }
        return try bench.modern("tools/call", look, name: "look", fields)
    }
}
