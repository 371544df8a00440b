import JSON
import MCP
import Testing

@Suite struct SessionToolsTests {
    private static let inputSchema = HandTool.input.json
    private let hand = HandTool()

    @Test(
        "a tool is listed with the fields of the revision",
        arguments: [
            (.v2024_11_05, []), (.v2025_03_26, ["annotations"]),
            (.v2025_06_18, ["annotations", "outputSchema", "title"]),
            (.v2025_11_25, ["annotations", "outputSchema", "title"]),
            (.v2026_07_28, ["annotations", "outputSchema", "title"]),
        ] as [(ProtocolVersion, [String])])
    func list(revision: ProtocolVersion, optional: [String]) throws {
        let client = Client(hand, revision)
        let result = try #require(client.ask(request(1, "tools/list", in: revision))?.result?.object)
        let cache = revision == .v2026_07_28 ? ["_meta", "cacheScope", "resultType", "ttlMs"] : []
        #expect(result.map(\.key).sorted() == (cache + ["tools"]).sorted())
        let tools = try #require(result["tools"]?.array)
        #expect(tools.count == 1)
        let tool = try #require(tools.first?.object)
        #expect(tool.map(\.key).sorted() == (["description", "inputSchema", "name"] + optional).sorted())
        #expect(tool["name"] == "look")
        #expect(tool["description"] == "Looks things up.")
        #expect(tool["inputSchema"] == Self.inputSchema)
        if optional.contains("annotations") {
            #expect(tool["annotations"] == ["title": "Look up", "readOnlyHint": true])
        }
        if optional.contains("title") {
            #expect(tool["title"] == "Look up")
            #expect(tool["outputSchema"] == ["type": "object"])
        }
    }

    @Test("the list may be kept for an hour, by all, since 2026-07-28")
    func cache() {
        let client = Client(hand, .v2026_07_28)
        let result = client.ask(request(1, "tools/list", in: .v2026_07_28))?.result
        #expect(result?["ttlMs"] == 3_600_000)
        #expect(result?["cacheScope"] == "public")
        #expect(result?["resultType"] == "complete")
        #expect(result?["_meta"] == ["io.modelcontextprotocol/serverInfo": fullServerInfo])
    }

    @Test("the list has one page: a cursor is refused, null is none", arguments: revisions)
    func cursor(revision: ProtocolVersion) {
        let client = Client(hand, revision)
        for cursor in ["next", "", 1, [:], "at-0", "at-1", "at-100"] as [JSONValue] {
            let answer = client.ask(request(1, "tools/list", ["cursor": cursor], in: revision))
            #expect(answer?.code == -32602)
        }
        #expect(client.ask(request(1, "tools/list", ["cursor": nil], in: revision))?.result != nil)
    }

    @Test(
        "a call of no tool, or without an object of arguments, is an error of the protocol",
        arguments: [
            ([:], "name"), (["name": 5], "name"), (["name": nil], "name"),
            (["name": "made_up"], "\"made_up\""), (["name": "Look"], "\"Look\""), (["name": ""], "\"\""),
            (["name": "look", "arguments": "words"], "arguments"), (["name": "look", "arguments": ["a"]], "arguments"),
            (["name": "look", "arguments": 5], "arguments"), (["name": "look", "arguments": false], "arguments"),
        ] as [(JSONObject, String)])
    func malformedCall(params: JSONObject, named: String) {
        for revision in revisions {
            let client = Client(hand, revision)
            let answer = client.ask(request(1, "tools/call", params, in: revision))
            #expect(answer?.code == -32602)
            #expect(answer?.message.contains(named) == true)
        }
    }

    @Test(
        "what a client names is repeated in a bounded length",
        arguments: ["x", "\u{301}", "👩‍👩‍👧‍👦", "\u{1}"])
    func hostileNames(unit: String) throws {
        let name = "e" + String(repeating: unit, count: 100_000)
        let client = Client(hand, .v2025_11_25)
        let meta: JSONValue = ["io.modelcontextprotocol/protocolVersion": .string(name)]
        let answers = [
            client.ask(request(1, "tools/call", ["name": .string(name)])), client.ask(request(1, name)),
            client.ask(request(1, "tools/list", ["_meta": meta])), client.ask(call(1, .object([name: 1]))),
        ]
        for answer in answers {
            let sent = try #require(answer)
            let count = sent.serialized().count
            #expect(count < 1_000)
            let isCut = sent.text.contains("…")
            #expect(isCut)
        }
    }

    @Test("a name of 64 characters is repeated whole, a longer one is cut")
    func quoteLimit() {
        let client = Client(hand, .v2025_11_25)
        let name = String(repeating: "é", count: MCPLimits.quoteMax)
        #expect(client.ask(request(1, name))?.message.contains("\"\(name)\"") == true)
        #expect(client.ask(request(1, name + "é"))?.message.contains("\"\(name)…\"") == true)
    }

    @Test("arguments that the schema refuses are a result that the model reads", arguments: revisions)
    func refusedInput(revision: ProtocolVersion) throws {
        let client = Client(hand, revision)
        let params: JSONObject = ["name": "look", "arguments": ["page": 9]]
        let result = try #require(client.ask(request(1, "tools/call", params, in: revision))?.result)
        #expect(result["isError"] == true)
        #expect(result["structuredContent"] == nil)
        #expect(result["resultType"] == (revision == .v2026_07_28 ? "complete" : nil))
        let message = try #require(text(of: result))
        #expect(message.contains("page"))
        #expect(message.contains("words"))
        #expect(hand.finishes.count == 0)
    }

    @Test("arguments may be left out or null", arguments: [["name": "look"], ["name": "look", "arguments": nil]])
    func noArguments(params: JSONObject) {
        let client = Client(hand, .v2025_11_25)
        #expect(text(of: client.ask(request(1, "tools/call", params))?.result)?.contains("words is missing") == true)
    }

    @Test("a call hands on its checked arguments")
    func arguments() {
        Client(hand, .v2025_11_25).send(call(1, ["words": "é", "page": 2.0]))
        let arguments = hand.arguments.first
        #expect(arguments?.string("words") == "é")
        #expect(arguments?.integer("page") == 2)
        #expect(arguments?.value("page") == 2)
        #expect(arguments?.string("page") == nil)
        #expect(arguments?.bool("page") == nil)
        #expect(arguments?.integer("other") == nil)
    }

    @Test("a structured result is text, and since 2025-06-18 structured content too", arguments: revisions)
    func structured(revision: ProtocolVersion) {
        let client = Client(hand, revision)
        let value: JSONValue = ["title": "é\n\"", "rows": [1, 2.5, nil]]
        hand.immediate = .structured(StructuredContent(value))
        var expected: JSONObject = ["content": [["type": "text", "text": .string(value.text)]]]
        if revision.rawValue >= ProtocolVersion.v2025_06_18.rawValue { expected["structuredContent"] = value }
        if revision == .v2026_07_28 {
            expected["resultType"] = "complete"
            expected["_meta"] = resultMeta
        }
        let message = request("c", "tools/call", callParams, in: revision)
        #expect(client.ask(message) == ["jsonrpc": "2.0", "id": "c", "result": .object(expected)])
    }

    @Test("a failure is text that is marked as an error", arguments: revisions)
    func failure(revision: ProtocolVersion) {
        let client = Client(hand, revision)
        hand.immediate = .failure("no luck")
        let result = client.ask("tools/call", callParams)?.result
        #expect(result?["content"] == [["type": "text", "text": "no luck"]])
        #expect(result?["isError"] == true)
        #expect(result?["structuredContent"] == nil)
    }

    @Test("a tool may refuse a call with an error of the protocol", arguments: revisions)
    func refused(revision: ProtocolVersion) {
        let client = Client(hand, revision)
        hand.immediate = .refused(RPCError(.invalidParams, "forged", data: [1]))
        let answer = client.ask("tools/call", callParams)
        #expect(answer?.error == ["code": -32602, "message": "forged", "data": [1]])
        #expect(answer?.result == nil)
    }
}
