import JSON
import MCP
import Testing

@Suite struct SessionCallsTests {
    private let hand = HandTool()

    private func opened() -> Client { Client(hand, .v2025_11_25) }

    @Test("a call is answered once")
    func finish() {
        let client = opened()
        client.send(call(7))
        hand.finishes[0](.failure("x"))
        hand.finishes[0](.failure("y"))
        client.send(cancel(7))
        #expect(client.received.map { $0["id"] } == [7])
        #expect(hand.cancelled == [])
    }

    @Test("a cancelled call is stopped once, and nothing is sent about it any more")
    func cancelled() {
        let client = opened()
        client.send(request(7, "tools/call", callParams, in: .v2025_11_25, meta: ["progressToken": 1]))
        client.send(cancel(7))
        client.send(cancel(7))
        #expect(hand.cancelled == [0])
        hand.requests[0].report(progress: 1)
        hand.requests[0].log(.emergency, "x")
        hand.requests[0].disconnect(retryAfterMilliseconds: 5)
        hand.finishes[0](.failure("x"))
        #expect(client.received == [])
        #expect(client.pauses == [])
        #expect(client.cancellations == 1)
        #expect(hand.requests[0].isEnded)
    }

    @Test("nothing is sent about a call that was answered")
    func afterTheAnswer() {
        let client = opened()
        let id = client.begin("tools/call", callParams, meta: ["progressToken": 1])
        hand.finishes[0](.failure("x"))
        hand.requests[0].report(progress: 1)
        hand.requests[0].log(.emergency, "x")
        hand.requests[0].disconnect(retryAfterMilliseconds: 5)
        hand.requests[0].cancel()
        hand.requests[0].refuse(RPCError(.internalError, "late"))
        #expect(client.received.map { $0["id"] } == [id])
        #expect(client.pauses == [])
        #expect(client.cancellations == 0)
    }

    @Test("an id may be used again, after an answer and after a cancellation")
    func reuse() {
        let client = opened()
        client.send(call(7))
        client.send(cancel(7))
        client.send(call(7))
        hand.finishes[0](.failure("late"))
        #expect(client.received == [])
        hand.finishes[1](.failure("right"))
        client.send(call(7))
        hand.finishes[2](.failure("again"))
        #expect(client.received.map { text(of: $0.result) } == ["right", "again"])
    }

    @Test("calls that share an id are each answered; a cancellation stops the newest")
    func sharedID() {
        let client = opened()
        for _ in 0..<40 { client.send(call(7)) }
        for number in (30..<40).reversed() {
            client.send(cancel(7))
            #expect(hand.cancelled.last == number)
        }
        for number in 0..<30 { hand.finishes[number](.failure("\(number)")) }
        #expect(client.received.map { text(of: $0.result) } == (0..<30).map { "\($0)" })
    }

    @Test(
        "a cancellation that names no running call does nothing",
        arguments: [
            notification("notifications/cancelled"), notification("notifications/cancelled", [:]),
            notification("notifications/cancelled", [7]), cancel("7"), cancel(8), cancel(nil), cancel([7]),
            cancel(7.5), notification("notifications/canceled", ["requestId": 7]), request(1, "ping"),
        ])
    func otherCancellations(message: JSONValue) {
        let client = opened()
        client.send(call(7))
        client.send(message)
        #expect(hand.cancelled == [])
        client.clear()
        hand.finishes[0](.failure("x"))
        #expect(client.received.map { $0["id"] } == [7])
    }

    @Test(
        "ids that JSON holds equal name the same call", arguments: [(7, 7.0), (1e2, 100)] as [(JSONValue, JSONValue)])
    func equalIDs(asked: JSONValue, cancelled: JSONValue) {
        let client = opened()
        client.send(call(asked))
        client.send(cancel(cancelled))
        #expect(hand.cancelled == [0])
    }

    @Test("a call keeps the revision that it was made in")
    func revisionOfCall() {
        let client = Client(hand, .v2024_11_05)
        client.send(call(1))
        client.send(request(2, "tools/call", callParams, in: .v2026_07_28))
        client.send(initialize("2025-11-25"))
        client.clear()
        hand.finishes[0](.structured(StructuredContent([:])))
        hand.finishes[1](.structured(StructuredContent([:])))
        #expect(client.received.map { $0["id"] } == [1, 2])
        #expect(client.received.map { $0.result?["structuredContent"] } == [nil, [:]])
        #expect(client.received.map { $0.result?["resultType"] } == [nil, "complete"])
    }

    @Test("a request of either era is cancelled by its id", arguments: revisions)
    func eras(revision: ProtocolVersion) {
        let client = Client(hand, revision)
        let id = client.begin("tools/call", callParams)
        client.send(cancel(id))
        #expect(hand.cancelled == [0])
        #expect(client.received == [])
    }

    @Test("calls run up to the limit; one more is told to wait, and runs once another has ended", arguments: revisions)
    func limit(revision: ProtocolVersion) {
        let client = Client(hand, revision)
        for _ in 0..<MCPLimits.callsMax { client.begin("tools/call", callParams) }
        #expect(client.requestsInFlight == MCPLimits.callsMax)
        let refused = client.ask("tools/call", callParams)
        #expect(refused?.result?["isError"] == true)
        #expect(text(of: refused?.result)?.contains("\(MCPLimits.callsMax)") == true)
        #expect(client.ask("tools/list")?.code == -32603)
        if revision.era == .legacy { #expect(client.ask("ping")?.result == [:]) }
        #expect(hand.finishes.count == MCPLimits.callsMax)
        hand.finishes[500](.failure("x"))
        let more = client.begin("tools/call", callParams)
        #expect(hand.finishes.count == MCPLimits.callsMax + 1)
        #expect(client.answer(to: more) == nil)
        #expect(client.requestsInFlight == MCPLimits.callsMax)
        client.close()
        #expect(hand.cancelled.count == MCPLimits.callsMax)
    }

    @Test(
        "an id is echoed as it came",
        arguments: [
            "0", "1", "-1", "2147483648", "-9223372036854775808", "9223372036854775807", "9223372036854775808",
            "18446744073709551615", "1.0", "\"\"", "\"a-1\"", "\"é\\u0000\\\"\"", "\"1\"",
        ])
    func echo(text: String) throws {
        let id = try JSONValue(parsing: text)
        let client = opened()
        var bytes: [UInt8] = []
        client.session?.receive(IncomingPayload(parsing: request(id, "ping").text.utf8.span)) { reply in
            if case .answer(let message) = reply { message.write(into: &bytes) }
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "{\"jsonrpc\":\"2.0\",\"id\":\(text),\"result\":{}}")
        client.send(request(id, "made/up"))
        client.send(call(id))
        hand.finishes[0](.failure("x"))
        #expect(client.received.map { $0["id"]?.text } == [text, text])
    }

    @Test(
        "an error without an id to echo has none since 2025-11-25, and null before",
        arguments: [
            (nil, false), (.v2024_11_05, true), (.v2025_03_26, true), (.v2025_06_18, true), (.v2025_11_25, false),
        ] as [(ProtocolVersion?, Bool)])
    func unknownID(revision: ProtocolVersion?, hasNull: Bool) {
        let answer = Client(hand, revision).ask(.string("text"))
        #expect(answer?.keys == (hasNull ? ["error", "id", "jsonrpc"] : ["error", "jsonrpc"]))
        #expect(answer?["id"] == (hasNull ? .null : nil))
        #expect(answer?.code == -32600)
    }

    @Test(
        "an answer that nobody waits for is taken in silence",
        arguments: [
            ["jsonrpc": "2.0", "id": 1, "result": [:]], ["jsonrpc": "2.0", "id": "1", "result": 5],
            ["jsonrpc": "2.0", "id": nil, "error": ["code": 1, "message": "x"]], ["jsonrpc": "2.0", "error": nil],
        ] as [JSONValue])
    func response(message: JSONValue) {
        let client = opened()
        #expect(!client.send(message))
        #expect(client.received == [])
    }

    @Test("a tool may ask the transport to let the connection go; the call goes on")
    func disconnect() {
        let client = opened()
        let id = client.begin("tools/call", callParams)
        hand.requests[0].disconnect(retryAfterMilliseconds: 250)
        #expect(client.pauses == [250])
        #expect(client.requestsInFlight == 1)
        hand.finishes[0](.failure("x"))
        #expect(client.answer(to: id) != nil)
    }

    @Test("a request that the server refuses stops its work and is answered")
    func refuse() {
        let client = opened()
        let id = client.begin("tools/call", callParams)
        hand.requests[0].refuse(RPCError(.internalError, "The server stops."))
        #expect(hand.cancelled == [0])
        #expect(client.answer(to: id)?.code == -32603)
        hand.finishes[0](.failure("late"))
        #expect(client.received.count == 1)
    }
}
