import JSON
import MCP
import Testing

@Suite struct SessionCallsTests {
    private func opened() -> Session { Session.open(.v2025_11_25) }

    @Test("a call is answered once")
    func finish() throws {
        var session = opened()
        let id = try #require(session.take(call(7)).started)
        #expect(session.finish(id, .failure("x")).sent?["id"] == 7)
        #expect(session.finish(id, .failure("x")).isNone)
        #expect(session.take(cancel(7)).isNone)
    }

    @Test("a cancelled call is stopped once and not answered")
    func cancelled() throws {
        var session = opened()
        let id = try #require(session.take(call(7)).started)
        #expect(session.take(cancel(7)).cancelled == id)
        #expect(session.take(cancel(7)).isNone)
        #expect(session.finish(id, .failure("x")).isNone)
    }

    @Test("an id may be used again, after an answer and after a cancellation")
    func reuse() throws {
        var session = opened()
        let first = try #require(session.take(call(7)).started)
        _ = session.take(cancel(7))
        let second = try #require(session.take(call(7)).started)
        #expect(second != first)
        #expect(session.finish(first, .failure("late")).isNone)
        #expect(text(of: session.finish(second, .failure("right")).result) == "right")
        #expect(session.take(call(7)).started != nil)
    }

    @Test("calls that share an id are each answered; a cancellation stops the newest")
    func sharedID() throws {
        for _ in 0..<20 {
            var session = opened()
            let first = try #require(session.take(call(7)).started)
            let second = try #require(session.take(call(7)).started)
            let third = try #require(session.take(call(7)).started)
            #expect(session.take(cancel(7)).cancelled == third)
            #expect(session.finish(first, .failure("1")).sent?["id"] == 7)
            #expect(session.finish(second, .failure("2")).sent?["id"] == 7)
        }
    }

    @Test(
        "a cancellation that names no running call does nothing",
        arguments: [
            notification("notifications/cancelled"), notification("notifications/cancelled", [:]),
            notification("notifications/cancelled", [7]), cancel("7"), cancel(8), cancel(nil), cancel([7]),
            cancel(7.5), notification("notifications/canceled", ["requestId": 7]), request(1, "ping"),
        ])
    func otherCancellations(message: JSONValue) throws {
        var session = opened()
        let id = try #require(session.take(call(7)).started)
        #expect(session.take(message).cancelled == nil)
        #expect(session.finish(id, .failure("x")).sent != nil)
    }

    @Test(
        "ids that JSON holds equal name the same call", arguments: [(7, 7.0), (1e2, 100)] as [(JSONValue, JSONValue)])
    func equalIDs(asked: JSONValue, cancelled: JSONValue) {
        var session = opened()
        let id = session.take(call(asked)).started
        #expect(session.take(cancel(cancelled)).cancelled == id)
    }

    @Test("a call keeps the revision that it was made in")
    func revisionOfCall() throws {
        var session = Session.open(.v2024_11_05)
        let old = try #require(session.take(call(1)).started)
        let params: JSONObject = ["name": "look", "arguments": ["words": "a"]]
        let new = try #require(session.take(request(2, "tools/call", params, in: .v2026_07_28)).started)
        _ = session.take(initialize("2025-11-25"))
        let oldResult = session.finish(old, .structured([:])).result
        #expect(oldResult?["structuredContent"] == nil)
        #expect(oldResult?["resultType"] == nil)
        #expect(session.finish(new, .structured([:])).result?["resultType"] == "complete")
    }

    @Test("calls run up to the limit; one more is told to wait, and runs once another has ended")
    func limit() throws {
        var session = opened()
        var ids: [Session.CallID] = []
        for number in 0..<Limits.callsMax {
            ids.append(try #require(session.take(call(.number(JSONNumber(number)))).started))
        }
        let answer = session.take(call("more"))
        #expect(answer.sent?["id"] == "more")
        #expect(answer.result?["isError"] == true)
        #expect(text(of: answer.result)?.contains("\(Limits.callsMax)") == true)
        #expect(Set(ids).count == Limits.callsMax)
        #expect(session.take(request(1, "ping")).result != nil)
        _ = session.finish(ids[500], .failure("x"))
        #expect(session.take(call("more")).started != nil)
    }

    @Test(
        "an id is echoed as it came",
        arguments: [
            "0", "1", "-1", "2147483648", "-9223372036854775808", "9223372036854775807", "9223372036854775808",
            "18446744073709551615", "1.0", "\"\"", "\"a-1\"", "\"é\\u0000\\\"\"", "\"1\"",
        ])
    func echo(text: String) throws {
        let id = try JSONValue(parsing: text)
        var session = opened()
        #expect(session.take(request(id, "ping")).sent?.text == "{\"jsonrpc\":\"2.0\",\"id\":\(text),\"result\":{}}")
        #expect(session.take(request(id, "made/up")).sent?["id"]?.text == text)
        let started = try #require(session.take(call(id)).started)
        #expect(session.finish(started, .failure("x")).sent?["id"]?.text == text)
    }

    @Test(
        "an error without an id to echo has none since 2025-11-25, and null before",
        arguments: [
            (nil, false), (.v2024_11_05, true), (.v2025_03_26, true), (.v2025_06_18, true), (.v2025_11_25, false),
        ] as [(ProtocolVersion?, Bool)])
    func unknownID(revision: ProtocolVersion?, hasNull: Bool) throws {
        let session = revision.map { Session.open($0) } ?? Session(server: makeServer())
        let answer = session.refuse(id: nil, RPCError(.parseError, "x"))
        var expected: JSONObject = ["jsonrpc": "2.0", "error": ["code": -32700, "message": "x"]]
        if hasNull { expected["id"] = .null }
        #expect(answer.sent == .object(expected))
    }

    @Test("an answer of the client's is taken in silence")
    func response() {
        var session = opened()
        #expect(session.take(["jsonrpc": "2.0", "id": 1, "result": [:]]).isNone)
        #expect(session.take(["jsonrpc": "2.0", "id": nil, "error": ["code": 1, "message": "x"]]).isNone)
    }
}
