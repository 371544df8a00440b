import JSON
import Testing

@Suite struct SchemaCheckTests {
    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "id": ["type": "integer", "description": "an id"], "kind": ["type": "string", "enum": ["a", "b"]],
            "list": ["type": "array", "items": ["type": "number"]], "open": ["type": "object"],
            "flag": ["type": "boolean"], "map": ["type": "object", "additionalProperties": ["type": "string"]],
        ],
        "required": ["id"],
    ]

    @Test(
        "a value that conforms has no problem",
        arguments: [
            ["id": 1], ["id": 1.0, "kind": "b", "list": [1, 2.5], "open": ["x": [nil]], "flag": true],
            ["id": 1, "map": ["a": "b"]],
        ] as [JSONValue])
    func conforms(value: JSONValue) {
        #expect(SchemaCheck.problems(value, Self.schema) == [])
    }

    @Test(
        "each way not to conform is found",
        arguments: [
            5, [:], ["id": nil], ["id": "1"], ["id": 1.5], ["id": 1, "kind": "c"], ["id": 1, "kind": 5],
            ["id": 1, "list": ["x"]], ["id": 1, "list": [:]], ["id": 1, "open": []], ["id": 1, "flag": 0],
            ["id": 1, "other": 1], ["id": 1, "map": ["a": nil]], ["id": 1, "map": "a"],
        ] as [JSONValue])
    func refuses(value: JSONValue) {
        #expect(SchemaCheck.problems(value, Self.schema).count == 1)
    }

    @Test("a keyword that is not checked is a problem")
    func keyword() {
        #expect(SchemaCheck.problems(1, ["type": "integer", "minimum": 0]).count == 1)
        #expect(SchemaCheck.problems(1, ["type": "any"]).count == 1)
    }

    @Test("a schema that leaves the type open is a problem")
    func open() {
        #expect(SchemaCheck.problems("a", [:]).count == 1)
        #expect(SchemaCheck.problems([], ["type": "array"]).count == 1)
    }
}
