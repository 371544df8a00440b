import JSON
import MCP
import Testing

@Suite struct SessionToolsTests {
    private static let inputSchema = HandTool.input.json

    @Test(
        "a tool is listed with the fields of the revision",
        arguments: [
            (.v2024_11_05, []), (.v2025_03_26, ["annotations"]),
            (.v2025_06_18, ["annotations", "outputSchema", "title"]),
            (.v2025_11_25, ["annotations", "outputSchema", "title"]),
            (.v2026_07_28, ["annotations", "outputSchema", "title"]),
        ] as [(ProtocolVersion, [String])])
    func list(revision: ProtocolVersion, optional: [String]) throws {
        var session = Session.open(revision)
        let result = try #require(session.take(request(1, "tools/list", in: revision)).result?.object)
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
            #expect(tool["annotations"] == ["title": "Look up", "readOnlyHint": true, "openWorldHint": true])
        }
        if optional.contains("title") {
            #expect(tool["title"] == "Look up")
            #expect(tool["outputSchema"] == ["type": "object"])
        }
    }

    @Test("the list may be kept for an hour, by all, since 2026-07-28")
    func cache() {
        var session = Session.open(.v2026_07_28)
        let result = session.take(request(1, "tools/list", in: .v2026_07_28)).result
        #expect(result?["ttlMs"] == 3_600_000)
        #expect(result?["cacheScope"] == "public")
        #expect(result?["resultType"] == "complete")
        #expect(result?["_meta"] == ["io.modelcontextprotocol/serverInfo": fullServerInfo])
    }

    @Test("the list has one page: a cursor is refused, null is none", arguments: revisions)
    func cursor(revision: ProtocolVersion) {
        var session = Session.open(revision)
        for cursor in ["next", "", 1, [:]] as [JSONValue] {
            let answer = session.take(request(1, "tools/list", ["cursor": cursor], in: revision))
            #expect(answer.errorCode == -32602)
        }
        #expect(session.take(request(1, "tools/list", ["cursor": nil], in: revision)).result != nil)
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
            var session = Session.open(revision)
            let answer = session.take(request(1, "tools/call", params, in: revision))
            #expect(answer.errorCode == -32602)
            #expect(answer.errorMessage.contains(named))
        }
    }

    @Test(
        "what a client names is repeated in a bounded length",
        arguments: ["x", "\u{301}", "👩‍👩‍👧‍👦", "\u{1}"])
    func hostileNames(unit: String) throws {
        let name = "e" + String(repeating: unit, count: 100_000)
        var session = Session.open(.v2025_11_25)
        let meta: JSONValue = ["io.modelcontextprotocol/protocolVersion": .string(name)]
        let answers = [
            session.take(request(1, "tools/call", ["name": .string(name)])), session.take(request(1, name)),
            session.take(request(1, "tools/list", ["_meta": meta])), session.take(call(1, .object([name: 1]))),
        ]
        for answer in answers {
            let sent = try #require(answer.sent)
            let count = sent.serialized().count
            #expect(count < 1_000)
            let isCut = sent.text.contains("…")
            #expect(isCut)
        }
    }

    @Test("a name of 64 characters is repeated whole, a longer one is cut")
    func quoteLimit() {
        var session = Session.open(.v2025_11_25)
        let name = String(repeating: "é", count: Limits.quoteMax)
        #expect(session.take(request(1, name)).errorMessage.contains("\"\(name)\""))
        #expect(session.take(request(1, name + "é")).errorMessage.contains("\"\(name)…\""))
    }

    @Test("arguments that the schema refuses are a result that the model reads", arguments: revisions)
    func refusedInput(revision: ProtocolVersion) throws {
        var session = Session.open(revision)
        let params: JSONObject = ["name": "look", "arguments": ["page": 9]]
        let result = try #require(session.take(request(1, "tools/call", params, in: revision)).result)
        #expect(result["isError"] == true)
        #expect(result["structuredContent"] == nil)
        #expect(result["resultType"] == (revision == .v2026_07_28 ? "complete" : nil))
        let message = try #require(text(of: result))
        #expect(message.contains("page"))
        #expect(message.contains("words"))
        #expect(session.take(cancel(1)).isNone)
    }

    @Test("arguments may be left out or null", arguments: [["name": "look"], ["name": "look", "arguments": nil]])
    func noArguments(params: JSONObject) {
        var session = Session.open(.v2025_11_25)
        #expect(text(of: session.take(request(1, "tools/call", params)).result)?.contains("words is missing") == true)
    }

    @Test("a call hands on its checked arguments")
    func arguments() throws {
        var session = Session.open(.v2025_11_25)
        guard case .call(_, let tool, let arguments) = session.take(call(1, ["words": "é", "page": 2.0])) else {
            Issue.record("no call")
            return
        }
        #expect(tool.name == "look")
        #expect(arguments.string("words") == "é")
        #expect(arguments.integer("page") == 2)
        #expect(arguments.string("page") == nil)
        #expect(arguments.integer("other") == nil)
    }

    @Test("a structured result is text, and since 2025-06-18 structured content too", arguments: revisions)
    func structured(revision: ProtocolVersion) throws {
        var session = Session.open(revision)
        let params: JSONObject = ["name": "look", "arguments": ["words": "a"]]
        let id = try #require(session.take(request("c", "tools/call", params, in: revision)).started)
        let value: JSONValue = ["title": "é\n\"", "rows": [1, 2.5, nil]]
        let answer = session.finish(id, .structured(value))
        var expected: JSONObject = ["content": [["type": "text", "text": .string(value.text)]]]
        if revision.rawValue >= ProtocolVersion.v2025_06_18.rawValue { expected["structuredContent"] = value }
        if revision == .v2026_07_28 {
            expected["resultType"] = "complete"
            expected["_meta"] = ["io.modelcontextprotocol/serverInfo": fullServerInfo]
        }
        #expect(answer.sent == ["jsonrpc": "2.0", "id": "c", "result": .object(expected)])
    }

    @Test("a failure is text that is marked as an error", arguments: revisions)
    func failure(revision: ProtocolVersion) throws {
        var session = Session.open(revision)
        let params: JSONObject = ["name": "look", "arguments": ["words": "a"]]
        let id = try #require(session.take(request(1, "tools/call", params, in: revision)).started)
        let result = try #require(session.finish(id, .failure("no luck")).result)
        #expect(result["content"] == [["type": "text", "text": "no luck"]])
        #expect(result["isError"] == true)
        #expect(result["structuredContent"] == nil)
    }
}
