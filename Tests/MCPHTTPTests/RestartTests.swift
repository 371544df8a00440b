import MCPHTTP
import JSON
import MCP
import Testing

/// Sessions in another process than the one that began them: after a restart, or in another replica.
struct RestartTests {
    private func bench(_ secret: String? = "the same") throws -> Bench {
        let bench = try Bench()
        bench.configuration.sessionSecret = secret.map { Array($0.utf8) }
        try bench.start()
        return bench
    }

    @Test("a session goes on, with its revision and its client's capabilities")
    func goesOn() throws {
        let session = try bench().open("2025-06-18", capabilities: #"{"elicitation":{}}"#)
        let bench = try bench()
        var seen: RequestContext?
        bench.tool.onRun = { seen = $0 }
        let call = try bench.post(Bench.call(), session: session)
        try bench.run { seen != nil }
        #expect(seen?.version == .v2025_06_18)
        #expect(seen?.clientCapabilities == ClientCapabilities(sampling: false, roots: false, elicitation: true))
        bench.tool.finish()
        #expect(try bench.whole(call).status == 200)
        #expect(try bench.metric("mcp_sessions") == 1)
        #expect(try bench.metric("mcp_sessions_restored_total") == 1)
        #expect(try bench.status(ofPingIn: session) == 200)
        #expect(try bench.metric("mcp_sessions_restored_total") == 1)
    }

    @Test("the token is the secret where no other is set", arguments: [true, false])
    func token(isSame: Bool) throws {
        let field = "Authorization: Bearer \(isSame ? "first" : "second")\r\n"
        let first = try Bench()
        first.configuration.token = Array("first".utf8)
        try first.start()
        let begun = try first.post(
            Bench.initialize("2025-11-25"), session: nil, Bench.json + "Authorization: Bearer first\r\n")
        let session = try #require(try first.whole(begun).fields["mcp-session-id"])
        let second = try Bench()
        second.configuration.token = Array("first".utf8)
        try second.start()
        if !isSame { second.transport?.replaceToken(Array("second".utf8)) }
        let answer = try second.whole(second.post(Bench.ping, session: session, Bench.json + field))
        #expect(answer.status == (isSame ? 200 : 404))
    }

    @Test("a session that is here outlives the token that its id was sealed by")
    func rotation() throws {
        let bench = try Bench()
        bench.configuration.token = Array("first".utf8)
        try bench.start()
        let begun = try bench.post(
            Bench.initialize("2025-11-25"), session: nil, Bench.json + "Authorization: Bearer first\r\n")
        let session = try #require(try bench.whole(begun).fields["mcp-session-id"])
        bench.transport?.replaceToken(Array("second".utf8))
        let field = Bench.json + "Authorization: Bearer second\r\n"
        #expect(try bench.whole(bench.post(Bench.ping, session: session, field)).status == 200)
    }

    @Test("with another secret, or none that is shared, a session is not found", arguments: ["another", nil])
    func otherSecret(secret: String?) throws {
        let session = try bench(secret == nil ? nil : "the same").open()
        #expect(try bench(secret).status(ofPingIn: session) == 404)
    }

    @Test("a session that was deleted here stays so, whoever began it", arguments: [true, false])
    func deleted(isForeign: Bool) throws {
        let here = try bench()
        let session = try (isForeign ? bench() : here).open()
        let field = "Mcp-Session-Id: \(session)\r\n"
        #expect(try here.whole(here.send("DELETE", "/mcp", field)).status == 204)
        #expect(try here.status(ofPingIn: session) == 404)
        #expect(try here.whole(here.send("DELETE", "/mcp", field)).status == 404)
        #expect(try here.metric("mcp_sessions") == 0)
    }

    @Test("the stream of news is taken up where the other process left it, that of a call is not")
    func streams() throws {
        let session = try bench().open()
        let bench = try bench()
        let news = try bench.get(session: session, after: "0-3")
        try bench.run { news.response?.status == 200 }
        #expect(try bench.whole(bench.get(session: session, after: "1-1")).status == 400)
        // Events of the call before have numbers of their own.
        bench.tool.onRun = { $0.report(progress: 1) }
        let call = try bench.post(Bench.call(), session: session)
        try bench.run { !call.events.isEmpty }
        let id = try #require(call.events.first?.id)
        #expect(!id.hasPrefix("1-"))
        bench.tool.finish()
        _ = try bench.whole(call)
        #expect(try bench.whole(bench.get(session: session, after: "1-1")).status == 400)
    }

    @Test("on HTTP+SSE a client that opens another stream goes on by its last event's id, without an initialize")
    func legacySSE() throws {
        let first = try bench()
        let stream = try first.send("GET", "/mcp/sse", "Accept: text/event-stream\r\n")
        try first.run { stream.events.count == 1 }
        let posted = try first.send("POST", stream.events[0].data, Bench.json, Bench.initialize("2024-11-05"))
        #expect(try first.whole(posted).status == 202)
        try first.run { stream.events.count == 2 }
        let id = try #require(stream.events[1].id)
        _ = try first.whole(first.send("POST", stream.events[0].data, Bench.json, Bench.ping))
        try first.run { stream.events.count == 3 }
        #expect(stream.events[0].id == nil && stream.events[2].id == nil)

        for (secret, isKnown) in [("the same", true), ("another", false)] {
            let second = try bench(secret)
            let again = try second.send("GET", "/mcp/sse", "Accept: text/event-stream\r\nLast-Event-ID: \(id)\r\n")
            try second.run { again.events.count == 1 }
            let path = again.events[0].data
            #expect(path != stream.events[0].data)
            #expect(try second.whole(second.send("POST", stream.events[0].data, Bench.json, Bench.ping)).status == 404)
            #expect(try second.whole(second.send("POST", path, Bench.json, Bench.call())).status == 202)
            if isKnown {
                try second.run { second.tool.calls == 1 }
                second.tool.finish()
            }
            try second.run { again.events.count == 2 }
            #expect((again.events[1].json?["result"] != nil) == isKnown)
        }
    }
}
