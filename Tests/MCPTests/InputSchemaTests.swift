import JSON
import MCP
import Testing

@Suite struct InputSchemaTests {
    private static let schema = InputSchema([
        Parameter("words", .text(length: 2...4), isRequired: true, description: "what to look for"),
        Parameter("page", .integer(-2...500), default: 1, description: "the page"),
        Parameter(
            "code", .formatted(pattern: "^[a-z]+$", example: "small letters", matches: { $0 == "abc" }),
            description: "a code"),
    ])

    private func refusal(_ arguments: JSONObject, _ schema: InputSchema = schema) -> String? {
        do throws(InputSchema.Refusal) {
            _ = try schema.check(arguments)
            return nil
        } catch {
            return error.message
        }
    }

    @Test("the schema says what the check checks, in keywords that every vendor of models takes")
    func json() {
        #expect(
            Self.schema.json == [
                "type": "object",
                "properties": [
                    "words": ["type": "string", "description": "what to look for"],
                    "page": ["type": "integer", "minimum": -2, "maximum": 500, "description": "the page; default 1"],
                    "code": ["type": "string", "pattern": "^[a-z]+$", "description": "a code"],
                ],
                "required": ["words"],
            ])
        #expect(InputSchema([]).json == ["type": "object", "properties": [:]])
    }

    @Test(
        "values within the bounds are accepted",
        arguments: [
            ["words": "ab"], ["words": "abcd"], ["words": "éé"], ["words": "🎬🎬🎬🎬"], ["words": "e\u{301}e\u{301}"],
            ["words": "  "], ["words": "\0\0"], ["words": "ab", "page": -2], ["words": "ab", "page": 500],
            ["words": "ab", "page": 500.0], ["words": "ab", "page": 5e2], ["words": "ab", "page": nil],
            ["words": "ab", "code": "abc"], ["words": "ab", "code": " abc"], ["words": 12, "page": " 7 "],
            ["words": "ab", "page": "", "code": " "], ["words": "ab", "made_up": nil],
        ] as [JSONObject])
    func accepted(arguments: JSONObject) {
        #expect(refusal(arguments) == nil)
    }

    @Test(
        "values beyond the bounds, or of another type, are refused with what is right",
        arguments: [
            ("words", "", "words must be 2 to 4 characters long, not 0"),
            ("words", "a", "words must be 2 to 4 characters long, not 1"),
            ("words", "abcde", "words must be 2 to 4 characters long, not 5"),
            ("words", "e\u{301}e\u{301}e", "words must be 2 to 4 characters long, not 5"),
            ("words", 5, "words must be 2 to 4 characters long, not 1"),
            ("words", ["ab"], "words must be a string, not an array"),
            ("words", ["a": "b"], "words must be a string, not an object"),
            ("words", true, "words must be a string, not a boolean"),
            ("page", -3, "page must be a whole number from -2 to 500, not -3"),
            ("page", 501, "page must be a whole number from -2 to 500, not 501"),
            ("page", 1.5, "page must be a whole number from -2 to 500, not 1.5"),
            ("page", 1e300, "page must be a whole number from -2 to 500, not 1e+300"),
            ("page", 4_294_967_297, "page must be a whole number from -2 to 500, not 4294967297"),
            ("page", "x", "page must be a whole number from -2 to 500, not a string"),
            ("page", true, "page must be a whole number from -2 to 500, not true"),
            ("page", [1], "page must be a whole number from -2 to 500, not an array"),
            ("code", "abd", "code must be small letters"),
            ("code", true, "code must be a string, not a boolean"), ("code", 5, "code must be small letters"),
        ] as [(String, JSONValue, String)])
    func refused(name: String, value: JSONValue, message: String) {
        var arguments: JSONObject = ["words": "ab"]
        arguments.set(name, to: value)
        #expect(refusal(arguments) == message + ".")
    }

    @Test(
        "integers of 64 bits are compared as they are",
        arguments: ["18446744073709551615", "9223372036854775808", "-9223372036854775808", "1e19"])
    func wideIntegers(text: String) throws {
        let message = refusal(["words": "ab", "page": try JSONValue(parsing: text)])
        #expect(message?.contains("from -2 to 500, not \(text == "1e19" ? "1e+19" : text).") == true)
    }

    @Test("the widest range takes every 64-bit integer", arguments: [Int64.min, -1, 0, Int64.max])
    func widestRange(number: Int64) throws {
        let schema = InputSchema([Parameter("n", .integer(.min ... .max), description: "any")])
        #expect(try schema.check(["n": .number(JSONNumber(number))]).integer("n") == number)
        #expect(refusal(["n": .number(JSONNumber(UInt64(Int64.max) + 1))], schema) != nil)
    }

    @Test("a required argument that is left out or null is missing", arguments: [[:], ["words": nil]] as [JSONObject])
    func missing(arguments: JSONObject) {
        #expect(refusal(arguments) == "words is missing: what to look for.")
    }

    @Test("all that is wrong is told at once, in the client's order")
    func several() {
        let message = refusal(["year": 1999, "page": 0.5, "code": 1])
        #expect(
            message == "there is no argument \"year\"; the arguments are: words, page, code; "
                + "page must be a whole number from -2 to 500, not 0.5; code must be small letters; "
                + "words is missing: what to look for.")
    }

    @Test("an argument that is wrong is not called missing too")
    func wrongIsNotMissing() {
        #expect(refusal(["words": true]) == "words must be a string, not a boolean.")
    }

    @Test("many wrong arguments are told up to the limit, and none that is there is called missing")
    func many() throws {
        func arguments(_ count: Int) -> JSONObject {
            var arguments = JSONObject((0..<count).map { ("x\($0)", JSONValue.number(1)) })
            arguments.set("words", to: "ab")
            return arguments
        }
        for count in [MCPLimits.problemsMax - 1, MCPLimits.problemsMax, MCPLimits.problemsMax + 1, 10_000] {
            let message = try #require(refusal(arguments(count)))
            #expect(message.split(separator: "there is no").count == min(count, MCPLimits.problemsMax))
            #expect(!message.contains("missing"))
        }
    }

    @Test("names are compared byte by byte", arguments: ["Words", "words ", "wo\u{200D}rds", ""])
    func otherNames(name: String) {
        #expect(refusal(["words": "ab", name: 1])?.hasPrefix("there is no argument \"\(name)\"") == true)
    }

    @Test("an argument that a model may expect is refused with the reason why there is none")
    func absent() {
        let schema = InputSchema(
            [Parameter("a", .boolean, description: "")], absent: [("b", "it is nowhere"), ("c", "nor is it")])
        #expect(refusal(["b": 1], schema) == "there is no argument \"b\": it is nowhere.")
        #expect(refusal(["d": 1], schema) == "there is no argument \"d\"; the arguments are: a.")
        #expect(schema.json["properties"]?["b"] == nil)
    }

    @Test(
        "a name that is nearly one of the arguments is told with that one",
        arguments: [
            ("vote_average_gte", "vote_average.gte"), ("q", "query"), ("external_source", "source"),
            ("Query", "query"),
        ])
    func near(name: String, meant: String) {
        let schema = InputSchema(
            ["vote_average.gte", "query", "source"].map { Parameter($0, .boolean, description: "") })
        #expect(refusal([name: 1], schema) == "there is no argument \"\(name)\": perhaps \(meant) is meant.")
    }

    @Test(
        "a missing argument is told with what it must be",
        arguments: [
            (.choice(["movie", "tv"]), "it must be one of movie, tv"),
            (.custom(schema: [:], check: { _ in "a day" }), "it must be a day (a hint)"),
            (.formatted(pattern: "", example: "a code", matches: { _ in true }), "it must be a code (a hint)"),
            (.boolean, "a hint"),
        ] as [(Parameter.Kind, String)])
    func absence(kind: Parameter.Kind, words: String) {
        let schema = InputSchema([Parameter("x", kind, isRequired: true, description: "a hint")])
        #expect(refusal([:], schema) == "x is missing: \(words).")
    }

    @Test("a description that says nothing is left out of the schema")
    func undescribed() {
        let schema = InputSchema([Parameter("a", .boolean, description: "")])
        #expect(schema.json["properties"] == ["a": ["type": "boolean"]])
    }
}
