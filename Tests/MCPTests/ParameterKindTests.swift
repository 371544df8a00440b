import JSON
import MCP
import Testing

private let even = Parameter.Kind.custom(schema: ["multipleOf": 2]) { value in
    value.int64.map { $0 % 2 == 0 } == true ? nil : "even"
}

@Suite struct ParameterKindTests {
    private func problem(_ kind: Parameter.Kind, _ value: JSONValue) -> String? {
        do throws(InputSchema.Refusal) {
            _ = try InputSchema([Parameter("x", kind, description: "an x")]).check(["x": value])
            return nil
        } catch {
            return error.message
        }
    }

    @Test(
        "values of a kind are accepted, others are refused with what is right",
        arguments: [
            (.number(0.5...2), 0.5, nil), (.number(0.5...2), 2, nil), (.number(0.5...2), 1.25, nil),
            (.number(0.5...2), 0.49, "x must be a number from 0.5 to 2.0, not 0.49."),
            (.number(0.5...2), 3, "x must be a number from 0.5 to 2.0, not 3."),
            (.number(0.5...2), "3", "x must be a number from 0.5 to 2.0, not 3."), (.number(0.5...2), "1.5", nil),
            (.number(0.5...2), true, "x must be a number from 0.5 to 2.0, not true."),
            (.boolean, true, nil), (.boolean, false, nil),
            (.boolean, "yes", "x must be true or false, not a string."),
            (.boolean, 1, "x must be true or false, not a number."),
            (.choice(["a", "b"]), "b", nil), (.choice(["a", "b"]), "c", "x must be one of a, b."),
            (.integer(1...5), [1, 2], "x must be a whole number from 1 to 5, not an array."),
            (.integer(1...5), 6, "x must be a whole number from 1 to 5, not 6."),
            (.integer(1...5), "[6]", "x must be a whole number from 1 to 5, not 6."),
            (.boolean, "[true", "x must be true or false, not a string."),
            (.text(length: 1...9), ["a", "b"], "x must be a string, not an array."),
            (.choice(["a", "b"]), "", nil), (.choice(["a", "b"]), 5, "x must be one of a, b."),
            (.list(.boolean, count: 1...2), [true], nil), (.list(.boolean, count: 1...2), [true, false], nil),
            (.list(.boolean, count: 1...2), [], nil), (.list(.boolean, count: 1...2), "", nil),
            (.list(.boolean, count: 2...2), true, "x must be an array of 2 to 2 values, not 1."),
            (.list(.boolean, count: 1...2), [true, true, true], "x must be an array of 1 to 2 values, not 3."),
            (.list(.boolean, count: 1...2), [:], "x must be an array, not an object."),
            (.list(.list(.integer(1...5), count: 0...1), count: 0...2), [[], [5]], nil),
            (even, 4, nil), (even, 5, "x must be even."), (even, "4", "x must be even."),
        ] as [(Parameter.Kind, JSONValue, String?)])
    func check(kind: Parameter.Kind, value: JSONValue, message: String?) {
        #expect(problem(kind, value) == message)
    }

    @Test(
        "a value of another type is taken for what it says plainly",
        arguments: [
            (.integer(1...999), "603", 603), (.number(0...10), "7.5", 7.5), (.boolean, "false", false),
            (.boolean, "True", true), (.boolean, " TRUE", true), (.boolean, [true], true), (.boolean, "[false]", false),
            (.integer(1...9), [5], 5), (.integer(1...9), "[5]", 5), (.integer(1...9), ["5"], 5),
            (.integer(1...9), 5.0, 5),
            (.number(0...9), ["7.5"], 7.5), (.text(length: 1...9), ["a"], "a"), (.text(length: 1...9), ["[1]"], "[1]"),
            (.text(length: 1...9), "[1]", "[1]"), (.text(length: 1...9), [1917], "1917"),
            (.choice(["tv_genres"]), "TV genres", "tv_genres"), (.choice(["a"]), ["A"], "a"),
            (.choice(["a"]), "[\"a\"]", "a"),
            (.list(.integer(1...9), count: 1...3), "[1, 2]", [1, 2]),
            (.list(.integer(1...9), count: 1...3), " [\"1\"] ", [1]),
            (.list(.text(length: 1...9), count: 1...3), "[\"a\", \"b\"]", ["a", "b"]),
            (.list(.text(length: 1...9), count: 1...3), "['a', 'b']", ["a", "b"]),
            (.list(.text(length: 1...9), count: 1...3), "[a", ["[a"]),
            (.custom(schema: ["type": "string"], check: { _ in nil }), "[28,35]", "28,35"),
            (.custom(schema: ["type": "string"], check: { _ in nil }), "['Brad Pitt']", "Brad Pitt"),
            (.custom(schema: ["type": "string"], check: { _ in nil }), "[adult swim]", "[adult swim]"),
            (.custom(schema: ["type": "string"], check: { _ in nil }, element: { "<\($0)>" }), "[\"a,b\"]", "<a,b>"),
            (.custom(schema: ["type": "integer"], check: { _ in nil }), "tt1", "tt1"),
            (.choice(of: ["movie"]) { $0 == "film" ? "movie" : $0 }, "film", "movie"),
            (.choice(of: ["movie"]) { _ in "movie" }, "Movie", "movie"), (.text(length: 1...9), 1917, "1917"),
            (.text(length: 1...9), " a ", " a "),
            (.choice(["1", "a"]), " a ", "a"), (.choice(["1", "a"]), 1, "1"),
            (.list(.integer(1...9), count: 1...3), ["1", 2], [1, 2]),
            (.list(.integer(1...9), count: 1...3), "1, 2", [1, 2]),
            (.list(.integer(1...9), count: 1...3), 5, [5]),
            (.list(.text(length: 1...9), count: 1...3), "a, b,", ["a", "b"]),
            (.custom(schema: ["type": "integer"], check: { _ in nil }), "5", 5),
            (.custom(schema: ["type": "string"], check: { _ in nil }), ["a", 28], "a,28"),
            (.custom(schema: ["type": "string"], check: { _ in nil }, normalised: { $0 + "!" }), " a", "a!"),
            (.custom(schema: [:], check: { _ in nil }), " 5", " 5"),
        ] as [(Parameter.Kind, JSONValue, JSONValue)])
    func conversion(kind: Parameter.Kind, given: JSONValue, taken: JSONValue) throws {
        let value = try InputSchema([Parameter("x", kind, description: "")]).check(["x": given]).value("x")
        #expect(value == taken)
        #expect(value?.text == taken.text)
    }

    @Test("a blank that is required is refused, and one that is allowed stays")
    func whitespace() throws {
        let schema = InputSchema([
            Parameter("a", .choice(["b"]), isRequired: true, description: ""),
            Parameter("c", .text(length: 0...9), description: ""),
        ])
        #expect(throws: InputSchema.Refusal.self) { try schema.check(["a": " "]) }
        #expect(try schema.check(["a": "b", "c": ""]).string("c") == "")
    }

    @Test(
        "a value in an array is refused with what each must be",
        arguments: [
            (.choice(["a", "b"]), ["a", "c"], "one of a, b"),
            (.integer(1...5), [1, 6], "a whole number from 1 to 5, not 6"),
            (.boolean, [nil], "true or false, not null"),
        ] as [(Parameter.Kind, JSONValue, String)])
    func elements(kind: Parameter.Kind, value: JSONValue, words: String) {
        #expect(problem(.list(kind, count: 0...5), value)?.hasSuffix("\(words).") == true)
        #expect(problem(.list(kind, count: 0...5), value)?.hasPrefix("x must be an array") == true)
    }

    @Test(
        "the schema says what is checked",
        arguments: [
            (.number(0.5...2), ["type": "number", "minimum": 0.5, "maximum": 2]), (.boolean, ["type": "boolean"]),
            (.choice(["a", "b"]), ["type": "string", "enum": ["a", "b"]]), (even, ["multipleOf": 2] as JSONValue),
            (
                .list(.choice(["a"]), count: 1...20),
                ["type": "array", "items": ["type": "string", "enum": ["a"]], "minItems": 1, "maxItems": 20]
            ),
        ] as [(Parameter.Kind, JSONValue)])
    func schema(kind: Parameter.Kind, expected: JSONValue) {
        var expected = expected.object ?? [:]
        expected["description"] = "an x"
        let schema = InputSchema([Parameter("x", kind, description: "an x")])
        #expect(schema.json["properties"]?["x"] == .object(expected))
    }

    @Test("further keywords stand at the top of the schema")
    func keywords() {
        let schema = InputSchema([], keywords: ["$defs": ["a": true]])
        #expect(schema.json["$defs"] == ["a": true])
        #expect(schema.json["type"] == "object")
    }

    @Test("values repeated in headers are found at the top and within")
    func mirroredHeaders() {
        let nested: JSONObject = [
            "type": "object",
            "properties": [
                "b": ["x-mcp-header": "Inner"], "c": ["properties": ["d": ["x-mcp-header": "Deep"]]], "e": [:],
            ],
        ]
        let schema = InputSchema([
            Parameter("r", .text(length: 0...9), header: "Region", description: "the region"),
            Parameter("a", .custom(schema: nested) { _ in nil }, description: "nested"),
            Parameter("plain", .boolean, description: "plain"),
        ])
        #expect(schema.json["properties"]?["r"]?["x-mcp-header"] == "Region")
        #expect(
            schema.mirroredHeaders.map(\.name) == ["Mcp-Param-Region", "Mcp-Param-Inner", "Mcp-Param-Deep"])
        let tables: [(JSONObject, [JSONValue?])] = [
            (["r": "eu", "a": ["b": 5, "c": ["d": true]]], ["eu", 5, true]), ([:], [nil, nil, nil]),
            (["r": nil, "a": ["b": nil, "c": 5]], [nil, nil, nil]), (["a": "text"], [nil, nil, nil]),
        ]
        for (arguments, values) in tables {
            #expect(schema.mirroredHeaders.map { $0.value(in: arguments) } == values)
        }
    }
}
