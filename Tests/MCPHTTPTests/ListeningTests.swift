import TestSupport
import System
import MCPHTTP
import JSON
import MCP

import Testing

/// A session's own stream, subscriptions, and HTTP+SSE.
struct ListeningTests {
    @Test("what happened before the stream opened comes first, and nothing comes twice")
    func waiting() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        bench.server.changes.publish(.tools)
        let first = try bench.get(session: session)
        try bench.run { first.events.count == 1 }
        bench.server.changes.publish(.prompts)
        try bench.run { first.events.count == 2 }
        let changes = ["notifications/tools/list_changed", "notifications/prompts/list_changed"]
        #expect(first.events.map { $0.method } == changes)
        let last = try #require(first.events.last?.id)
        first.close()
        try bench.noStreams()
        bench.server.changes.publish(.resources)
        let second = try bench.get(session: session, after: last)
        try bench.run { !second.events.isEmpty }
        #expect(second.events.map { $0.method } == ["notifications/resources/list_changed"])
        second.close()
        try bench.noStreams()
        let third = try bench.get(session: session)
        try bench.run { third.response != nil }
        bench.server.changes.publish(.tools)
        try bench.run { !third.events.isEmpty }
        #expect(third.events.map { $0.method } == ["notifications/tools/list_changed"])
    }

    @Test("of more than is kept the newest come")
    func manyWaiting() throws {
        let bench = try Bench()
        bench.configuration.limits.eventsMax = 2
        try bench.start()
        let session = try bench.open()
        for _ in 0..<3 { bench.server.changes.publish(.tools) }
        let stream = try bench.get(session: session)
        try bench.run { stream.events.count == 2 }
        #expect(stream.events.map { $0.id } == ["0-2", "0-3"])
    }

    @Test("a second stream takes the place of the first")
    func takeover() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let first = try bench.get(session: session)
        try bench.run { first.response != nil }
        let second = try bench.get(session: session)
        _ = try bench.whole(first)
        first.close()
        bench.server.changes.publish(.tools)
        try bench.run { second.events.count == 1 }
        #expect(try bench.metric("mcp_streams") == 1)
    }

    @Test("a stream whose client had gone before it opened does not end the one after it")
    func deadBeforeAnother() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let field = "Mcp-Session-Id: \(session)\r\n"
        let text =
            Bench.text("POST", "/mcp", Bench.json + field, Bench.call())
            + Bench.text("GET", "/mcp", "Accept: text/event-stream\r\n" + field)
        let clients = try [bench.client(), bench.client()]
        for (number, client) in clients.enumerated() {
            try client.send(text)
            try bench.run { bench.tool.calls == number + 1 }
        }
        clients[0].endOutput()
        try bench.run(for: .milliseconds(30))
        for number in 0...1 { bench.tool.finish(number) }
        try bench.run { clients[1].responses.count == 2 }
        try bench.run(for: .milliseconds(10))
        bench.server.changes.publish(.tools)
        try bench.run { clients[1].responses[1].events.count == 1 }
    }

    @Test("a subscription is acknowledged, told what it asked for, and ended in good order")
    func subscription() throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.modern("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
        try bench.run { client.events.count == 1 }
        #expect(client.events[0].method == "notifications/subscriptions/acknowledged")
        bench.server.changes.publish(.prompts)
        bench.server.changes.publish(.tools)
        try bench.run { client.events.count == 2 }
        #expect(client.events[1].method == "notifications/tools/list_changed")
        var isDrained = false
        bench.transport?.drain { isDrained = true }
        let last = try bench.whole(client).events.last?.json
        #expect(last?["id"] == 7)
        #expect(last?["result"] != nil)
        try bench.run { isDrained }
        #expect(bench.server.changes.listenerCount == 0)
    }

    @Test("a subscription is refused to a client that takes no stream")
    func subscriptionWithoutStream() throws {
        let bench = try Bench()
        try bench.start()
        let fields = "Content-Type: application/json\r\nAccept: application/json\r\n"
        let client = try bench.modern("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#, fields)
        #expect(try bench.whole(client).status == 406)
        #expect(bench.server.changes.listenerCount == 0)
    }

    @Test("a subscriber that leaves is forgotten")
    func subscriberLeaves() throws {
        let bench = try Bench()
        try bench.start()
        let client = try bench.modern("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
        try bench.run { client.events.count == 1 }
        client.close()
        try bench.run { bench.server.changes.listenerCount == 0 }
        #expect(try bench.metric("mcp_streams") == 0)
    }

    @Test("HTTP+SSE says where to post, and answers on the stream")
    func oldTransport() throws {
        let bench = try Bench()
        try bench.start()
        let stream = try bench.send("GET", "/mcp/sse", "Accept: text/event-stream\r\n")
        try bench.run { stream.events.count == 1 }
        #expect(stream.events[0].name == "endpoint")
        let path = stream.events[0].data
        #expect(path.hasPrefix("/mcp/sse?sessionid="))
        for (number, body) in [Bench.initialize("2024-11-05"), Bench.ping].enumerated() {
            #expect(try bench.whole(bench.send("POST", path, Bench.json, body)).status == 202)
            try bench.run { stream.events.count == number + 2 }
        }
        #expect(stream.events[1].json?["result"]?["protocolVersion"]?.string == "2024-11-05")
        #expect(stream.events[2].json?["id"] == 5)
        bench.server.changes.publish(.tools)
        try bench.run { stream.events.count == 4 }
        _ = try bench.whole(bench.send("POST", path, Bench.json, Bench.call()))
        try bench.run { bench.tool.calls == 1 }
        stream.close()
        try bench.run { bench.tool.cancelled == 1 }
        #expect(try bench.whole(bench.send("POST", path, Bench.json, Bench.ping)).status == 404)
        #expect(try bench.whole(bench.send("POST", "/mcp/sse", Bench.json, Bench.ping)).status == 405)
        #expect(try bench.metric("mcp_sessions") == 0)
        #expect(try bench.metric("mcp_streams") == 0)
    }
}
