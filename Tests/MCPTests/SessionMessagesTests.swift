import JSON
import MCP
import Testing

@Suite struct SessionMessagesTests {
    private let hand = HandTool()

    @Test("a tool that answers at once is answered at once", arguments: legacyRevisions)
    func immediate(revision: ProtocolVersion) {
        hand.immediate = .failure("now")
        let client = Client(hand, revision)
        client.send(call(1))
        #expect(client.received.map { text(of: $0["result"]) } == ["now"])
        #expect(client.requestsInFlight == 0)
        client.send(cancel(1))
        client.session?.close()
        #expect(hand.cancelled == [])
        #expect(client.received.count == 1)
    }

    @Test("tools that answer later are answered in the order in which they end")
    func later() {
        let client = Client(hand, .v2025_11_25)
        for id in 1...3 { client.send(call(.number(JSONNumber(id)))) }
        #expect(client.received == [])
        #expect(client.requestsInFlight == 3)
        client.send(request("between", "ping"))
        for number in [2, 0, 1] {
            hand.finishes[number](.structured(StructuredContent(["number": .number(JSONNumber(number))])))
        }
        #expect(client.received.map { $0["id"] } == ["between", 3, 1, 2])
        #expect(client.received.map { $0["result"]?["structuredContent"]?["number"] } == [nil, 2, 0, 1])
        #expect(client.requestsInFlight == 0)
    }

    @Test("a cancelled call stops its tool, and no other")
    func cancellation() {
        let client = Client(hand, .v2025_11_25)
        for id in 1...3 { client.send(call(.number(JSONNumber(id)))) }
        client.send(cancel(2))
        client.send(cancel(2))
        #expect(hand.cancelled == [1])
        #expect(client.requestsInFlight == 2)
        hand.finishes[0](.failure("x"))
        hand.finishes[2](.failure("x"))
        #expect(client.received.map { $0["id"] } == [1, 3])
    }

    @Test("closing stops each tool once, and its request is not answered")
    func close() {
        let client = Client(hand, .v2025_03_26)
        client.send(call(1))
        client.send([call(2), request(3, "ping")])
        client.session?.close()
        client.session?.close()
        #expect(hand.cancelled.sorted() == [0, 1])
        #expect(client.requestsInFlight == 0)
        for request in hand.requests {
            request.log(.emergency, "late")
            request.report(progress: 1)
        }
        for finish in hand.finishes { finish(.failure("late")) }
        // What a batch had answered already is not lost.
        #expect(client.received == [[["jsonrpc": "2.0", "id": 3, "result": [:]]]])
        #expect(client.cancellations == 1)
    }

    @Test(
        "bytes that are no JSON are a parse error that says where",
        arguments: [
            "", "{", "nonsense", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}}", "\u{FEFF}",
            "\u{FEFF}\u{FEFF}{}", "{}\u{FEFF}",
            "\"\u{1}\"",
        ])
    func notJSON(text: String) {
        let client = Client(hand)
        client.send(text)
        #expect(client.received.count == 1)
        #expect(client.received.first?["error"]?["code"] == -32700)
        #expect(client.received.first?["error"]?["message"]?.string?.contains("offset") == true)
        #expect(client.received.first?["id"] == nil)
    }

    @Test("a byte-order mark before a message is passed over")
    func byteOrderMark() {
        let client = Client(hand)
        client.send("\u{FEFF}{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
        #expect(client.received == [["jsonrpc": "2.0", "id": 1, "result": [:]]])
    }

    @Test("a message that was too long is answered with the limit")
    func tooLong() {
        let client = Client(hand, .v2024_11_05)
        client.send(.tooLong)
        #expect(client.received.first?["error"]?["code"] == -32600)
        #expect(client.received.first?["error"]?["message"]?.string?.contains("\(MCPLimits.messageBytesMax)") == true)
        #expect(client.received.first?["id"] == .null)
    }

    @Test("malformed messages are answered with their id, and the connection lives on")
    func malformed() {
        let client = Client(hand, .v2025_11_25)
        client.send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":5}")
        client.send(request(8, "ping"))
        #expect(client.received.map { $0["id"] } == [7, 8])
        #expect(client.received.map { $0["error"]?["code"] } == [-32600, nil])
    }

    @Test("an answer may bring the next message in")
    func reentrance() {
        hand.immediate = .failure("now")
        let client = Client(hand)
        client.onReceive = { [unowned client] _ in
            if client.received.count < 4 { client.send(call("next")) }
        }
        client.send(initialize("2025-11-25"))
        #expect(client.received.map { $0["id"] } == [0, "next", "next", "next"])
        #expect(client.requestsInFlight == 0)
    }

    @Test("a session that is closed while a tool begins stops that tool")
    func closedWithin() {
        let client = Client(hand, .v2025_11_25)
        hand.onRun = { [unowned client] _ in client.session?.close() }
        client.send(call(1))
        #expect(hand.cancelled == [0])
        #expect(client.received == [])
        #expect(client.cancellations == 1)
    }
}
