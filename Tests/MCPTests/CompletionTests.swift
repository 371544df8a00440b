import JSON
import MCP
import Testing

@Suite struct CompletionTests {
    /// Keeps what it is asked and answers with what it was made with.
    private final class Source {
        private(set) var queries: [Completion.Query] = []
        private let result: Completion.Result

        init(_ result: Completion.Result) { self.result = result }

        var completion: Completion {
            Completion(argument: "x") { [self] query, _, finish in
                queries.append(query)
                finish(result)
                return {}
            }
        }
    }

    private static let promptRef: JSONValue = ["type": "ref/prompt", "name": "p"]
    private static let templateRef: JSONValue = ["type": "ref/resource", "uri": "a://{x}"]

    private func server(_ completion: Completion) -> Server {
        let arguments = ["x", "y"].map { Prompt.Argument($0, title: "T", description: "D") }
        return makeServer(
            resources: [resource("a://fixed/uri")], templates: [template("a://{x}", completions: [completion])],
            prompts: [prompt("p", arguments, completions: [completion])])
    }

    private func complete(
        _ completion: Completion, _ params: JSONObject, _ revision: ProtocolVersion = .v2025_11_25
    ) -> JSONValue? {
        Client(server(completion), revision).ask("completion/complete", params)
    }

    private func completed(_ result: Completion.Result) -> JSONValue? {
        let params: JSONObject = ["ref": Self.promptRef, "argument": ["name": "x", "value": ""]]
        return complete(Source(result).completion, params)?.result?["completion"]
    }

    @Test("prompts and templates are completed", arguments: revisions)
    func references(revision: ProtocolVersion) {
        for ref in [Self.promptRef, Self.templateRef] {
            let source = Source(Completion.Result(["alien", "aliens"], total: 2))
            let answer = complete(
                source.completion, ["ref": ref, "argument": ["name": "x", "value": "al"]], revision)
            #expect(
                answer?.result?["completion"] == ["values": ["alien", "aliens"], "total": 2, "hasMore": false])
            #expect(answer?.result?["resultType"] == (revision.era == .modern ? "complete" : nil))
            #expect(source.queries.map(\.value) == ["al"])
            #expect(source.queries.first?.settled.isEmpty == true)
        }
    }

    @Test("what was settled before is handed on when it is text")
    func context() {
        let source = Source(Completion.Result([]))
        let context: JSONValue = ["arguments": ["y": "b", "n": 5, "z": "c", "null": nil]]
        let params: JSONObject = [
            "ref": Self.promptRef, "argument": ["name": "x", "value": ""], "context": context,
        ]
        #expect(complete(source.completion, params)?.result != nil)
        #expect(source.queries.first?.settled.map { "\($0.name)=\($0.value)" } == ["y=b", "z=c"])
    }

    @Test(
        "at most so many values are sent, and it is said when there are more",
        arguments: [
            (0, nil, 0, false), (0, 0, 0, false), (MCPLimits.completionsMax, nil, MCPLimits.completionsMax, false),
            (MCPLimits.completionsMax + 1, nil, MCPLimits.completionsMax, true),
            (MCPLimits.completionsMax, MCPLimits.completionsMax, MCPLimits.completionsMax, false),
            (MCPLimits.completionsMax, MCPLimits.completionsMax + 1, MCPLimits.completionsMax, true),
            (MCPLimits.completionsMax + 1, MCPLimits.completionsMax + 1, MCPLimits.completionsMax, true),
            (5, 9, 5, true),
        ] as [(Int, Int?, Int, Bool)])
    func limit(count: Int, total: Int?, sent: Int, hasMore: Bool) {
        let values = (0..<count).map { "v\($0)" }
        let completion = completed(Completion.Result(values, total: total))
        #expect(completion?["values"]?.array == values.prefix(sent).map { .string($0) })
        #expect(completion?["total"]?.int == total)
        #expect(completion?["hasMore"]?.bool == hasMore)
    }

    @Test("an argument without completions has no values", arguments: ["y", "made up", ""])
    func otherArgument(name: String) {
        let source = Source(Completion.Result(["a"]))
        for ref in [Self.promptRef, Self.templateRef] {
            let params: JSONObject = ["ref": ref, "argument": ["name": .string(name), "value": "a"]]
            let completion = complete(source.completion, params)?.result?["completion"]
            #expect(completion == ["values": [], "total": 0, "hasMore": false])
        }
        #expect(source.queries.count == 0)
    }

    @Test("a resource at a fixed URI has nothing to complete")
    func fixedURI() {
        let ref: JSONValue = ["type": "ref/resource", "uri": "a://fixed/uri"]
        let params: JSONObject = ["ref": ref, "argument": ["name": "x", "value": "a"]]
        let answer = complete(Source(Completion.Result(["a"])).completion, params)
        #expect(answer?.result?["completion"]?["values"] == [])
    }

    @Test(
        "what names nothing is refused",
        arguments: [
            (["type": "ref/prompt", "name": "q"], "prompts/list"), (["type": "ref/prompt"], "prompts/list"),
            (["type": "ref/prompt", "name": 5], "prompts/list"), (["type": "ref/prompt", "uri": "p"], "prompts/list"),
            (["type": "ref/resource", "uri": "b://{x}"], "templates/list"),
            (["type": "ref/resource"], "templates/list"),
            (["type": "ref/tool", "name": "p"], "ref.type"), (["name": "p"], "ref.type"), ([:], "ref.type"),
            ("p", "ref.type"), (nil, "ref.type"),
        ] as [(JSONValue, String)])
    func unknownReference(ref: JSONValue, words: String) {
        for revision in revisions {
            let params: JSONObject = ["ref": ref, "argument": ["name": "x", "value": ""]]
            let answer = complete(Source(Completion.Result([])).completion, params, revision)
            #expect(answer?.code == -32602)
            #expect(answer?.message.contains(words) == true)
        }
    }

    @Test(
        "an argument needs a name and a value as text",
        arguments: [
            nil, [:], ["name": "x"], ["value": "a"], ["name": 5, "value": "a"], ["name": "x", "value": 5], "x",
        ]
            as [JSONValue])
    func noArgument(argument: JSONValue) {
        let params: JSONObject = ["ref": Self.promptRef, "argument": argument]
        #expect(complete(Source(Completion.Result([])).completion, params)?.code == -32602)
    }

    @Test(
        "a fixed list is completed by what was typed, whatever the case of ASCII letters",
        arguments: [
            ("", ["Drama", "drift", "Élan", "comedy"]), ("dr", ["Drama", "drift"]), ("DRI", ["drift"]), ("É", ["Élan"]),
            ("x", []), ("dramatic", []),
        ] as [(String, [String])])
    func fixedList(typed: String, found: [String]) {
        let completion = Completion(argument: "x", from: ["Drama", "drift", "Élan", "comedy"])
        let params: JSONObject = ["ref": Self.promptRef, "argument": ["name": "x", "value": .string(typed)]]
        let result = complete(completion, params)?.result?["completion"]
        #expect(result?["values"]?.array == found.map { .string($0) })
        #expect(result?["total"]?.int == found.count)
    }

    @Test("a server without completions has no such method and no such capability", arguments: revisions)
    func none(revision: ProtocolVersion) {
        let client = Client(makeServer(prompts: [prompt("p")]), revision)
        #expect(client.ask("completion/complete")?.code == -32601)
    }
}
