import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

@Suite struct GenreNamesTests {
    private static func page(_ ids: String) -> String {
        "{\"page\":1,\"total_pages\":1,\"total_results\":1,"
            + "\"results\":[{\"id\":1,\"title\":\"T\",\"genre_ids\":[\(ids)]}]}"
    }

    private static let day: Int64 = 86_400_000_000_000

    private func genres(_ tmdb: ScriptedTMDB, _ language: String) throws -> JSONValue? {
        try tmdb.object("discover_movies", ["language": .string(language)])["results"]?[0]?["genres"]
    }

    private func lists(_ tmdb: ScriptedTMDB) -> [String] { tmdb.paths.filter { $0.hasPrefix("/genre") } }

    private func makeTMDB(_ ids: String = "18,10765") throws -> ScriptedTMDB {
        try ScriptedTMDB { path, query in
            let language = query["language"] ?? ""
            return switch path {
            case "/discover/movie": (200, Self.page(ids))
            case "/genre/movie/list":
                (200, "{\"genres\":[{\"id\":18,\"name\":\"Drama \(language)\"},{\"id\":77,\"name\":\"New\"}]}")
            case "/genre/tv/list": (200, "{\"genres\":[{\"id\":18,\"name\":\"D\"}]}")
            default: nil
            }
        }
    }

    @Test("English names need no request", arguments: ["en-US", "en", "en-GB"])
    func english(language: String) throws {
        let tmdb = try makeTMDB()
        #expect(try genres(tmdb, language) == ["Drama", "Sci-Fi & Fantasy"])
        #expect(lists(tmdb) == [])
    }

    @Test("other names are asked for once a day, and English ones stand in for those that are missing")
    func others() throws {
        let tmdb = try makeTMDB()
        for time in [0, Self.day - 1, Self.day, 2 * Self.day - 1] {
            tmdb.time = time
            #expect(try genres(tmdb, "de") == ["Drama de", "Sci-Fi & Fantasy"])
        }
        #expect(lists(tmdb) == ["/genre/movie/list", "/genre/tv/list", "/genre/movie/list", "/genre/tv/list"])
        #expect(try genres(tmdb, "fr") == ["Drama fr", "Sci-Fi & Fantasy"])
        #expect(try genres(tmdb, "en") == ["Drama", "Sci-Fi & Fantasy"])
    }

    @Test(
        "English names stand in when the lists cannot be had",
        arguments: [
            (503, ""), (200, "{"), (200, "{}"), (200, "{\"genres\":{}}"), (200, "[]"), (401, "{}"),
        ])
    func fallback(status: Int, body: String) throws {
        let tmdb = try ScriptedTMDB { path, _ in
            path == "/genre/tv/list" ? (status, body) : path == "/discover/movie" ? (200, Self.page("18")) : nil
        }
        #expect(try genres(tmdb, "de") == ["Drama"])
    }

    @Test("names that were had before stand in when the lists cannot be had again")
    func stale() throws {
        let tmdb = try makeTMDB()
        #expect(try genres(tmdb, "de") == ["Drama de", "Sci-Fi & Fantasy"])
        tmdb.time = Self.day
        tmdb.answer = { path, _ in path == "/discover/movie" ? (200, Self.page("18")) : nil }
        #expect(try genres(tmdb, "de") == ["Drama de"])
    }

    @Test("the names of 24 languages are kept, and the oldest go for more")
    func bounded() throws {
        let tmdb = try makeTMDB()
        let languages = "ar bg cs da de el es et fi fr he hr hu id it ja ko lt lv nl pl pt ro ru sv"
            .split(separator: " ").map(String.init)
        for language in languages.prefix(24) + languages.prefix(24) { _ = try genres(tmdb, language) }
        #expect(lists(tmdb).count == 48)
        _ = try genres(tmdb, languages[24])
        _ = try genres(tmdb, languages[1])
        #expect(lists(tmdb).count == 50)
        _ = try genres(tmdb, languages[0])
        #expect(lists(tmdb).count == 52)
    }

    @Test("a genre that is not known in English brings the list once a day, for the next call")
    func refresh() throws {
        let tmdb = try makeTMDB("77,18")
        #expect(try genres(tmdb, "en") == ["Drama"])
        #expect(lists(tmdb) == [])
        #expect(try genres(tmdb, "en") == ["New", "Drama en"])
        #expect(lists(tmdb).count == 2)

        tmdb.answer = { path, _ in path == "/discover/movie" ? (200, Self.page("78,18")) : (503, "") }
        for _ in 1...3 { #expect(try genres(tmdb, "en") == ["Drama en"]) }
        #expect(lists(tmdb).count == 2)
        tmdb.time = Self.day - 1
        #expect(try genres(tmdb, "en") == ["Drama en"])
        #expect(lists(tmdb).count == 2)
        tmdb.time = Self.day
        for _ in 1...3 { #expect(try genres(tmdb, "en") == ["Drama en"]) }
        #expect(lists(tmdb).count == 4)
    }

    @Test(
        "for an answer that failed no names are asked for",
        arguments: [
            ("search", ["query": "a"]), ("discover_movies", [:]), ("find_by_external_id", ["external_id": "tt1"]),
            ("get_trending", [:]), ("get_recommendations", ["media_type": "movie", "id": 1]),
            ("get_details", ["media_type": "movie", "id": 1]),
        ] as [(String, JSONObject)])
    func failed(tool: String, arguments: JSONObject) throws {
        let tmdb = try ScriptedTMDB(language: "de-DE") { _, _ in nil }
        _ = try tmdb.failure(tool, arguments)
        #expect(lists(tmdb) == [])
    }

    @Test("a key that TMDB refuses costs nobody else the names")
    func refusedKey() throws {
        let bench = try UpstreamBench()
        bench.onTry = { $0.target.hasPrefix("/genre") ? nil : response(200, Self.page("18")) }
        let tools = TMDBServer.make(version: "1.2.3", context: TMDBContext(client: bench.client)).tools
        let discover = try #require(tools.first { $0.name == "discover_movies" })
        var results: [CallToolResult] = []
        for caller in [Caller(id: 1, forwardedHeader: v4Token), .local] {
            let arguments = try discover.input.check(["language": "de"])
            _ = discover.run(arguments, try makeRequest(from: caller)) { results.append($0) }
        }
        let names = response(200, "{\"genres\":[{\"id\":18,\"name\":\"Schauspiel\"}]}")
        for attempt in bench.open {
            attempt.answer(attempt.request.headers["Authorization"] == nil ? names : response(401))
        }
        try #require(results.count == 2)
        guard case .structured(let content) = results[1] else { throw ToolFailure(result: "\(results[1])") }
        #expect(try content.value["results"]?[0]?["genres"] == ["Schauspiel"])
    }
}
