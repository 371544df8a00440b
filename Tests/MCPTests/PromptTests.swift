import JSON
import MCP
import Testing

@Suite struct PromptTests {
    private static let arguments = [
        Prompt.Argument("title", title: "Title", description: "which movie", isRequired: true),
        Prompt.Argument("tone", title: "Tone", description: "how to speak"),
    ]

    private let server = makeServer(prompts: [
        Prompt(name: "review", title: "Review", description: "Reviews.", arguments: arguments) { arguments, _, finish in
            let words = "\(arguments.string("title") ?? "?")/\(arguments.string("tone") ?? "?")"
            finish(
                .messages([
                    PromptResult.Message(.user, .text(words)),
                    PromptResult.Message(.assistant, .image(data: "AA==", mimeType: "image/png")),
                ]))
            return {}
        },
        prompt("broken", result: .failure("no luck")),
        prompt("refused", result: .refused(RPCError(.invalidParams, "forged"))),
    ])

    private func get(_ params: JSONObject, _ revision: ProtocolVersion = .v2025_11_25) -> JSONValue? {
        Client(server, revision).ask("prompts/get", params)
    }

    @Test("a prompt gives its messages and its description", arguments: revisions)
    func messages(revision: ProtocolVersion) {
        var expected: JSONObject = [
            "description": "Reviews.",
            "messages": [
                ["role": "user", "content": ["type": "text", "text": "Alien/dry"]],
                ["role": "assistant", "content": ["type": "image", "data": "AA==", "mimeType": "image/png"]],
            ],
        ]
        if revision.era == .modern {
            expected["resultType"] = "complete"
            expected["_meta"] = resultMeta
        }
        let answer = get(["name": "review", "arguments": ["title": "Alien", "tone": "dry"]], revision)
        #expect(answer?.result == .object(expected))
    }

    @Test(
        "an argument that may be left out may be null",
        arguments: [["title": "A"], ["title": "A", "tone": nil], ["title": "A", "tone": " "]])
    func optional(arguments: JSONValue) {
        let result = get(["name": "review", "arguments": arguments])?.result
        #expect(result?["messages"]?[0]?["content"]?["text"] == "A/?")
    }

    @Test(
        "wrong arguments are refused with what is wrong",
        arguments: [
            (["name": "review"], "title is missing: which movie"),
            (["name": "review", "arguments": nil], "title is missing"),
            (["name": "review", "arguments": [:]], "title is missing"),
            (["name": "review", "arguments": ["title": nil]], "title is missing"),
            (["name": "review", "arguments": ["title": " "]], "title is missing"),
            (["name": "review", "arguments": ["title": 5]], "title must be a string, not a number"),
            (["name": "review", "arguments": ["title": "A", "tone": ["x"]]], "tone must be a string, not an array"),
            (["name": "review", "arguments": ["title": "A", "year": "1979"]], "review has no argument \"year\""),
            (["name": "review", "arguments": ["title": "A", "Title": "B"]], "no argument \"Title\""),
            (["name": "review", "arguments": ["A"]], "arguments must be an object"),
            (["name": "review", "arguments": "A"], "arguments must be an object"),
            (["name": "made up"], "\"made up\": see prompts/list"), (["name": ""], "\"\""),
            (["name": "Review"], "\"Review\""), (["name": 5], "name"), ([:], "name"),
        ] as [(JSONObject, String)])
    func wrong(params: JSONObject, words: String) {
        for revision in revisions {
            let answer = get(params, revision)
            #expect(answer?.code == -32602)
            #expect(answer?.message.contains(words) == true)
        }
    }

    @Test("what a client names is repeated in a bounded length")
    func quotes() {
        let long = String(repeating: "x", count: 100_000)
        let answers = [get(["name": .string(long)]), get(["name": "review", "arguments": .object([long: "a"])])]
        for answer in answers { #expect((answer?.message.utf8.count ?? .max) < 300) }
    }

    @Test("a prompt that fails is an error in its own words", arguments: revisions)
    func failure(revision: ProtocolVersion) {
        #expect(get(["name": "broken"], revision)?.error == ["code": -32603, "message": "no luck"])
        #expect(get(["name": "refused"], revision)?.error == ["code": -32602, "message": "forged"])
    }

    @Test("a server without prompts has none of their methods", arguments: revisions)
    func none(revision: ProtocolVersion) {
        let client = Client(HandTool(), revision)
        for method in ["prompts/list", "prompts/get"] { #expect(client.ask(method)?.code == -32601) }
    }
}
