import JSON
import MCP
import TMDB
import TestSupport
import Testing

/// Arguments at random within the schema, and answers at random: a result of the schema or a clean failure, no trap.
@Suite struct RandomCallTests {
    private static let texts = [
        "28", "28,878", "Action, Comedy", "a|b", "a,b|c", "\"", "\"a,b\"|7", " ", ",", "é", "👩‍👩‍👧", "\u{0}\n", "日本",
        "Netflix", "HBO|BBC One", "99999999999999999999999", "-1", "Ended", "0|5", "free", "PG-13", "\u{301}", "+&.'",
        "tt0111161", "nm1", "Q1", "tt", "..", "a@b", "x",
    ]

    private static let offers =
        "{\"results\":{\"US\":{\"flatrate\":[{\"provider_name\":5}],\"link\":5},\"DE\":[]},\"id\":5}"

    private static let bodies = [
        "", "{", "null", "5", "[]", "{}", "{\"results\":[]}", "{\"results\":5}", "{\"genres\":[]}",
        DiscoverFilterTests.empty,
        "{\"page\":1,\"total_pages\":-5,\"total_results\":9223372036854775807,\"results\":[5,null,{},[],{\"id\":1}]}",
        """
        {"page":1,"total_pages":1,"total_results":1,"results":[{"id":1,"name":"Netflix","provider_id":8,\
        "provider_name":"Netflix","genre_ids":[18,-1,1e300,null,{}],"known_for":[5,{"title":5}],"poster_path":5,\
        "vote_average":1e308,"first_air_date":"","release_date":"99999-x","origin_country":{},"iso_3166_1":"US",\
        "english_name":"N","display_priority":-9223372036854775808,"display_priorities":[]}]}
        """,
        offers,
        "{\"genres\":[{\"id\":28,\"name\":\"A\"},{\"id\":1e300,\"name\":\"B\"},{\"id\":2,\"name\":\"\"}]}",
        "{\"certifications\":{\"US\":[{\"certification\":\"R\",\"order\":1e300}],\"DE\":5}}",
        "[{\"iso_3166_1\":\"US\",\"english_name\":\"U\",\"zones\":[5,\"Z\"]},"
            + "{\"iso_639_1\":\"de\",\"english_name\":\"G\"}]",
        "{\"movie_results\":[{\"id\":1,\"title\":null},{\"id\":\"1\"}],"
            + "\"tv_episode_results\":[{\"id\":2,\"air_date\":5}]}",
    ]

    private func value(_ name: String, _ schema: JSONValue, _ random: inout SeededGenerator) -> JSONValue {
        if let words = schema["enum"]?.array, let word = words.randomElement(using: &random) { return word }
        switch schema["type"]?.string {
        case "integer":
            // Ids and numbers of seasons have bounds that the schema does not tell.
            let least = schema["minimum"]?.int64 ?? 1
            let most = schema["maximum"]?.int64 ?? 100_000
            let chosen = [least, most, Int64.random(in: least...most, using: &random)].randomElement(using: &random)
            return .number(JSONNumber(chosen ?? least))
        case "number":
            return JSONNumber(Double.random(in: 0...10, using: &random)).map { .number($0) } ?? .null
        case "boolean": return .bool(Bool.random(using: &random))
        default: break
        }
        if schema["description"]?.string?.contains("YYYY-MM-DD") == true {
            return ["2024-02-29", "0000-01-01", "9999-12-31", "today", "-100y"].randomElement(using: &random) ?? .null
        }
        let codes: [String: [JSONValue]] = [
            "region": ["US", "ZZ"], "watch_region": ["US"], "certification_country": ["US"],
            "with_origin_country": ["US", "GB|IE", "GB,IE", "GB,IE|US"], "with_original_language": ["en", "da|sv"],
            "language": ["en", "de", "pt-BR"], "ids": [[1], [1, 2]], "titles": [["a"], ["Dune (2021)", "日本"]],
        ]
        if let values = codes[name] { return values.randomElement(using: &random) ?? .null }
        return Self.texts.randomElement(using: &random).map { .string($0) } ?? .null
    }

    @Test(
        "any arguments and any answers end in a result of the schema or in words",
        arguments: [
            "discover_movies", "discover_tv", "get_watch_providers", "find_by_external_id", "list_reference",
        ])
    func calls(name: String) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var answers = SeededGenerator(seed: seed &+ 1)
        var isGood = false
        let tmdb = try ScriptedTMDB { path, _ in
            if isGood && path.hasPrefix("/discover") { return (200, DiscoverFilterTests.empty) }
            if isGood && path.hasPrefix("/find") { return (200, Self.bodies.last ?? "") }
            if isGood && path.hasPrefix("/tv/") { return (200, Self.offers) }
            let status = Int.random(in: 0...4, using: &answers) > 0 ? 200 : 503
            return (status, Self.bodies.randomElement(using: &answers) ?? "")
        }
        let tool = try tmdb.tool(name)
        let properties = try #require(tool.input.json["properties"]?.object)
        let required = (tool.input.json["required"]?.array ?? []).compactMap(\.string)
        var succeeded = 0
        for turn in 0..<1_000 {
            isGood = turn % 2 == 0
            var arguments = JSONObject()
            let share = Int.random(in: 1...8, using: &random)
            for (name, schema) in properties {
                guard required.contains(name) || Int.random(in: 0...20, using: &random) < share else { continue }
                arguments.set(name, to: value(name, schema, &random))
            }
            if name == "get_watch_providers" {
                // A call takes one of these, and services in a region that has them.
                var subjects = ["id", "ids", "titles"].filter { arguments[$0] != nil }
                while subjects.count > 1, let one = subjects.popLast() { arguments.remove(one) }
                if isGood { arguments.remove("services") }
                if subjects.isEmpty { arguments.set("id", to: 5) }
                if isGood && arguments["titles"] == nil { arguments.set("media_type", to: "tv") }
            }
            let shown = "seed \(seed), \(JSONValue.object(arguments).text)"
            switch try tmdb.call(name, arguments) {
            case .structured(let content):
                succeeded += 1
                #expect(SchemaCheck.problems(try content.value, try #require(tool.outputSchema)) == [], "\(shown)")
            case .failure(let message):
                #expect(message.count > 10 && !message.contains("Optional") && !message.contains(v3Key), "\(shown)")
            default: Issue.record("\(shown)")
            }
        }
        #expect(succeeded > 20, "seed \(seed): the test does not reach results")
    }
}
