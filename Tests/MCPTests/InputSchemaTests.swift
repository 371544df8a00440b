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
            ["words": ["ab"], "page": [1]], ["words": "ab", "page": "null", "code": "None"],
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
            ("words", ["ab", "cd"], "words must be a string, not an array"),
            ("words", ["a": "b"], "words must be a string, not an object"),
            ("words", true, "words must be a string, not a boolean"),
            ("page", -3, "page must be a whole number from -2 to 500, not -3"),
            ("page", 501, "page must be a whole number from -2 to 500, not 501"),
            ("page", 1.5, "page must be a whole number from -2 to 500, not 1.5"),
            ("page", 1e300, "page must be a whole number from -2 to 500, not 1e+300"),
            ("page", 4_294_967_297, "page must be a whole number from -2 to 500, not 4294967297"),
            ("page", "x", "page must be a whole number from -2 to 500, not a string"),
            ("page", true, "page must be a whole number from -2 to 500, not true"),
            ("page", [1, 2], "page must be a whole number from -2 to 500, not an array"),
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

    private static let dotted = InputSchema(
        ["vote.gte", "vote.lte", "vote", "id"].map { Parameter($0, .integer(1...9), description: "") },
        absent: [("day.gte", "no days")])

    @Test(
        "a name with dots is taken in the spellings that clients make of it",
        arguments: [
            ["vote.gte": 7], ["vote_gte": 7], ["vote-gte": 7], ["vote": ["gte": 7]], ["vote": "{\"gte\": 7}"],
            ["vote_gte": 7, "vote.gte": "7"], ["vote.gte": 7, "vote_gte": nil],
        ] as [JSONObject])
    func dots(arguments: JSONObject) throws {
        #expect(try Self.dotted.check(arguments).json == ["vote.gte": 7])
    }

    @Test("all members of an object in place of names are taken, and what is wrong with them is told")
    func members() throws {
        #expect(
            try Self.dotted.check(["vote": ["gte": 1, "lte": 2], "id": 3]).json == [
                "vote.gte": 1, "vote.lte": 2, "id": 3,
            ])
        let cases: [(JSONObject, String)] = [
            (["vote": ["gte": 1, "min": 2]], "there is no argument \"vote.min\"; the arguments are: "),
            (["vote": ["gte": 10]], "vote.gte must be a whole number from 1 to 9, not 10."),
            (["vote.gte": 1, "vote_gte": 2], "vote.gte is given twice, with different values: leave one out."),
            (["day": ["gte": 1]], "there is no argument \"day.gte\": no days."),
            (["day_gte": 1], "there is no argument \"day_gte\": no days."),
            (["id": ["gte": 1]], "id must be a whole number from 1 to 9, not an object."),
        ]
        for (arguments, words) in cases { #expect(refusal(arguments, Self.dotted)?.hasPrefix(words) == true) }
    }

    @Test("an argument may be shown by another name, which all words have")
    func shownName() throws {
        var parameter = Parameter("a.b", .integer(1...9), isRequired: true, description: "an a")
        parameter.shownName = "a_b"
        let schema = InputSchema([parameter])
        #expect(schema.json["properties"]?.object?.map(\.key) == ["a_b"])
        #expect(schema.json["required"] == ["a_b"])
        for name in ["a.b", "a_b"] { #expect(try schema.check([name: 3]).integer("a.b") == 3) }
        #expect(refusal(["a.b": 10], schema) == "a_b must be a whole number from 1 to 9, not 10.")
        #expect(refusal(["a": 1], schema)?.contains("perhaps a_b is meant; a_b is missing") == true)
        #expect(refusal(["c": 1, "a.b": 1], schema)?.hasSuffix("the arguments are: a_b.") == true)
    }

    @Test("0 counts as missing where it is not allowed, and not where an argument is required")
    func zero() throws {
        let schema = InputSchema([
            Parameter("year", .integer(1870...2100), description: ""),
            Parameter("rate", .number(0.5...1), description: ""),
            Parameter("season", .integer(0...9), description: ""),
        ])
        for zero in [0, "0", 0.0, [0]] as [JSONValue] {
            #expect(try schema.check(["year": zero, "rate": zero, "season": 0]).json == ["season": 0])
        }
        #expect(refusal(["year": 1]) != nil)
        let required = InputSchema([Parameter("id", .integer(1...9), isRequired: true, description: "")])
        #expect(refusal(["id": 0], required) == "id must be a whole number from 1 to 9, not 0.")
    }

    @Test("a required argument may be told by the others, once they are checked")
    func inferred() throws {
        var kind = Parameter("kind", .choice(["a", "b"]), isRequired: true, description: "which")
        kind.inferred = { $0["id"]?.int64.map { $0 > 5 ? "b" : "a" } }
        let schema = InputSchema([kind, Parameter("id", .integer(1...9), description: "an id")])
        #expect(try schema.check(["id": "7"]).string("kind") == "b")
        #expect(try schema.check(["id": 7, "kind": "a"]).string("kind") == "a")
        #expect(refusal([:], schema) == "kind is missing: it must be one of a, b.")
        #expect(schema.json["required"] == ["kind"])
    }

    @Test(
        "what clients add for themselves is passed over, unless the tool has such an argument",
        arguments: [
            "task_progress", "toolCallId", "sessionId", "action", "chatInput", "security_context", "wait_for_previous",
        ])
    func injected(name: String) throws {
        #expect(try Self.schema.check(["words": "ab", name: ["a": 1]]).json == ["words": "ab"])
        let schema = InputSchema([Parameter(name, .boolean, description: "")])
        #expect(try schema.check([name: true]).json == [name: true])
        #expect(refusal(["words": "ab", name + "s": 1]) != nil)
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
            ("vote_average", "vote_average.gte"), ("q", "query"), ("external_source", "source"),
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
