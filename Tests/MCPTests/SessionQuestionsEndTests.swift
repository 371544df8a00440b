import JSON
import MCP
import Testing

@Suite struct SessionQuestionsEndTests {
    @Test("a call that waits for its client fails when the client sends nothing more")
    func endQuestions() throws {
        let asking = Tool(
            name: "ask", title: "Ask", description: "Asks.", input: InputSchema([]),
            annotations: ToolAnnotations(.readsOnly, isOpenWorld: false)
        ) { _, request, finish in
            let questions = [
                InputRequired.Question("a", .roots), InputRequired.Question("b", .sampling(["maxTokens": 1])),
            ]
            finish(request.inputResponses.isEmpty ? .inputRequired(InputRequired(questions)) : .content([]))
            return {}
        }
        let server = Server(
            implementation: Implementation(
                name: "sample", title: "", version: "1", description: "", websiteURL: "https://example.com"),
            instructions: "", tools: [asking])
        let session = Session(server: server) { _ in }
        var answers: [OutgoingMessage] = []
        func send(_ message: JSONValue) throws {
            session.receive(.message(try IncomingMessage(message))) { reply in
                if case .answer(let answer) = reply { answers.append(answer) }
            }
        }
        let capabilities: JSONValue = ["roots": [:], "sampling": [:]]
        try send([
            "jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": ["protocolVersion": "2025-11-25", "capabilities": capabilities],
        ])
        try send(["jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": ["name": "ask"]])
        // One of two answers is there: the call waits for the other.
        try send(["jsonrpc": "2.0", "id": 1, "result": ["roots": []]])
        #expect(session.requestsInFlight == 1)
        session.endQuestions()
        #expect(session.requestsInFlight == 0)
        #expect(answers.count == 2)
        var bytes: [UInt8] = []
        try #require(answers.last).write(into: &bytes)
        let failure = try JSONValue(parsing: bytes)
        #expect(failure["id"] == 2)
        #expect(failure["result"]?["isError"] == true)
        session.endQuestions()
        #expect(answers.count == 2)
    }
}
