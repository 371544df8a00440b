import JSON
import MCP
import Testing

/// Batches of 2025-03-26, and arrays in the other revisions.
@Suite struct BatchTests {
    private let hand = HandTool()

    private func client(_ revision: ProtocolVersion = .v2025_03_26) -> Client { Client(hand, revision) }

    private func ids(_ message: JSONValue?) -> [JSONValue?] { message?.array?.map { $0["id"] } ?? [] }

    @Test("a batch is answered with one array, in which notifications and answers have no part")
    func mixed() {
        let client = client()
        client.send([
            request(1, "ping"), notification("notifications/initialized"), request("b", "made/up"), 5,
            ["jsonrpc": "2.0", "id": 9, "result": [:]], request(2, "tools/list"),
        ])
        #expect(client.received.count == 1)
        #expect(ids(client.received.first) == [1, "b", .null, 2])
        #expect(client.received.first?.array?.map { $0["error"]?["code"] } == [nil, -32601, -32600, nil])
    }

    @Test("a batch that asks for nothing is not answered")
    func notifications() {
        let client = client()
        #expect(!client.send([notification("a"), notification("notifications/cancelled", [1])]))
        #expect(client.received == [])
    }

    @Test("a batch of one is answered with an array of one")
    func one() {
        let client = client()
        client.send([request(1, "ping")])
        #expect(client.received == [[["jsonrpc": "2.0", "id": 1, "result": [:]]]])
    }

    @Test("an initialize within a batch is refused, and settles nothing")
    func initialize() {
        let client = client()
        client.send([request(1, "initialize", ["protocolVersion": "2025-11-25"]), request(2, "ping")])
        #expect(ids(client.received.first) == [1, 2])
        #expect(client.received.first?.array?.map { $0["error"]?["code"] } == [-32600, nil])
        #expect(client.session?.version == .v2025_03_26)
    }

    @Test("an empty batch is answered with one error that says so")
    func empty() {
        let client = client()
        client.send("[]")
        #expect(client.received.count == 1)
        #expect(client.received.first?["error"]?["code"] == -32600)
        #expect(client.received.first?["id"] == .null)
        let message = client.received.first?["error"]?["message"]?.string
        #expect(message?.contains("at least one") == true)
    }

    @Test("a batch within a batch is refused for what it is")
    func nested() {
        let client = client()
        client.send([[request(1, "ping")], request(2, "ping")])
        #expect(ids(client.received.first) == [.null, 2])
        #expect(client.received.first?[0]?["error"]?["message"] == "A message must be a JSON object.")
    }

    @Test("a batch at the limit is served, one more message and nothing of it is")
    func limit() {
        let client = client()
        client.send(.array(Array(repeating: request(1, "ping"), count: MCPLimits.batchMax)))
        #expect(client.received.last?.array?.count == MCPLimits.batchMax)
        client.send(.array(Array(repeating: call(1), count: MCPLimits.batchMax + 1)))
        #expect(client.received.count == 2)
        #expect(client.received.last?["error"]?["code"] == -32600)
        #expect(client.received.last?["error"]?["message"]?.string?.contains("\(MCPLimits.batchMax)") == true)
        #expect(hand.arguments.count == 0)
    }

    @Test(
        "an array is no message in the other revisions",
        arguments: ["[]", "[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}]"])
    func otherRevisions(text: String) {
        for revision in [ProtocolVersion.v2024_11_05, .v2025_06_18, .v2025_11_25] {
            let client = client(revision)
            client.send(text)
            #expect(client.received.count == 1)
            #expect(client.received.first?["error"]?["code"] == -32600)
            #expect(client.received.first?["error"]?["message"]?.string?.contains("2025-03-26") == true)
        }
        let unopened = Client(hand)
        unopened.send(text)
        #expect(unopened.received.first?["error"]?["code"] == -32600)
    }

    @Test("the array waits for the last call, whatever the order in which they end")
    func later() {
        let client = client()
        client.send([call(1), request(2, "ping"), call(3), call(4)])
        hand.finishes[2](.failure("c"))
        hand.finishes[0](.failure("a"))
        #expect(client.received == [])
        hand.finishes[1](.failure("b"))
        #expect(client.received.count == 1)
        #expect(ids(client.received.first) == [2, 4, 1, 3])
        #expect(client.requestsInFlight == 0)
    }

    @Test("calls that answer at once do not send the array early")
    func immediate() {
        let client = client()
        hand.immediate = .failure("now")
        client.send([call(1), call(2), request(3, "ping")])
        #expect(client.received.count == 1)
        #expect(ids(client.received.first) == [1, 2, 3])
    }

    @Test("a cancelled call is left out of the array, from outside of the batch and from within")
    func cancelled() {
        let outside = client()
        outside.send([call(1), call(2)])
        outside.send(cancel(1))
        #expect(outside.received == [])
        hand.finishes[1](.failure("x"))
        #expect(outside.received.map(ids) == [[2]])

        let within = client()
        within.send([call(3), cancel(3), request(4, "ping")])
        #expect(hand.cancelled == [0, 2])
        #expect(within.received.map(ids) == [[4]])
    }

    @Test("a batch that is cancelled whole is not answered")
    func allCancelled() {
        let client = client()
        client.send([call(1), call(2)])
        client.send([cancel(1), cancel(2)])
        #expect(hand.cancelled == [0, 1])
        #expect(client.received == [])
        #expect(client.requestsInFlight == 0)
    }

    @Test("batches and single messages do not wait for one another")
    func several() {
        let client = client()
        client.send([call(1)])
        client.send([call(2), request(3, "ping")])
        client.send(request(4, "ping"))
        hand.finishes[1](.failure("x"))
        hand.finishes[0](.failure("x"))
        #expect(client.received.first?["id"] == 4)
        #expect(client.received.dropFirst().map(ids) == [[3, 2], [1]])
    }

    @Test("a call in a batch asks its client by itself, and its answer waits for the batch")
    func questions() {
        let client = Client(hand, .v2025_03_26, capabilities: ["roots": [:]])
        client.send([call(1), call(2)])
        hand.finishes[0](.inputRequired(InputRequired([InputRequired.Question("r", .roots)])))
        #expect(client.received.map { $0["method"] } == ["roots/list"])
        hand.requests[1].log(.warning, "beside")
        #expect(client.received.last?["method"] == "notifications/message")
        hand.finishes[1](.failure("b"))
        // The client may answer in a batch too, which is not answered.
        #expect(!client.send([["jsonrpc": "2.0", "id": client.questions.last?["id"] ?? nil, "result": ["roots": []]]]))
        #expect(hand.requests[2].inputResponses == ["r": ["roots": []]])
        hand.finishes[2](.failure("a"))
        #expect(ids(client.received.last) == [2, 1])
        #expect(client.received.count == 3)
    }
}
