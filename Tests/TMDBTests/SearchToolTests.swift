import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

@Suite struct SearchToolTests {
    private static let page = Samples.page([])

    @Test(
        "arguments become the query",
        arguments: [
            (["query": "alien"], "multi?query=alien&page=1&language=en-US"),
            (["query": "  a b\t"], "multi?query=%20%20a%20b%09&page=1&language=en-US"),
            (["query": "é&page=9#"], "multi?query=%C3%A9%26page%3D9%23&page=1&language=en-US"),
            (["query": "a", "page": 2.0, "type": nil], "multi?query=a&page=2&language=en-US"),
            (["language": "pt-BR", "page": 500, "query": "a"], "multi?query=a&page=500&language=pt-BR"),
            (["query": "a", "include_adult": true], "multi?query=a&page=1&language=en-US&include_adult=true"),
            (["query": "a", "include_adult": false], "multi?query=a&page=1&language=en-US"),
            (
                ["query": "a", "type": "movie", "year": 1979, "region": "DE"],
                "movie?query=a&page=1&language=en-US&primary_release_year=1979&region=DE"
            ),
            (
                ["query": "a", "type": "tv", "year": 2001],
                "tv?query=a&page=1&language=en-US&first_air_date_year=2001"
            ),
            (["query": 1917, "type": "movie", "region": "uk"], "movie?query=1917&page=1&language=en-US&region=GB"),
            (
                ["query": "a", "page": "2", "region": "", "include_adult": "false"],
                "multi?query=a&page=2&language=en-US"
            ),
            (
                ["query": "a", "type": "movie", "region": "U.S.A."],
                "movie?query=a&page=1&language=en-US&region=US"
            ),
            (["query": "a", "type": "person"], "person?query=a&page=1&language=en-US"),
            (
                ["query": "a", "type": "collection", "region": "US"],
                "collection?query=a&page=1&language=en-US&region=US"
            ),
            (["query": "a", "type": "company"], "company?query=a&page=1"),
            (
                ["query": "a", "type": "keyword", "language": "en-US", "include_adult": false],
                "keyword?query=a&page=1"
            ),
        ] as [(JSONObject, String)])
    func query(arguments: JSONObject, target: String) throws {
        let desk = try desk(Self.page)
        _ = try desk.value("search", arguments)
        #expect(desk.upstream.targets == ["/search/" + target])
    }

    @Test(
        "what TMDB ignores for a type is refused, with the types that take it",
        arguments: [
            (["type": "person", "year": 1999], ["year", "movie, tv"]),
            (["type": "tv", "region": "US"], ["region", "movie, collection"]),
            (["type": "collection", "year": 1999], ["year"]), (["type": "company", "region": "US"], ["region"]),
            (["type": "keyword", "include_adult": true], ["include_adult", "multi"]),
            (["type": "company", "language": "de"], ["language"]),
        ] as [(JSONObject, [String])])
    func ignored(arguments: JSONObject, words: [String]) throws {
        let desk = try desk(Self.page)
        var arguments = arguments
        arguments.set("query", to: "a")
        let message = try desk.failure("search", arguments)
        for word in words { #expect(message.contains(word)) }
        #expect(desk.upstream.requests.isEmpty)
    }

    @Test(
        "a query of whitespace alone is refused before anything is sent",
        arguments: [" ", "\t\n", "\u{A0}", "\u{3000}\u{2003}", "\u{2028}"])
    func blank(query: String) throws {
        let desk = try desk(Self.page)
        #expect(try desk.failure("search", ["query": .string(query)]).contains("query must not be empty"))
        #expect(desk.upstream.requests.isEmpty)
    }

    @Test(
        "arguments beyond what TMDB takes are refused by the schema",
        arguments: [
            [:], ["query": nil], ["query": ""], ["query": .string(String(repeating: "é", count: 501))],
            ["query": "a", "page": -1], ["query": "a", "page": 501], ["query": "a", "page": 1.5],
            ["query": "a", "year": 1869], ["query": "a", "year": 2101], ["query": "a", "type": "network"],
            ["query": "a", "region": "u"], ["query": "a", "region": "USSR"], ["query": "a", "detail": "all"],
            ["query": "a", "include_adult": "yes"], ["query": "a", "x": 1],
        ] as [JSONObject])
    func refused(arguments: JSONObject) throws {
        let input = try desk(Self.page).tool("search").input
        #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
    }

    @Test("a query of 500 characters is sent whole")
    func longQuery() throws {
        let desk = try desk(Self.page)
        _ = try desk.value("search", ["query": .string(String(repeating: "x", count: 500))])
        #expect(desk.upstream.targets.first?.contains(String(repeating: "x", count: 500) + "&") == true)
    }

    @Test(
        "a language is one that there is, and perhaps a region, in the letters of TMDB's",
        arguments: [
            ("en", "en"), ("pt-BR", "pt-BR"), ("xx-ZZ", "xx-ZZ"), ("EN", "en"), ("en-us", "en-US"), ("en_US", "en-US"),
            ("en-US ", "en-US"), (" en", "en"), ("en\n", "en"), ("en-UK", "en-GB"), ("aa", "aa"), ("zu", "zu"),
            ("ne", "ne"), ("zz", nil), ("jp", nil), ("kr", nil), ("cz-CZ", nil), ("dk", nil), ("gr", nil), ("e", nil),
            ("eng", nil), ("en-", nil), ("en-U", nil), ("en-USA", "en-US"), ("en-USSR", nil), ("én", nil),
            ("en-U\u{301}", nil),
            ("e\u{301}n", nil), ("en-US&api_key=1", nil), ("en-12", nil), ("en US", nil), ("nb", "nb"), ("bz", nil),
        ])
    func language(tag: String, expected: String?) throws {
        let input = try desk(Self.page).tool("search").input
        let arguments: JSONObject = ["query": "a", "language": .string(tag)]
        if let expected {
            #expect(try input.check(arguments).string("language") == expected)
        } else {
            #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
        }
    }

    @Test("without a language the server's is asked for", arguments: ["de-AT", "DE_at"])
    func serverLanguage(setting: String) throws {
        let desk = try ToolDesk(Upstream(response(200, Self.page.text)), language: setting)
        _ = try desk.value("search", ["query": "a"])
        #expect(desk.upstream.targets == ["/search/multi?query=a&page=1&language=de-AT"])
        let language = try desk.tool("search").input.json["properties"]?["language"]
        #expect(language?["description"]?.string?.hasSuffix("default de-AT") == true)
    }

    @Test("rows of every type become what they are, without what is not known")
    func rows() throws {
        let value = try desk(Samples.page([Samples.person, Samples.series])).value(
            "search", ["query": "a", "type": "tv"])
        #expect(value["page"] == 1)
        #expect(value["total_pages"] == 3)
        #expect(value["total_results"] == 42)
        #expect(
            value["results"]?[1]
                == [
                    "id": 12, "media_type": "tv", "title": "Ferrymen", "year": 2001, "date": "2001-12-31",
                    "genres": ["Crime"], "votes": 0,
                ])
        #expect(value["attribution"]?.string?.contains("TMDB") == true)
    }

    @Test(
        "rows that do not tell their type have that of the search",
        arguments: [
            (
                "movie", Samples.film,
                [
                    "id": 11, "media_type": "movie", "title": "The Glass Harbour", "year": 2019,
                    "date": "2019-03-04", "genres": ["Drama", "Action"], "rating": 7.5, "votes": 321,
                    "overview": "A harbour of glass.",
                    "poster": "https://image.tmdb.org/t/p/w500/gh.jpg",
                ]
            ),
            (
                "person", Samples.person,
                [
                    "id": 13, "media_type": "person", "name": "Ada Quill", "known_for_department": "Acting",
                    "known_for": ["The Glass Harbour", "Ferrymen"],
                    "photo": "https://image.tmdb.org/t/p/h632/aq.jpg",
                ]
            ),
            (
                "company", Samples.company,
                [
                    "id": 14, "media_type": "company", "name": "Quay Films",
                    "logo": "https://image.tmdb.org/t/p/w300/q.png",
                ]
            ),
            ("keyword", Samples.keyword, ["id": 15, "media_type": "keyword", "name": "harbour"]),
            (
                "collection", Samples.collection,
                [
                    "id": 16, "media_type": "collection", "title": "Harbour Collection", "overview": "All harbours.",
                    "poster": "https://image.tmdb.org/t/p/w500/hc.jpg",
                ]
            ),
        ] as [(String, JSONValue, JSONValue)])
    func typeOfRows(type: String, row: JSONValue, expected: JSONValue) throws {
        let value = try desk(Samples.page([row])).value("search", ["query": "a", "type": .string(type)])
        #expect(value["results"] == [expected])
    }

    @Test("full rows have more, and texts are not cut")
    func full() throws {
        var film = try #require(Samples.film.object)
        film.set("overview", to: .string(String(repeating: " word", count: 100)))
        let desk = try desk(Samples.page([.object(film)]))
        let arguments: JSONObject = ["query": "a", "type": "movie"]
        let cut = try desk.value("search", arguments)["results"]?[0]?["overview"]?.string
        #expect(cut?.hasSuffix("word…") == true)
        #expect(cut.map { $0.utf8.count <= 140 } == true)
        var asFull = arguments
        asFull.set("detail", to: "full")
        let row = try #require(try desk.value("search", asFull)["results"]?[0])
        #expect(row["overview"]?.string?.utf8.count == 499)
        #expect(row["original_title"] == "O Porto de Vidro")
        #expect(row["date"] == "2019-03-04")
        #expect(row["popularity"] == 12.3)
        #expect(row["backdrop"] == "https://image.tmdb.org/t/p/w1280/ghb.jpg")
    }

    @Test(
        "a row without an id or a type is left out, the others stay",
        arguments: [
            nil, 5, [], [:], ["id": "1", "media_type": "tv"], ["id": 1], ["id": 1.5, "media_type": "tv"],
            ["id": 1, "media_type": ""], ["id": 1, "media_type": 5],
        ] as [JSONValue])
    func brokenRow(row: JSONValue) throws {
        let value = try desk(Samples.page([row, Samples.series])).value("search", ["query": "a"])
        #expect(value["results"]?.array?.count == 1)
    }

    @Test("pages beyond the last that TMDB serves are not counted")
    func pages() throws {
        let answer: JSONValue = ["page": 1, "results": [], "total_pages": 4000, "total_results": 80000]
        let value = try desk(answer).value("search", ["query": "a"])
        #expect(value["total_pages"] == 500)
        #expect(value["total_results"] == 80000)
    }

    @Test(
        "JSON of another form is told as such",
        arguments: [
            nil, 5, [], [:], "text", ["success": true], ["results": [], "total_pages": 0, "total_results": 0],
            ["page": 1, "results": [:], "total_pages": 0, "total_results": 0],
            ["page": "1", "results": [], "total_pages": 0, "total_results": 0],
            ["page": 1, "results": [], "total_pages": nil, "total_results": 0],
            ["page": 1, "results": [], "total_pages": 0, "total_results": 1e300],
        ] as [JSONValue])
    func unexpectedShape(answer: JSONValue) throws {
        #expect(try desk(answer).failure("search", ["query": "a"]) == TMDBError.unexpectedShape.message)
    }

    @Test("a failure becomes words for the model")
    func failures() throws {
        let refused = try ToolDesk(Upstream(response(401))).failure("search", ["query": "a"])
        #expect(refused == TMDBError.unauthorized().message)
        let keyless = try ToolDesk(Upstream(), key: nil).failure("search", ["query": "a"])
        #expect(keyless == TMDBError.noCredential.message)
    }

    @Test("cancelling the call cancels its request, and nothing is reported")
    func cancellation() throws {
        let upstream = Upstream()
        let tool = try ToolDesk(upstream).tool("search")
        let cancel = tool.run(try tool.input.check(["query": "a"]), try makeRequest()) { _ in Issue.record("reported") }
        cancel()
        #expect(upstream.cancelled == 1)
        upstream.finishes.first?(response(200, Self.page.text))
    }
}
