import JSON
import MCP
import Testing

/// Questions to clients of the legacy era, which are asked by requests of the server's.
@Suite struct InterviewTests {
    private let hand = HandTool()

    private func client(
        _ revision: ProtocolVersion = .v2025_11_25, _ capabilities: JSONObject = InputRequiredTests.every
    ) -> Client {
        Client(hand, revision, capabilities: capabilities)
    }

    private func ask(_ call: Int, _ keys: [String], state: String? = nil) {
        let questions = keys.map { InputRequired.Question($0, .elicitation(["message": .string($0)])) }
        hand.finishes[call](.inputRequired(InputRequired(questions, state: state)))
    }

    @Test(
        "the questions are asked with ids of their own, and the tool goes on with all answers",
        arguments: legacyRevisions)
    func several(revision: ProtocolVersion) {
        let client = client(revision)
        let id = client.begin("tools/call", callParams)
        hand.finishes[0](.inputRequired(InputRequired(InputRequiredTests.questions, state: "kept")))
        let questions = client.questions
        #expect(questions.map { $0["method"] } == ["elicitation/create", "sampling/createMessage", "roots/list"])
        #expect(questions.map { $0["params"] } == [["message": "Which?"], ["maxTokens": 5], [:]])
        #expect(Set(questions.compactMap { $0["id"]?.int64 }).count == 3)
        client.reply(to: questions[2], ["roots": []])
        client.reply(to: questions[0], ["action": "accept"])
        #expect(hand.finishes.count == 1)
        client.reply(to: questions[1], ["role": "assistant"])
        #expect(hand.finishes.count == 2)
        #expect(
            hand.requests[1].inputResponses == [
                "user": ["action": "accept"], "model": ["role": "assistant"], "folders": ["roots": []],
            ])
        #expect(hand.requests[1].requestState == "kept")
        hand.finishes[1](.structured(StructuredContent(["done": true])))
        #expect(text(of: client.answer(to: id)?.result) == "{\"done\":true}")
        #expect(client.requestsInFlight == 0)
        #expect(hand.cancelled == [])
    }

    @Test("resources and prompts ask as tools do")
    func others() {
        let input = InputRequired([InputRequired.Question("user", .elicitation([:]))])
        let asking = Resource(uri: "a", name: "n", title: "T", description: "D", mimeType: "m") { request, finish in
            let isAnswered = request.inputResponses["user"] != nil
            finish(isAnswered ? .contents([], .none) : .inputRequired(input))
            return {}
        }
        let server = makeServer(resources: [asking], prompts: [prompt("p", result: .inputRequired(input))])
        let client = Client(server, .v2025_11_25, capabilities: InputRequiredTests.every)
        let read = client.begin("resources/read", ["uri": "a"])
        client.reply(to: client.questions.last, [:])
        #expect(client.answer(to: read)?.result == ["contents": []])
        let get = client.begin("prompts/get", ["name": "p"])
        client.reply(to: client.questions.last, error: "no")
        #expect(client.answer(to: get)?.code == -32603)
        #expect(client.answer(to: get)?.message.hasSuffix("no") == true)
    }

    @Test("each question of a session has another id, whoever asks")
    func freshIDs() {
        let client = client()
        for call in 0..<3 {
            client.begin("tools/call", callParams)
            ask(call, ["a", "b"])
        }
        #expect(Set(client.questions.compactMap { $0["id"]?.int64 }).count == 6)
        client.reply(to: client.questions[3], ["for": 1])
        client.reply(to: client.questions[2], ["for": 1])
        #expect(hand.finishes.count == 4)
        #expect(hand.requests[3] === hand.requests[1])
    }

    @Test("an answer counts once, and one to no question not at all")
    func strangeAnswers() {
        let client = client()
        client.begin("tools/call", callParams)
        ask(0, ["a", "b"])
        let question = client.questions.first
        client.reply(to: question, [:])
        client.reply(to: question, [:])
        client.reply(to: ["id": 99], [:])
        client.reply(to: ["id": "1"], [:])
        client.reply(to: ["id": nil], [:])
        #expect(hand.finishes.count == 1)
        client.reply(to: client.questions.last, ["action": "decline"])
        #expect(hand.requests.last?.inputResponses == ["a": [:], "b": ["action": "decline"]])
    }

    @Test("an error of the client's ends the call in words that a model reads")
    func refused() {
        let client = client()
        let id = client.begin("tools/call", callParams)
        ask(0, ["a", "b"])
        client.reply(to: client.questions.first, error: "the user is away")
        #expect(client.answer(to: id)?.result?["isError"] == true)
        #expect(text(of: client.answer(to: id)?.result)?.contains("the user is away") == true)
        client.reply(to: client.questions.last, [:])
        #expect(hand.finishes.count == 1)
        #expect(client.requestsInFlight == 0)
    }

    @Test("a long error of the client's is cut, and one without words is taken", arguments: [nil, 100_000])
    func errorWords(length: Int?) {
        let client = client()
        let id = client.begin("tools/call", callParams)
        ask(0, ["a"])
        if let length {
            client.reply(to: client.questions.last, error: String(repeating: "x", count: length))
        } else {
            client.send(["jsonrpc": "2.0", "id": client.questions.last?["id"] ?? nil, "error": 5])
        }
        let words = text(of: client.answer(to: id)?.result) ?? ""
        #expect((1..<200).contains(words.utf8.count))
    }

    @Test("a tool may ask in rounds up to the limit, and one more ends the call", arguments: [true, false])
    func rounds(asksBeyond: Bool) {
        let client = client()
        let id = client.begin("tools/call", callParams)
        for round in 0..<MCPLimits.roundsMax {
            ask(round, ["r\(round)"], state: "s\(round)")
            client.reply(to: client.questions.last, ["n": .number(JSONNumber(round))])
            #expect(hand.requests.last?.requestState == "s\(round)")
            #expect(hand.requests.last?.inputResponses.map(\.key) == ["r\(round)"])
        }
        #expect(client.answer(to: id) == nil)
        if asksBeyond {
            ask(MCPLimits.roundsMax, ["more"])
            #expect(client.answer(to: id)?.code == -32603)
            #expect(client.answer(to: id)?.message.contains("\(MCPLimits.roundsMax)") == true)
        } else {
            hand.finishes[MCPLimits.roundsMax](.content([]))
            #expect(client.answer(to: id)?.result != nil)
        }
        #expect(client.questions.count == MCPLimits.roundsMax)
        #expect(client.requestsInFlight == 0)
        #expect(hand.cancelled == [])
    }

    @Test("a tool that only hands itself state goes on at once, and not for ever")
    func stateOnly() {
        hand.immediate = .inputRequired(InputRequired([], state: "again"))
        let answer = client().ask("tools/call", callParams)
        #expect(answer?.code == -32603)
        #expect(hand.finishes.count == MCPLimits.roundsMax + 1)
    }

    @Test("a call that is cancelled while it asks forgets its questions and does not go on")
    func cancelled() {
        let client = client()
        let id = client.begin("tools/call", callParams)
        ask(0, ["a"])
        let question = client.questions.last
        client.clear()
        client.send(cancel(id))
        client.reply(to: question, [:])
        #expect(client.received == [])
        #expect(hand.finishes.count == 1)
        #expect(hand.cancelled == [])
        #expect(client.cancellations == 1)
    }

    @Test("a call that has gone on after its questions is cancelled as others are", arguments: [true, false])
    func cancelledLater(answersAtOnce: Bool) {
        let client = client()
        if answersAtOnce {
            client.onReceive = { [unowned client] message in
                if message["method"] != nil { client.reply(to: message, [:]) }
            }
        }
        let id = client.begin("tools/call", callParams)
        ask(0, ["a", "b"])
        if !answersAtOnce { for question in client.questions { client.reply(to: question, [:]) } }
        #expect(hand.finishes.count == 2)
        client.send(cancel(id))
        #expect(hand.cancelled == [1])
        #expect(client.requestsInFlight == 0)
    }

    @Test("a client that refuses a question at once is asked no more")
    func refusedAtOnce() {
        let client = client()
        client.onReceive = { [unowned client] message in
            if message["method"] != nil { client.reply(to: message, error: "no") }
        }
        let id = client.begin("tools/call", callParams)
        ask(0, ["a", "b"])
        #expect(client.questions.count == 1)
        #expect(client.answer(to: id)?.result?["isError"] == true)
    }

    @Test("a client without the capability is not asked; a model reads why", arguments: legacyRevisions)
    func noCapability(revision: ProtocolVersion) {
        let client = client(revision, ["sampling": [:]])
        let id = client.begin("tools/call", callParams)
        ask(0, ["a"])
        #expect(client.questions == [])
        #expect(client.answer(to: id)?.result?["isError"] == true)
        #expect(text(of: client.answer(to: id)?.result)?.contains("\"elicitation\"") == true)
        let input = InputRequired([InputRequired.Question("a", .roots)])
        let prompts = Client(makeServer(prompts: [prompt("p", result: .inputRequired(input))]), revision)
        #expect(prompts.ask("prompts/get", ["name": "p"])?.code == -32600)
    }

    @Test("closing the session while a call asks leaves nothing behind")
    func close() {
        let client = client()
        client.begin("tools/call", callParams)
        ask(0, ["a"])
        let question = client.questions.last
        client.session?.close()
        client.reply(to: question, [:])
        #expect(hand.finishes.count == 1)
        #expect(client.requestsInFlight == 0)
    }
}
