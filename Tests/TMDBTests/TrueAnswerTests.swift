import JSON
import MCP
import TMDB
import Testing

/// What TMDB writes in place of what it does not know, and where it has a thing in two places.
@Suite struct TrueAnswerTests {
    private func record(_ base: JSONValue, _ type: String, _ changes: JSONObject) throws -> JSONValue {
        var source = try #require(base.object)
        for (name, value) in changes { source.set(name, to: value) }
        let value = try desk(.object(source)).value(
            "get_details", ["media_type": .string(type), "id": 1, "detail": "full"])
        return try #require(value["results"]?[0])
    }

    private func film(_ changes: JSONObject) throws -> JSONValue { try record(Samples.filmRecord, "movie", changes) }
    private func series(_ changes: JSONObject) throws -> JSONValue { try record(Samples.seriesRecord, "tv", changes) }

    @Test("the cast and the directors of a series are those of all its seasons")
    func aggregate() throws {
        let series = try series([
            "aggregate_credits": [
                "cast": [
                    [
                        "id": 1, "name": "A", "roles": [["character": "X"], ["character": "Y"]],
                        "total_episode_count": 9,
                    ],
                    ["id": 2, "name": "B", "roles": [["character": "Z"]]],
                ],
                "crew": [
                    ["id": 3, "name": "C", "jobs": [["job": "Director"]], "total_episode_count": 1],
                    [
                        "id": 4, "name": "D", "jobs": [["job": "Writer"], ["job": "Director"]],
                        "total_episode_count": 5,
                    ],
                    ["id": 5, "name": "E", "jobs": [["job": "Writer"]], "total_episode_count": 9],
                ],
            ]
        ])
        #expect(
            series["cast"] == [
                ["id": 1, "name": "A", "character": "X / Y"], ["id": 2, "name": "B", "character": "Z"],
            ])
        #expect(series["total_cast"] == 2)
        #expect(series["directors"] == [["id": 4, "name": "D"], ["id": 3, "name": "C"]])
    }

    @Test("a series has the minutes of its last or next episode where it lists none")
    func runtime() throws {
        let none: JSONObject = ["episode_run_time": [], "last_episode_to_air": nil, "next_episode_to_air": nil]
        #expect(try series(none)["runtime"] == nil)
        for name in ["last_episode_to_air", "next_episode_to_air"] {
            var changes = none
            changes.set(name, to: ["season_number": 1, "episode_number": 1, "runtime": 47])
            #expect(try series(changes)["runtime"] == 47)
        }
        let both: JSONObject = [
            "episode_run_time": [0], "last_episode_to_air": ["runtime": 0], "next_episode_to_air": ["runtime": 50],
        ]
        #expect(try series(both)["runtime"] == 50)
    }

    @Test("0 of money or minutes is unknown, and left out")
    func zero() throws {
        let film = try film(["budget": 0, "revenue": 0, "runtime": 0])
        #expect(film["runtime"] == nil)
        #expect(film["budget"] == nil)
        #expect(film["revenue"] == nil)
        let season: JSONValue = [
            "season_number": 1, "episodes": [["episode_number": 1, "runtime": 0, "vote_count": 0]],
        ]
        let episodes = try desk(season).value("get_season", ["id": 1, "season_number": 1])["episodes"]
        #expect(episodes == [["episode_number": 1, "votes": 0]])
    }

    @Test(
        "a day that there is not is no date",
        arguments: ["0000-00-00", "2024-13-40", "2023-02-29", "2024-00-10", "0000-01-01", "2024-04-31T00:00:00.000Z"])
    func dates(day: String) throws {
        let film = try film(["release_date": .string(day)])
        #expect(film["date"] == nil)
        #expect(film["year"] == nil)
        #expect(try self.film(["release_date": "2024-02-29"])["date"] == "2024-02-29")
    }

    @Test("a film is rated as it was in cinemas, whatever release comes first")
    func certification() throws {
        func rated(_ releases: JSONValue) throws -> JSONValue? {
            try film(["release_dates": ["results": [["iso_3166_1": "US", "release_dates": releases]]]])["certification"]
        }
        #expect(
            try rated([["certification": "NR", "type": 5], ["certification": "R", "type": 3]]) == "R (US)")
        #expect(
            try rated([["certification": "PG-13", "type": 4], ["certification": "R", "type": 3]]) == "R (US)")
        #expect(
            try rated([["certification": "NR", "type": 3], ["certification": "R", "type": 4]]) == "R (US)")
        #expect(try rated([["certification": "NR", "type": 1]]) == "NR (US)")
        #expect(try rated([["certification": "PG"], ["certification": "", "type": 3]]) == "PG (US)")
    }

    @Test("adult titles are told apart, and nothing is said of others")
    func adult() throws {
        let rows: [JSONValue] = [
            ["id": 1, "title": "A", "adult": true], ["id": 2, "title": "B", "adult": false], ["id": 3, "title": "C"],
        ]
        for tool in ["search", "discover_movies"] {
            var arguments: JSONObject = ["include_adult": true]
            if tool == "search" {
                arguments.set("query", to: "a")
                arguments.set("type", to: "movie")
            }
            let results = try desk(Samples.page(rows)).value(tool, arguments)["results"]?.array
            #expect(results?.map { $0["adult"] } == [true, nil, nil])
        }
        #expect(try film(["adult": true])["adult"] == true)
        #expect(try film(["adult": false])["adult"] == nil)
    }

    @Test("a vector graphic is addressed where TMDB has it")
    func vector() throws {
        let images: JSONValue = ["logos": [["file_path": "/a.svg"], ["file_path": "/b.png"]]]
        for (detail, urls) in [
            ("compact", ["w300/a.png", "w300/b.png"]), ("full", ["original/a.svg", "original/b.png"]),
        ] {
            let value = try desk(images).value(
                "get_media", ["media_type": "movie", "id": 1, "kind": "images", "detail": .string(detail)])
            #expect(
                value["images"]?.array?.map { $0["url"] }
                    == urls.map { .string("https://image.tmdb.org/t/p/" + $0) })
        }
        let companies = Samples.page([
            ["id": 1, "name": "C", "logo_path": "/c.svg"], ["id": 2, "name": "D", "logo_path": ".svg"],
        ])
        let rows = try desk(companies).value("search", ["query": "a", "type": "company"])["results"]
        #expect(rows?[0]?["logo"] == "https://image.tmdb.org/t/p/w300/c.png")
        #expect(rows?[1]?["logo"] == nil)
    }

    @Test("images of one language keep the country that tells them apart")
    func country() throws {
        let images: JSONValue = [
            "posters": [
                ["file_path": "/a.jpg", "iso_639_1": "fr", "iso_3166_1": "FR"],
                ["file_path": "/b.jpg", "iso_639_1": "fr", "iso_3166_1": "CA"],
                ["file_path": "/c.jpg", "iso_639_1": nil, "iso_3166_1": nil],
            ]
        ]
        let value = try desk(images).value("get_media", ["media_type": "movie", "id": 1, "kind": "images"])
        #expect(value["images"]?.array?.map { $0["country"] } == ["FR", "CA", nil])
    }

    @Test("blanks around a name are no part of it")
    func blanks() throws {
        let offers: JSONValue = [
            "results": ["US": ["flatrate": [["provider_name": " Netflix with Ads "], ["provider_name": "\t"]]]]
        ]
        let value = try desk(offers).value("get_watch_providers", ["media_type": "movie", "id": 1, "region": "US"])
        #expect(value["stream"] == ["Netflix with Ads"])
        let providers: JSONValue = ["results": [["provider_id": 8, "provider_name": "Netflix "]]]
        let list = try desk(providers).value("list_reference", ["kind": "movie_providers"])
        #expect(list.text.contains("\"Netflix\""))
        #expect(try film(["title": " Dune\n"])["title"] == "Dune")
    }
}
