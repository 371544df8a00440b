import JSON
import MCP
import Testing

@Suite struct CompletionTests {
    private static let movies: JSONValue = [
        "page": 1, "total_pages": 1, "total_results": 3,
        "results": [
            ["id": 438_631, "title": "Dune", "release_date": "2021-09-15"],
            ["id": 841, "title": "Dune", "release_date": "1984-12-14"],
            ["id": 7, "title": "Dunkirk: \"Ç'est/la?\"", "release_date": ""],
        ],
    ]

    private func complete(
        _ asking: Asking, _ ref: JSONValue, _ name: String, _ value: String, settled: JSONObject = [:]
    ) throws -> [String] {
        let result = try asking.result(
            "completion/complete",
            [
                "ref": ref, "argument": ["name": .string(name), "value": .string(value)],
                "context": ["arguments": .object(settled)],
            ])
        return try #require(result?["completion"]?["values"]?.array).compactMap(\.string)
    }

    private func prompt(_ name: String) -> JSONValue { ["type": "ref/prompt", "name": .string(name)] }

    private func template(_ uri: String) -> JSONValue { ["type": "ref/resource", "uri": .string(uri)] }

    @Test("the id of a movie completes to ids with titles and years, which the template reads again")
    func movieID() throws {
        let asking = try Asking(["/search/movie?query=dun&": Self.movies, "/movie/438631?": ["id": 438_631]])
        let values = try complete(asking, template("tmdb://movie/{id}"), "id", "dun")
        #expect(values == ["438631-dune-2021", "841-dune-1984", "7-dunkirk-cest-la"])
        _ = try asking.result("resources/read", ["uri": "tmdb://movie/438631-Dune-2021"])
        #expect(asking.urls == ["/search/movie", "/movie/438631"])
    }

    @Test(
        "what becomes part of a URI is ASCII, since clients put URIs into HTTP headers",
        arguments: [
            ("Le Fabuleux Destin d'Amélie Poulain", "550-le-fabuleux-destin-damelie-poulain-2001"),
            ("Ænima & Ψ", "550-aenima-and-2001"), ("千と千尋の神隠し", "550-2001"), ("Straße", "550-strasse-2001"),
            ("Нелюбовь 2", "550-2-2001"), ("🎬", "550-2001"), ("a\u{0}b\r\nc\u{7F}d", "550-ab-c-d-2001"),
        ])
    func ascii(title: String, value: String) throws {
        let row: JSONValue = ["id": 550, "title": .string(title), "name": .string(title), "release_date": "2001-04-25"]
        let answer: JSONValue = ["page": 1, "total_pages": 1, "total_results": 1, "results": [row]]
        let types = ["movie", "tv", "person", "collection"]
        let asking = try Asking(
            Dictionary(uniqueKeysWithValues: types.map { ("/search/\($0)?", answer) }))
        for type in types {
            #expect(try complete(asking, template("tmdb://\(type)/{id}"), "id", "am") == [value])
        }
        #expect(try complete(asking, template("tmdb://tv/{id}/season/{n}"), "id", "am") == [value])
    }

    @Test("one letter, or nothing, asks TMDB nothing", arguments: ["", "d", " ", " d"])
    func tooShort(text: String) throws {
        let asking = try Asking(["/search": Self.movies])
        #expect(try complete(asking, template("tmdb://movie/{id}"), "id", text) == [])
        #expect(asking.urls == [])
    }

    @Test("one letter of a script whose letters say more is searched for")
    func han() throws {
        let asking = try Asking(["/search/movie?query=%E6%B2%99": Self.movies])
        #expect(try complete(asking, template("tmdb://movie/{id}"), "id", "沙").count == 3)
    }

    @Test("what TMDB refuses completes to nothing")
    func failure() throws {
        #expect(try complete(Asking([:]), template("tmdb://tv/{id}"), "id", "dark") == [])
    }

    @Test("the number of a season completes once the series is settled")
    func seasons() throws {
        let series: JSONValue = [
            "id": 5, "seasons": [["season_number": 0], ["season_number": 1], ["season_number": 10], [:]],
        ]
        let asking = try Asking(["/tv/5?": series])
        let uri = template("tmdb://tv/{id}/season/{n}")
        #expect(try complete(asking, uri, "n", "", settled: ["id": "5-Dark-2017"]) == ["0", "1", "10"])
        #expect(try complete(asking, uri, "n", "1", settled: ["id": "5"]) == ["1", "10"])
        #expect(try complete(asking, uri, "n", "1") == [])
        #expect(try complete(asking, uri, "n", "1", settled: ["id": "x"]) == [])
    }

    @Test("titles complete to titles with years, without people")
    func titles() throws {
        let rows: JSONValue = [
            "results": [
                ["id": 1, "media_type": "movie", "title": "Heat", "release_date": "1995-12-15"],
                ["id": 2, "media_type": "person", "name": "Heather"],
                ["id": 3, "media_type": "tv", "name": "Heated", "first_air_date": nil], [:],
            ]
        ]
        let asking = try Asking(["/search/multi?query=hea": rows])
        #expect(try complete(asking, prompt("more_like_this"), "title", "hea") == ["Heat (1995)", "Heated"])
        #expect(try complete(asking, prompt("compare_titles"), "second", "hea").count == 2)
    }

    @Test("people and franchises complete to names")
    func names() throws {
        let asking = try Asking([
            "/search/person": ["results": [["name": "Agnès Varda"]]],
            "/search/collection": ["results": [["name": "Alien Collection"]]],
        ])
        #expect(try complete(asking, prompt("best_work"), "person", "varda") == ["Agnès Varda"])
        #expect(try complete(asking, prompt("franchise_order"), "franchise", "alien") == ["Alien Collection"])
    }

    @Test(
        "the last of several services is completed, and the others stay",
        arguments: [
            ("net", ["Netflix"]), ("Netflix, dis", ["Netflix, Disney Plus"]),
            ("Netflix,mu", ["Netflix,MUBI"]), ("Netflix, zzz", []),
        ])
    func services(typed: String, expected: [String]) throws {
        #expect(try complete(Asking([:]), prompt("watch_tonight"), "services", typed) == expected)
    }

    @Test("genres, regions and moods complete from lists")
    func lists() throws {
        #expect(try complete(Asking([:]), prompt("genre_trip"), "genre", "wes") == ["Western"])
        #expect(try complete(Asking([:]), prompt("watch_tonight"), "region", "u") == ["UA", "US"])
        #expect(try complete(Asking([:]), prompt("watch_tonight"), "mood", "FUN") == ["funny"])
    }

    @Test("titles complete without collections")
    func noCollections() throws {
        let rows: JSONValue = [
            "results": [
                ["id": 1, "media_type": "collection", "title": "Dune Collection"],
                ["id": 2, "media_type": "movie", "title": "Dune", "release_date": "2021-09-15"],
            ]
        ]
        let asking = try Asking(["/search/multi": rows])
        #expect(try complete(asking, prompt("compare_titles"), "first", "dune") == ["Dune (2021)"])
    }

    @Test("a number completes to the record that has it, then to titles like it")
    func number() throws {
        let asking = try Asking([
            "/search/movie?query=1917&": ["results": [["id": 530_915, "title": "1917", "release_date": "2019-12-25"]]],
            "/movie/1917?": ["id": 1917, "title": "Dune", "release_date": "2021-09-15"],
            "/movie/6?": ["id": 6, "title": "Heat"],
        ])
        let uri = template("tmdb://movie/{id}")
        #expect(try complete(asking, uri, "id", "1917") == ["1917-dune-2021", "530915-1917-2019"])
        #expect(try complete(asking, uri, "id", "6") == ["6-heat"])
        #expect(try complete(asking, uri, "id", "99") == [])
    }
}
