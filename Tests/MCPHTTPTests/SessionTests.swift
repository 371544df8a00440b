import TestSupport
import MCPHTTP
import JSON
import MCP
import System
import Testing

/// Sessions of the legacy era: how they begin and end.
struct SessionTests {
    @Test("a session is opened, found and deleted", arguments: ["/mcp", "/mcp/stream"])
    func life(path: String) throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        #expect(try bench.status(ofPingIn: session) == 200)
        #expect(try bench.metric("mcp_sessions") == 1)
        let deleted = try bench.whole(bench.send("DELETE", path, "Mcp-Session-Id: \(session)\r\n"))
        #expect(deleted.status == 204)
        #expect(try bench.status(ofPingIn: session) == 404)
        #expect(try bench.metric("mcp_sessions") == 0)
    }

    @Test(
        "what names no session is refused",
        arguments: [
            (nil, 400), ("", 404), (String(repeating: "0", count: 64), 404), ("x", 404),
        ])
    func unknown(session: String?, status: Int) throws {
        let bench = try Bench()
        try bench.start()
        #expect(try bench.whole(bench.post(Bench.ping, session: session)).status == status)
        let field = session.map { "Mcp-Session-Id: \($0)\r\n" } ?? ""
        #expect(try bench.whole(bench.send("DELETE", "/mcp", field)).status == status)
        #expect(try bench.whole(bench.send("GET", "/mcp", field)).status == status)
    }

    @Test("an initialize begins a session whatever its header says", arguments: ["2026-07-28", "2099-01-01", ""])
    func initializeHeader(version: String) throws {
        let bench = try Bench()
        try bench.start()
        let fields = Bench.json + "MCP-Protocol-Version: \(version)\r\n"
        let response = try bench.whole(bench.post(Bench.initialize("2099-01-01"), session: nil, fields))
        #expect(response.status == 200)
        #expect(response.json?["result"]?["protocolVersion"] == "2025-11-25")
        let session = try #require(response.fields["mcp-session-id"])
        #expect(try bench.status(ofPingIn: session) == 200)
    }

    @Test(
        "an initialize begins a session whatever session it names: one that runs, that has ended, that never was",
        arguments: ["running", "ended", "", String(repeating: "0", count: 64), "x"])
    func initializeWithin(name: String) throws {
        let bench = try Bench()
        try bench.start()
        var session = name
        if name == "running" || name == "ended" { session = try bench.open() }
        if name == "ended" { _ = try bench.whole(bench.send("DELETE", "/mcp", "Mcp-Session-Id: \(session)\r\n")) }
        let response = try bench.whole(bench.post(Bench.initialize("2025-11-25"), session: session))
        #expect(response.status == 200)
        let begun = try #require(response.fields["mcp-session-id"])
        #expect(begun != session)
        #expect(try bench.status(ofPingIn: begun) == 200)
    }

    @Test("an initialize that is refused leaves no session, and names none")
    func failedInitialize() throws {
        let bench = try Bench()
        try bench.start()
        let body = #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}"#
        let response = try bench.whole(bench.post(body, session: nil))
        #expect(response.errorCode == -32602)
        #expect(response.fields["mcp-session-id"] == nil)
        #expect(try bench.metric("mcp_sessions") == 0)
    }

    @Test("a session that nobody uses ends")
    func expiry() throws {
        let bench = try Bench()
        bench.configuration.sessionIdleTime = .seconds(60)
        try bench.start()
        let session = try bench.open()
        bench.advance(.seconds(61))
        try bench.run(for: .milliseconds(30))
        #expect(try bench.metric("mcp_sessions") == 0)
        #expect(try bench.metric("mcp_sessions_expired_total") == 1)
        #expect(try bench.status(ofPingIn: session) == 404)
    }

    @Test("a session does not end while it listens or a call runs")
    func inUse() throws {
        let bench = try Bench()
        bench.configuration.sessionIdleTime = .seconds(60)
        try bench.start()
        let listening = try bench.open()
        let stream = try bench.get(session: listening)
        try bench.run { stream.response != nil }
        let busy = try bench.open()
        let call = try bench.post(Bench.call(), session: busy)
        try bench.run { bench.tool.calls == 1 }
        bench.advance(.seconds(150))
        try bench.run(for: .milliseconds(30))
        #expect(try bench.metric("mcp_sessions") == 2)
        bench.tool.finish()
        #expect(try bench.whole(call).status == 200)
        stream.close()
        try bench.noStreams()
        bench.advance(.seconds(61))
        try bench.run(for: .milliseconds(30))
        #expect(try bench.metric("mcp_sessions") == 0)
        #expect(try bench.metric("mcp_streams") == 0)
    }

    @Test("a session ends when its client has gone for so long, and with it the call that runs")
    func deserted() throws {
        let bench = try Bench()
        bench.configuration.sessionIdleTime = .seconds(60)
        try bench.start()
        let session = try bench.open()
        let call = try bench.post(Bench.call(), session: session)
        try bench.run { bench.tool.calls == 1 }
        call.reset()
        // The time counts from when the server has noticed.
        try bench.run {
            bench.advance(.seconds(1))
            return bench.tool.cancelled == 1
        }
        #expect(try bench.metric("mcp_sessions") == 0)
    }

    @Test("room is made by letting go of the session that was used longest ago, which comes back when it is named")
    func room() throws {
        let bench = try Bench()
        bench.configuration.limits.idleSessionsMax = 3
        try bench.start()
        let busy = try bench.open()
        let call = try bench.post(Bench.call(), session: busy)
        try bench.run { bench.tool.calls == 1 }
        var sessions: [String] = []
        for _ in 0..<3 { sessions.append(try bench.open()) }
        #expect(try bench.status(ofPingIn: sessions[0]) == 200)
        sessions.append(try bench.open())
        #expect(try bench.metric("mcp_sessions_expired_total") == 1)
        #expect(try [0, 2, 3].map { try bench.status(ofPingIn: sessions[$0]) } == [200, 200, 200])
        #expect(try bench.metric("mcp_sessions_restored_total") == 0)
        #expect(try bench.status(ofPingIn: sessions[1]) == 200)
        #expect(try bench.metric("mcp_sessions_restored_total") == 1)
        bench.tool.finish()
        #expect(try bench.whole(call).status == 200)
    }

    @Test("deleting a session cancels its calls and ends its streams")
    func deletedInUse() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let stream = try bench.get(session: session)
        let call = try bench.post(Bench.call(), session: session)
        try bench.run { bench.tool.calls == 1 && stream.response != nil }
        _ = try bench.whole(bench.send("DELETE", "/mcp", "Mcp-Session-Id: \(session)\r\n"))
        #expect(bench.tool.cancelled == 1)
        _ = try bench.whole(call)
        _ = try bench.whole(stream)
        #expect(try bench.metric("mcp_streams") == 0)
    }

    @Test("a stream whose client has gone before it opens keeps nothing alive", arguments: ["/mcp", "/mcp/sse"])
    func goneBeforeStream(path: String) throws {
        let bench = try Bench()
        bench.configuration.sessionIdleTime = .seconds(60)
        try bench.start()
        let session = try bench.open()
        let client = try bench.client()
        let fields = "Mcp-Session-Id: \(session)\r\n"
        try client.send(
            Bench.text("POST", "/mcp", Bench.json + fields, Bench.call())
                + Bench.text("GET", path, "Accept: text/event-stream\r\n" + fields))
        client.endOutput()
        try bench.run { bench.tool.calls == 1 }
        try bench.run(for: .milliseconds(30))
        bench.tool.finish()
        try bench.run {
            client.read(); return client.hasEnded
        }
        try bench.noStreams()
        // The time counts from when the server has noticed.
        let end = Instant.readClock() + .seconds(60)
        while try bench.metric("mcp_sessions") != 0 {
            try #require(Instant.readClock() < end)
            bench.advance(.seconds(61))
        }
    }

    @Test(
        "the header of another legacy revision passes, one of none does not",
        arguments: [
            ("2025-06-18", 200), ("2024-11-05", 200), ("2026-07-28", 400), ("1999-01-01", 400), ("", 400),
        ])
    func versionHeader(version: String, status: Int) throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open()
        let body = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        let fields = Bench.json + "MCP-Protocol-Version: \(version)\r\n"
        let answer = try bench.whole(bench.post(body, session: session, fields))
        #expect(answer.status == (status == 200 ? 202 : status))
        let named = "Mcp-Session-Id: \(session)\r\nMCP-Protocol-Version: \(version)\r\n"
        #expect(try bench.whole(bench.send("DELETE", "/mcp", named)).status == (status == 200 ? 204 : status))
    }

    @Test("batches belong to 2025-03-26", arguments: [("2025-03-26", true), ("2025-11-25", false)])
    func batch(version: String, isTaken: Bool) throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open(version)
        let batch = "[\(Bench.ping),{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"},\(Bench.call(9))]"
        let client = try bench.post(batch, session: session)
        if isTaken {
            try bench.run { bench.tool.calls == 1 }
            #expect(client.response == nil)
            bench.tool.finish()
            let answers = try bench.whole(client)
            #expect(answers.status == 200)
            #expect(answers.json?[0]?["id"] == 5)
            #expect(answers.json?[1]?["id"] == 9)
            #expect(answers.json?[2] == nil)
            let silent = "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]"
            #expect(try bench.whole(bench.post(silent, session: session)).status == 202)
        } else {
            #expect(try bench.whole(client).status == 400)
            #expect(bench.tool.calls == 0)
        }
    }

    @Test("a question to the client goes on the call's stream, and its answer comes by POST")
    func question() throws {
        let bench = try Bench()
        try bench.start()
        let session = try bench.open("2025-11-25", capabilities: #"{"elicitation":{}}"#)
        let client = try bench.post(Bench.call(), session: session)
        try bench.run { bench.tool.calls == 1 }
        bench.tool.finishes[0](
            .inputRequired(InputRequired([InputRequired.Question("who", .elicitation(["message": "Who?"]))])))
        try bench.run { client.events.contains { $0.method == "elicitation/create" } }
        let id = client.events.last?.json?["id"]?.int64 ?? -1
        let body = "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}}"
        #expect(try bench.whole(bench.post(body, session: session)).status == 202)
        try bench.run { bench.tool.calls == 2 }
        #expect(bench.tool.requests[1].inputResponses["who"]?["action"]?.string == "accept")
        bench.tool.finish(1)
        #expect(try bench.whole(client).events.last?.json?["id"] == 1)
    }
}
