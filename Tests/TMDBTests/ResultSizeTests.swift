import JSON
import MCP
import TMDB
import TestSupport
import Testing

/// No result has more than clients take, whatever is asked for.
@Suite struct ResultSizeTests {
    private static let bytesMax = 100_000

    private static let namespaces: [String: [String]] = [
        "movie": [
            "alternative_titles", "changes", "credits", "external_ids", "images", "keywords", "lists",
            "recommendations", "release_dates", "reviews", "similar", "translations", "videos", "watch/providers",
        ],
        "tv": [
            "aggregate_credits", "alternative_titles", "content_ratings", "credits", "episode_groups", "images",
            "keywords", "recommendations", "reviews", "screened_theatrically", "translations", "videos",
            "watch/providers", "season/0", "season/1", "season/2", "season/3", "season/4",
        ],
        "person": [
            "changes", "combined_credits", "external_ids", "images", "movie_credits", "tagged_images", "translations",
            "tv_credits",
        ],
    ]

    /// An answer whose lists are as long as TMDB's longest ones that matter, with long texts.
    ///
    /// - Parameter most: elements of a list, and a tenth of them of a list within one.
    private static func inflated(_ value: JSONValue, depth: Int = 0, most: Int = 60) -> JSONValue {
        switch value {
        case .object(let object):
            return .object(JSONObject(object.map { ($0.key, inflated($0.value, depth: depth + 1, most: most)) }))
        case .array(let elements):
            let elements = elements.map { inflated($0, depth: depth + 1, most: most > 60 ? most / 10 : most) }
            guard depth < 3, let first = elements.first?.object, !elements.isEmpty else { return .array(elements) }
            var longer = elements
            while longer.count < most {
                var object = elements[longer.count % elements.count].object ?? first
                if object["id"]?.int64 != nil { object.set("id", to: .number(JSONNumber(longer.count + 1_000_000))) }
                longer.append(.object(object))
            }
            return .array(longer)
        case .string(let text) where text.utf8.count > 60:
            return .string(String(repeating: text + " ", count: 8))
        default: return value
        }
    }

    @Test("any call's result stays under 100 KB, and conforms to its schema")
    func random() throws {
        let upstream = try SampleAnswers.shared.get().upstream { Self.inflated($0) }
        let desk = try ToolDesk(upstream)
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var largest = 0
        for round in 0..<40 {
            var (tool, arguments) = try #require(ToolCalls.all.randomElement(using: &random))
            if round % 4 == 0 { (tool, arguments) = try #require(ToolCalls.all.last { $0.tool == "get_details" }) }
            if Bool.random(using: &random) { arguments.set("detail", to: "full") }
            let properties = try #require(try desk.tool(tool).input.json["properties"]?.object)
            if properties["limit"] != nil { arguments.set("limit", to: tool == "search" ? 20 : 100) }
            if tool == "get_details" {
                let type = try #require(Self.namespaces.keys.sorted().randomElement(using: &random))
                let id: JSONValue = type == "tv" ? 1396 : type == "movie" ? 603 : 15277
                let count = Int.random(in: 0...20, using: &random)
                let names = (Self.namespaces[type] ?? []).shuffled(using: &random).prefix(count)
                arguments = ["media_type": .string(type), "id": id, "detail": arguments["detail"] ?? "compact"]
                if !names.isEmpty { arguments.set("append", to: .array(names.map { .string($0) })) }
            }
            let value = try desk.value(tool, arguments)
            let size = value.serialized().count
            largest = max(largest, size)
            #expect(size < Self.bytesMax, "seed \(seed): \(tool) \(JSONValue.object(arguments).text)")
        }
        #expect(largest > 20_000, "the answers are too short to tell")
    }

    @Test("any call's result stays under 100 KB, however long TMDB's lists are and whatever the arguments")
    func longest() throws {
        let answers = try SampleAnswers.shared.get()
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for (tool, sample) in ToolCalls.all.shuffled(using: &random).prefix(10) {
            let most = try #require([200, 700, 1500].randomElement(using: &random))
            let desk = try ToolDesk(answers.upstream { Self.inflated($0, most: most) })
            var arguments = sample
            let properties = try #require(try desk.tool(tool).input.json["properties"]?.object)
            let choices: [(name: String, values: [JSONValue])] = [
                ("detail", ["full", "compact"]), ("limit", [1, 20, 100]), ("page", [1, 2]), ("language", ["de", "en"]),
                ("region", ["US", "DE"]),
            ]
            for (name, values) in choices where properties[name] != nil && Bool.random(using: &random) {
                if name == "limit", tool == "search" { continue }
                arguments.set(name, to: values.randomElement(using: &random) ?? .null)
            }
            guard case .structured(let content)? = try desk.call(tool, arguments) else { continue }
            let size = try content.value.serialized().count
            #expect(size < Self.bytesMax, "seed \(seed): \(tool) \(JSONValue.object(arguments).text), \(most) a list")
        }
    }

    @Test("a collection of a thousand movies is given in pages, and what is too long loses rows and says so")
    func collection() throws {
        let parts: [JSONValue] = (1...1_000).map { number in
            [
                "id": .number(JSONNumber(1_000_000 + number)), "title": .string("Harbour \(number)"),
                "release_date": .string("2001-01-\(10 + number % 10)"), "vote_average": 7.5, "vote_count": 12_345,
                "overview": .string(String(repeating: "They row on. ", count: 60)), "poster_path": "/p.jpg",
            ]
        }
        let desk = try desk(["id": 16, "name": "Harbours", "overview": "All.", "parts": .array(parts)])
        var seen = Set<Int>()
        for page in 1...10 {
            for detail in page % 9 == 1 ? ["compact", "full"] : ["compact"] {
                let value = try desk.value(
                    "get_collection", ["id": 16, "page": .number(JSONNumber(page)), "detail": .string(detail)])
                #expect(value.serialized().count < Self.bytesMax)
                #expect(value["total_parts"] == 1_000)
                #expect(value["note"]?.string?.contains("Page \(page) of 10") == true)
                seen.formUnion((value["parts"]?.array ?? []).compactMap { $0["id"]?.int })
            }
        }
        #expect(seen.count == 1_000)
        #expect(try desk.value("get_collection", ["id": 16, "page": 11])["parts"] == [])
    }

    @Test("a page of more rows than TMDB has ever given keeps those that fit")
    func rows() throws {
        let rows: [JSONValue] = (1...3_000).map { ["id": .number(JSONNumber($0)), "title": "A title of some length"] }
        let value = try desk(Samples.page(rows)).value(
            "get_trending", ["media_type": "movie", "time_window": "day"])
        #expect(value.serialized().count < Self.bytesMax)
        let count = try #require(value["results"]?.array?.count)
        #expect(count > 300 && value["note"]?.string?.contains("Only the first \(count) rows are here") == true)
    }

    @Test(
        "records of many ids, with all that can be appended, stay under 100 KB and name what is left out",
        arguments: ["compact", "full"])
    func many(detail: String) throws {
        let answers = try SampleAnswers.shared.get()
        let names = try #require(Self.namespaces["tv"])
        let (status, body) = try answers.answer(
            "/tv/1396?append_to_response=external_ids,content_ratings," + names.joined(separator: ","))
        #expect(status == 200)
        let desk = try desk(Self.inflated(try JSONValue(parsing: Array(body.utf8)), most: 30))
        let ids = JSONValue.array((1...20).map { .number(JSONNumber($0)) })
        let value = try desk.value(
            "get_details",
            [
                "media_type": "tv", "ids": ids, "detail": .string(detail),
                "append": .array(names.map { .string($0) }),
            ])
        #expect(value.serialized().count < Self.bytesMax)
        #expect(value["results"]?.array?.count == 20)
        let note = try #require(value["note"]?.string)
        #expect(note.contains("season/") && note.contains("get_season"))
        if detail == "full" { #expect(value["results"]?[0]?["note"]?.string?.contains("compact") == true) }
    }

    @Test("twenty films take less than 8 KB, with directors and without cast and texts")
    func slim() throws {
        let desk = try desk(Samples.filmRecord)
        let ids = JSONValue.array((1...20).map { .number(JSONNumber($0)) })
        let value = try desk.value("get_details", ["media_type": "movie", "ids": ids])
        #expect(value.serialized().count < 8_000)
        #expect(
            value["results"]?[0] == [
                "id": 11, "media_type": "movie", "title": "The Glass Harbour", "year": 2019, "status": "Released",
                "runtime": 123, "budget": 1000, "revenue": 2000, "genres": ["Drama"], "rating": 7.5, "votes": 321,
                "certification": "PG-13 (US)", "directors": [["id": 22, "name": "Cy Marsh"]],
            ])
        let full = try desk.value("get_details", ["media_type": "movie", "ids": [1, 2], "detail": "full"])
        #expect(full["results"]?[1]?["overview"] != nil && full["results"]?[1]?["cast"] != nil)
        let cast = try desk.value("get_details", ["media_type": "movie", "ids": [1, 2], "append": ["credits"]])
        #expect(cast["results"]?[1]?["appended"]?["credits"]?["cast"]?[0]?["name"] == "Ada Quill")
    }

    @Test("rows of a search after the fifth are short, and no more come than were asked for")
    func search() throws {
        let desk = try desk(Samples.page([JSONValue](repeating: Samples.film, count: 20)))
        let rows = try #require(try desk.value("search", ["query": "a", "type": "movie"])["results"]?.array)
        #expect(rows.map { $0["overview"] != nil } == (0..<20).map { $0 < 5 })
        #expect(
            rows[5] == ["id": 11, "media_type": "movie", "title": "The Glass Harbour", "year": 2019, "rating": 7.5])
        let few = try desk.value("search", ["query": "a", "type": "movie", "limit": 3])
        #expect(few["results"]?.array?.count == 3)
        #expect(few["total_results"] == 60)
        let full = try desk.value("search", ["query": "a", "type": "movie", "detail": "full"])
        #expect(full["results"]?[19]?["overview"] != nil)
    }
}
