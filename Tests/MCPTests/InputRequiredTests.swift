import JSON
import MCP
import Testing

/// Questions to a client of 2026-07-28, which answers them in a new request.
@Suite struct InputRequiredTests {
    static let every: JSONObject = ["elicitation": [:], "sampling": [:], "roots": [:]]
    static let questions = [
        InputRequired.Question("user", .elicitation(["message": "Which?"])),
        InputRequired.Question("model", .sampling(["maxTokens": 5])), InputRequired.Question("folders", .roots),
    ]
    private let hand = HandTool()

    private func client(_ capabilities: JSONObject = every) -> Client {
        Client(hand, .v2026_07_28, capabilities: capabilities)
    }

    @Test("a tool's questions are a result that asks for input")
    func asked() {
        hand.immediate = .inputRequired(InputRequired(Self.questions, state: "sealed"))
        let answer = client().ask("tools/call", callParams)
        #expect(
            answer?.result == [
                "resultType": "input_required",
                "inputRequests": [
                    "user": ["method": "elicitation/create", "params": ["message": "Which?"]],
                    "model": ["method": "sampling/createMessage", "params": ["maxTokens": 5]],
                    "folders": ["method": "roots/list", "params": [:]],
                ],
                "requestState": "sealed",
                "_meta": resultMeta,
            ])
    }

    @Test("questions without state, and state without questions, leave the other out")
    func halves() {
        hand.immediate = .inputRequired(InputRequired(Self.questions))
        #expect(client().ask("tools/call", callParams)?.result?["requestState"] == nil)
        hand.immediate = .inputRequired(InputRequired([], state: "later"))
        let result = client([:]).ask("tools/call", callParams)?.result
        #expect(result?.keys == ["_meta", "requestState", "resultType"])
    }

    @Test("resources and prompts ask as tools do")
    func others() {
        let input = InputRequired([InputRequired.Question("user", .elicitation([:]))])
        let server = makeServer(
            resources: [resource("a", .inputRequired(input))], prompts: [prompt("p", result: .inputRequired(input))])
        let client = Client(server, .v2026_07_28, capabilities: Self.every)
        for answer in [client.ask("resources/read", ["uri": "a"]), client.ask("prompts/get", ["name": "p"])] {
            #expect(answer?.result?["resultType"] == "input_required")
            #expect(answer?.result?["inputRequests"]?["user"]?["method"] == "elicitation/create")
        }
    }

    @Test("the answers and the state of a new request reach the tool as they came")
    func answered() {
        var params = callParams
        params["inputResponses"] = ["user": ["action": "accept"], "other": 5]
        params["requestState"] = "sealed"
        client().begin("tools/call", params)
        #expect(hand.requests.last?.inputResponses == ["user": ["action": "accept"], "other": 5])
        #expect(hand.requests.last?.requestState == "sealed")
        client().begin("tools/call", callParams)
        #expect(hand.requests.last?.inputResponses == [:])
        #expect(hand.requests.last?.requestState == nil)
    }

    @Test(
        "answers and state of a wrong type are refused before the tool runs",
        arguments: [
            ("inputResponses", 5), ("inputResponses", []), ("inputResponses", nil), ("inputResponses", "a"),
            ("requestState", 5), ("requestState", nil), ("requestState", [:]),
        ] as [(String, JSONValue)])
    func wrongTypes(name: String, value: JSONValue) {
        var params = callParams
        params.set(name, to: value)
        let answer = client().ask("tools/call", params)
        #expect(answer?.code == -32602)
        #expect(answer?.message.contains(name) == true)
        #expect(hand.finishes.count == 0)
    }

    @Test("older clients cannot bring answers in", arguments: legacyRevisions)
    func legacy(revision: ProtocolVersion) {
        var params = callParams
        params["inputResponses"] = ["user": ["action": "accept"]]
        params["requestState"] = "forged"
        Client(hand, revision).begin("tools/call", params)
        #expect(hand.requests.last?.inputResponses == [:])
        #expect(hand.requests.last?.requestState == nil)
    }

    @Test(
        "questions that the client cannot take are an error that names the capabilities, each once",
        arguments: [
            ([:], ["elicitation", "sampling", "roots"]), (["elicitation": [:]], ["sampling", "roots"]),
            (["elicitation": [:], "sampling": [:]], ["roots"]),
            (["elicitation": true, "sampling": [:], "roots": [:]], ["elicitation"]),
            (["elicitation": nil, "sampling": [:], "roots": [:]], ["elicitation"]),
        ] as [(JSONObject, [String])])
    func missing(capabilities: JSONObject, names: [String]) {
        let again = InputRequired.Question("more folders", .roots)
        hand.immediate = .inputRequired(InputRequired(Self.questions + [again]))
        let answer = client(capabilities).ask("tools/call", callParams)
        #expect(answer?.code == -32021)
        let required = JSONObject(names.map { ($0, JSONValue.object([:])) })
        #expect(answer?.error?["data"] == ["requiredCapabilities": .object(required)])
        for name in names { #expect(answer?.message.contains("\"\(name)\"") == true) }
    }

    @Test("a tool knows what its client can do")
    func capabilities() {
        client(["sampling": ["tools": [:]]]).begin("tools/call", callParams)
        let capabilities = hand.requests.last?.clientCapabilities
        #expect(capabilities?.sampling == true)
        #expect(capabilities?.elicitation == false)
        #expect(capabilities?.roots == false)
    }

    @Test(
        "a client takes forms when it says nothing about them, or names them",
        arguments: [
            ([:], true), (["form": [:]], true), (["form": [:], "url": [:]], true), (["url": [:]], false),
        ] as [(JSONObject, Bool)])
    func forms(elicitation: JSONObject, takesForms: Bool) {
        #expect(ClientCapabilities(["elicitation": .object(elicitation)]).elicitation == takesForms)
    }
}
