import JSON
import MCP
import TMDB
import Testing

@Suite struct DiscoverNamesTests {
    /// A page of a search.
    private static func found(_ rows: String, total: Int? = nil) -> String {
        "{\"page\":1,\"results\":[\(rows)],\"total_pages\":1"
            + (total.map { ",\"total_results\":\($0)}" } ?? "}")
    }

    private static let people: [String: String] = [
        "Ana Lark": found("{\"id\":11,\"name\":\"Ana Lark\"},{\"id\":12,\"name\":\"Ana Lark-Smith\"}", total: 2),
        "ana lárk": found("{\"id\":11,\"name\":\"Ana Lark\"},{\"id\":12,\"name\":\"Ana Lark-Smith\"}", total: 2),
        "Lark": found("{\"id\":11,\"name\":\"Ana Lark\"}", total: 1),
        "Larks": found("{\"id\":11,\"name\":\"Ana Lark\"}", total: 40),
        "Bo Day": found(
            """
            {"id":21,"name":"Bo Day","known_for_department":"Acting","known_for":[{"title":"Rain"},{"name":"Snow"},\
            {"title":"Hail"}]},{"id":22,"name":"Bó Day","known_for_department":"Directing"}
            """, total: 2),
        "Nobody": found("", total: 0),
        "Day": found((1...20).map { "{\"id\":\($0),\"name\":\"Day \($0)\"}" }.joined(separator: ","), total: 300),
        "Long": found("{\"id\":1,\"name\":\"\(String(repeating: "é", count: 90))\"}", total: 2),
        "1917": found("{\"id\":1917000,\"name\":\"1917\"}", total: 1),
        "Bad": "{\"results\":5}",
    ]

    private static let providers = """
        {"results":[{"provider_id":8,"provider_name":"Netflix"},{"provider_id":1796,"provider_name":"Netflix Basic"},\
        {"provider_id":337,"provider_name":"Disney Plus"},{"provider_id":9,"provider_name":"Amazon Prime Video"},\
        {"provider_id":10,"provider_name":"Amazon Video"},{"provider_id":5,"provider_name":null},\
        {"provider_id":90,"provider_name":"Netflix","display_priorities":{"FR":1}},\
        {"provider_id":91,"provider_name":"Twin","display_priorities":{"US":1}},\
        {"provider_id":92,"provider_name":"Twin"},{"provider_name":"X"}]}
        """

    private static let german = """
        {"genres":[{"id":28,"name":"Action"},{"id":878,"name":"Zukunft"},{"id":10751,"name":"Familie"},\
        {"id":35,"name":null}]}
        """

    private func makeTMDB(language: String = "en-US") throws -> ScriptedTMDB {
        try ScriptedTMDB(language: language) { path, query in
            switch path {
            case "/discover/movie", "/discover/tv": (200, DiscoverFilterTests.empty)
            case "/search/person": (Self.people[query["query"] ?? ""]).map { (200, $0) } ?? (500, "")
            case "/search/company":
                query["query"] == "A, B & C"
                    ? (200, Self.found("{\"id\":7,\"name\":\"A, B and C\",\"origin_country\":\"FR\"}", total: 9))
                    : (429, "")
            case "/search/keyword":
                (200, Self.found("{\"id\":4379,\"name\":\"time travel\"},{\"id\":2,\"name\":\"time\"}"))
            case "/watch/providers/movie", "/watch/providers/tv": (200, Self.providers)
            case "/genre/movie/list": (200, Self.german)
            case "/genre/tv/list": (200, "{\"genres\":[{\"id\":10765,\"name\":\"Zukunft & Magie\"}]}")
            default: nil
            }
        }
    }

    @Test(
        "names become ids, and the result tells which",
        arguments: [
            ("discover_movies", "with_genres", "Action, Science Fiction", "28,878"),
            ("discover_movies", "with_genres", "sci-fi|12", "878|12"),
            ("discover_movies", "with_genres", "scifi|SciFi|Sci Fi|sciencefiction", "878|878|878|878"),
            ("discover_tv", "with_genres", "scifi|sci-fi|talkshow", "10765|10765|10767"),
            ("discover_movies", "with_watch_providers", "twin", "91"),
            ("discover_movies", "with_watch_providers", "Amazon|prime", "9|9"),
            ("discover_movies", "without_genres", "horror", "27"),
            ("discover_tv", "with_genres", "Action & Adventure|sci fi and fantasy", "10759|10765"),
            ("discover_tv", "with_genres", "Science Fiction, action, war", "10765,10759,10768"),
            ("discover_movies", "with_cast", "Ana Lark", "11"), ("discover_movies", "with_crew", "ana lárk", "11"),
            ("discover_movies", "with_people", "Lark, 5, Ana Lark", "11,5,11"),
            ("discover_movies", "with_people", "\"1917\"|1917", "1917000|1917"),
            ("discover_movies", "with_companies", "\"A, B & C\",12", "7,12"),
            ("discover_movies", "without_companies", "\"A, B & C\"", "7"),
            ("discover_tv", "with_keywords", "Time-Travel", "4379"),
            ("discover_tv", "without_keywords", "time", "2"),
            ("discover_movies", "with_watch_providers", "netflix|Disney+", "8|337"),
            ("discover_movies", "with_watch_providers", "Prime Video", "9"),
            ("discover_tv", "without_watch_providers", "Netflix", "8"),
            ("discover_tv", "with_networks", "Netflix|HBO|49|bbc one", "213|49|49|4"),
            ("discover_tv", "with_networks", "Amazon|Apple TV+|CW|A&E", "1024|2552|71|129"),
        ])
    func resolved(tool: String, filter: String, names: String, ids: String) throws {
        let tmdb = try makeTMDB()
        var arguments: JSONObject = [filter: .string(names)]
        if filter.hasSuffix("watch_providers") { arguments.set("watch_region", to: "US") }
        let page = try tmdb.object(tool, arguments)
        let resolved = try #require(page["resolved"]?[filter]?.string)
        let separators: Set<Character> = [",", "|"]
        let shown: [Substring] = resolved.split(whereSeparator: separators.contains).map { $0.prefix { $0.isNumber } }
        #expect(shown.filter { !$0.isEmpty } == ids.split(whereSeparator: separators.contains))
        #expect(tmdb.query(tool == "discover_tv" ? "/discover/tv" : "/discover/movie")?[filter] == ids)
    }

    @Test(
        "accents of any Latin, Greek or Cyrillic letter, and case, make no difference",
        arguments: [
            ("Dragos", "Drago\u{219}"), ("\u{21A}epes", "Tepe\u{219}"), ("H\u{1ED2}", "h\u{1ED3}"),
            ("Tran Anh Hung", "Tr\u{1EA7}n Anh H\u{F9}ng"), ("Tra\u{302}\u{300}n", "Tr\u{1EA7}n"),
            ("Le Huu Phuoc", "L\u{EA} H\u{1EEF}u Ph\u{1B0}\u{1EDB}c"), ("ΣΟΦΟΚΛΗΣ", "Σοφοκλής"), ("ΔΡΑΣΗ", "Δράση"),
            ("Федор", "Фёдор"), ("Андреи\u{306}", "Андрей"),
        ])
    func accents(given: String, name: String) throws {
        let tmdb = try ScriptedTMDB { path, _ in
            let rows = "{\"id\":1,\"name\":\"\(name)\"},{\"id\":2,\"name\":\"\(name) II\"}"
            return (200, path == "/search/person" ? Self.found(rows, total: 2) : DiscoverFilterTests.empty)
        }
        _ = try tmdb.object("discover_movies", ["with_cast": .string(given)])
        #expect(tmdb.query("/discover/movie")?["with_cast"] == "1")
    }

    @Test("a person is found by the name in their own script")
    func originalName() throws {
        let tmdb = try ScriptedTMDB { path, _ in
            let rows = """
                {"id":1,"name":"Goro Miyazaki","original_name":"宮崎吾朗"},\
                {"id":608,"name":"Hayao Miyazaki","original_name":"宮崎駿"}
                """
            return (200, path == "/search/person" ? Self.found(rows, total: 2) : DiscoverFilterTests.empty)
        }
        _ = try tmdb.object("discover_movies", ["with_crew": "宮崎駿"])
        #expect(tmdb.query("/discover/movie")?["with_crew"] == "608")
    }

    @Test("ids alone are passed on without a look at TMDB's lists")
    func numbers() throws {
        let tmdb = try makeTMDB()
        let page = try tmdb.object(
            "discover_movies",
            ["with_genres": "1,2", "with_cast": "3", "with_watch_providers": "4", "watch_region": "US"])
        #expect(page["resolved"] == nil)
        #expect(tmdb.paths == ["/discover/movie"])
    }

    @Test(
        "a name that leads to no single id is answered with what there is",
        arguments: [
            (
                "discover_movies", "with_cast", "Bo Day",
                "with_cast: \"Bo Day\" may be 21 Bo Day (Acting, Rain, Snow); 22 Bó Day (Directing)"
            ),
            ("discover_movies", "with_cast", "Larks", "11 Ana Lark"),
            ("discover_movies", "with_cast", "Day", "8 Day 8; and others. Give the id"),
            ("discover_movies", "with_cast", "Long", "may be 1 \(String(repeating: "é", count: 38))…. Give"),
            ("discover_movies", "with_crew", "Nobody", "TMDB has no person named \"Nobody\""),
            ("discover_movies", "with_crew", "Bad", TMDBError.unexpectedShape.message),
            ("discover_movies", "with_crew", "Broken", TMDBError.serverFault(status: 500).message),
            ("discover_movies", "with_companies", "Any", TMDBError.rateLimited(retryAfter: 1).message),
            (
                "discover_movies", "with_genres", "Dramedy",
                "no genre \"Dramedy\" of movies. There are Action, Adventure"
            ),
            ("discover_tv", "with_genres", "Thriller", "no genre \"Thriller\" of series. There are Action & Adventure"),
            ("discover_movies", "with_watch_providers", "video", "may be 9 Amazon Prime Video; 10 Amazon Video"),
            ("discover_movies", "with_watch_providers", "Netflik", "Similar: 8 Netflix"),
            (
                "discover_movies", "with_watch_providers", "Zzz",
                "no streaming service \"Zzz\" in US. list_reference with kind movie_"
            ),
            ("discover_tv", "with_networks", "Discovery Chanel", "Similar: 64 Discovery Channel"),
            ("discover_tv", "with_networks", "Nowhere TV", "TMDB has no search for networks"),
            ("discover_tv", "with_networks", "Nowhere TV", "get_details, with detail full, of a series"),
            ("discover_tv", "with_networks", "Disney", "may be 54 Disney Channel; 2739 Disney+; 44 Disney XD"),
        ])
    func unresolved(tool: String, filter: String, names: String, words: String) throws {
        let tmdb = try makeTMDB()
        var arguments: JSONObject = [filter: .string(names)]
        if filter.hasSuffix("watch_providers") { arguments.set("watch_region", to: "US") }
        let message = try tmdb.failure(tool, arguments)
        #expect(message.contains(words), "\(message)")
        #expect(!tmdb.paths.contains { $0.hasPrefix("/discover") })
    }

    @Test("all names of a call are looked up at once, each once, and all problems are told together")
    func parallel() throws {
        let tmdb = try makeTMDB()
        tmdb.isSlow = true
        var results: [CallToolResult] = []
        let arguments: JSONObject = [
            "with_cast": "Bo Day|Nobody", "with_people": "Nobody", "with_companies": "One,Two",
            "with_genres": "Dramedy",
            "with_watch_providers": "Video|Zzz", "without_watch_providers": "Netflix", "watch_region": "DE",
        ]
        _ = try tmdb.begin("discover_movies", arguments) { results.append($0) }
        #expect(tmdb.waiting.count == 5)
        #expect(tmdb.query("/watch/providers/movie") == ["watch_region": "DE"])
        tmdb.answerAll()
        guard case .failure(let message) = try #require(results.first) else {
            Issue.record("no failure")
            return
        }
        #expect(results.count == 1)
        let lines = message.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines.count { $0.contains("429") } == 1)
    }

    @Test("cancelling a call cancels the look-ups")
    func cancellation() throws {
        let tmdb = try makeTMDB()
        tmdb.isSlow = true
        let cancel = try tmdb.begin("discover_movies", ["with_cast": "A,B"]) { _ in Issue.record("reported") }
        cancel()
        #expect(tmdb.cancelled == 2)
        tmdb.answerAll()
    }

    @Test("twenty names are looked up, twenty-one are refused", arguments: [(20, true), (21, false)])
    func lookups(count: Int, isAccepted: Bool) throws {
        let tmdb = try makeTMDB()
        let first = (1...15).map { "\"\($0)\"" }.joined(separator: "|")
        let second = (16...count).map { "\"\($0)\"" }.joined(separator: "|")
        let message = try tmdb.failure(
            "discover_movies", ["with_cast": .string(first), "with_keywords": .string(second)])
        #expect(message.contains("names of people, companies and keywords") == !isAccepted)
        #expect(tmdb.requests.count == (isAccepted ? 20 : 0))
    }

    @Test("a genre may be named in English or in the language of the call")
    func languages() throws {
        let tmdb = try makeTMDB()
        let english = try tmdb.object("discover_movies", ["with_genres": "Science Fiction", "language": "de-DE"])
        #expect(english["resolved"] == ["with_genres": "878 Science Fiction"])
        #expect(tmdb.paths.first == "/discover/movie")
        let german = try tmdb.object("discover_movies", ["with_genres": "zukunft|family", "language": "de-DE"])
        #expect(german["resolved"] == ["with_genres": "878 Zukunft|10751 Family"])
        let series = try tmdb.object("discover_tv", ["with_genres": "Zukunft & Magie", "language": "de-DE"])
        #expect(series["resolved"] == ["with_genres": "10765 Zukunft & Magie"])
        let message = try tmdb.failure("discover_tv", ["with_genres": "Familien", "language": "de-DE"])
        #expect(message.contains("Zukunft & Magie"))
        #expect(try tmdb.failure("discover_movies", ["with_genres": "Zukunft"]).contains("no genre"))
    }

    @Test(
        "names are the same but for case, accents and punctuation",
        arguments: [
            ("AMÉLIE", "amelie"), ("Amélie", "Ame\u{301}lie"), ("Straße", "strasse"), ("Łódź", "lodz"),
            ("Bjørn", "bjorn"),
            ("Ærø", "aero"), ("Ōkami", "okami"), ("Œuvre", "oeuvre"), ("Žižek", "zizek"), ("O’Neil", "O'Neil"),
            ("Warner Bros.", "warner  bros"), ("Spider-Man", "spider man"), ("ΑΒΓ", "αβγ"), ("МОСФИЛЬМ", "Мосфильм"),
            ("東映", "東映"), ("Ňńŋ", "nnn"), ("Ĳ", "i"), ("ſ", "S"),
        ])
    func folding(one: String, other: String) throws {
        let escaped = JSONValue.string(one).text
        let tmdb = try ScriptedTMDB { path, _ in
            path == "/search/keyword"
                ? (200, Self.found("{\"id\":3,\"name\":\"x\"},{\"id\":4,\"name\":\(escaped)}", total: 2))
                : (200, DiscoverFilterTests.empty)
        }
        #expect(
            try tmdb.object("discover_tv", ["with_keywords": .string(other)])["resolved"]?["with_keywords"]?.string?
                .hasPrefix("4 ") == true)
    }

    @Test("other letters are other names", arguments: [("a", "b"), ("東映", "東宝"), ("!!!", "???"), ("ab", "a b")])
    func otherNames(one: String, other: String) throws {
        let tmdb = try ScriptedTMDB(["/search/keyword": Self.found("{\"id\":4,\"name\":\"\(one)\"}", total: 2)])
        #expect(try tmdb.failure("discover_tv", ["with_keywords": .string(other)]).contains("may be 4 \(one)"))
    }

    @Test(
        "an element of an array is one name, whatever stands in it",
        arguments: [
            (["A, B & C"], "7"), (["A, B & C", 41077], "7,41077"), (["41077", "\"A, B & C\""], "41077,7"),
            ([41077, 5], "41077,5"), (["41077|5"], "41077|5"),
        ] as [(JSONValue, String)])
    func elements(names: JSONValue, ids: String) throws {
        let tmdb = try makeTMDB()
        _ = try tmdb.object("discover_movies", ["with_companies": names])
        #expect(tmdb.query("/discover/movie")?["with_companies"] == ids)
    }

    @Test("what names were taken for is told by us alone")
    func resolvedByTMDB() throws {
        let page = #"{"page":1,"total_pages":1,"total_results":0,"results":[],"resolved":"theirs"}"#
        let tmdb = try ScriptedTMDB(["/discover/movie": page])
        #expect(try tmdb.object("discover_movies", [:])["resolved"] == nil)
    }
}
