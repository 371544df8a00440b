import JSON
import MCP
import Testing

@Suite struct CustomSchemaTests {
    private let schema: JSONObject = [
        "type": "object",
        "properties": [
            "city": ["type": "string", "x-mcp-header": "City"],
            "place": ["type": "object", "properties": ["street": ["type": "string", "x-mcp-header": "Street"]]],
        ],
        "anyOf": [["required": ["city"]], ["required": ["place"]]],
    ]

    @Test("shows a custom schema as it is")
    func shown() {
        let input = InputSchema(custom: schema) { _ in nil }
        #expect(input.json == .object(schema))
        #expect(input.json.text == JSONValue.object(schema).text)
    }

    @Test("finds mirrored headers at every depth of a custom schema")
    func mirrored() {
        let headers = InputSchema(custom: schema) { _ in nil }.mirroredHeaders
        #expect(headers.map { $0.name } == ["Mcp-Param-City", "Mcp-Param-Street"])
        let given: JSONObject = ["city": "Köln", "place": ["street": "Am Hof"]]
        #expect(headers.map { $0.value(in: given) } == ["Köln", "Am Hof"])
    }

    @Test("lets the custom check refuse in its own words")
    func refused() {
        let input = InputSchema(custom: schema) { $0["city"] == nil ? "city is missing." : nil }
        #expect(refusal(of: ["city": nil], by: input) == "city is missing.")
        #expect(refusal(of: [:], by: input) == "city is missing.")
        #expect(refusal(of: ["city": "Köln"], by: input) == nil)
    }

    @Test("hands on all arguments but those that are null")
    func handedOn() throws {
        let arguments = try InputSchema(custom: schema) { _ in nil }.check(["city": "Köln", "place": nil, "other": 1])
        #expect(arguments.json == ["city": "Köln", "other": 1])
        #expect(arguments.value("place") == nil)
    }

    @Test("says that a tool without parameters takes none")
    func none() {
        let words = "there is no argument \"x\"; the tool takes none."
        #expect(refusal(of: ["x": 1], by: InputSchema([])) == words)
    }

    private func refusal(of arguments: JSONObject, by input: InputSchema) -> String? {
        do throws(InputSchema.Refusal) {
            _ = try input.check(arguments)
            return nil
        } catch {
            return error.message
        }
    }
}
