import JSON
import MCP
import TMDB
import Testing

/// Arguments that a client fills in for what its user left out.
@Suite struct FilledInArgumentTests {
    private func urls(_ tool: String, _ arguments: JSONObject, _ answers: [String: JSONValue] = [:]) throws -> [String]
    {
        let upstream = Upstream()
        upstream.answer = { target in
            let path = String(target.prefix { $0 != "?" })
            return answers[path].map { response(200, $0.text) } ?? response(404, "{\"status_code\":34}")
        }
        _ = try ToolDesk(upstream).call(tool, arguments)
        return upstream.targets
    }

    @Test(
        "zeros and blanks ask for what is asked for without them",
        arguments: [
            ("search", ["query": "a"], ["page": 0, "year": 0, "region": "", "type": ""]),
            ("get_details", ["media_type": "movie", "id": 1], ["ids": [], "append": "", "detail": ""]),
            ("get_details", ["media_type": "movie", "ids": [1, 2]], ["id": 0]),
            ("get_watch_providers", ["media_type": "movie", "id": 1], ["season_number": 0, "region": ""]),
            ("get_media", ["media_type": "movie", "id": 1], ["season_number": 0, "episode_number": 0, "limit": 0]),
            ("get_media", ["media_type": "tv", "id": 1, "season_number": 0], ["episode_number": 0]),
            ("get_credits", ["media_type": "tv", "id": 1], ["limit": 0, "page": 0, "department": ""]),
            (
                "discover_movies", [:],
                [
                    "primary_release_year": 0, "year": 0, "page": 0, "vote_average.gte": 0, "vote_average.lte": 0,
                    "with_runtime.gte": 0, "with_runtime.lte": 0, "with_cast": "", "certification": "",
                    "vote_count": ["gte": 0, "lte": 0],
                ]
            ),
            ("discover_tv", [:], ["first_air_date_year": 0, "with_runtime_gte": 0, "with_runtime_lte": 0]),
        ] as [(String, JSONObject, JSONObject)])
    func zeros(tool: String, arguments: JSONObject, filled: JSONObject) throws {
        var all = arguments
        for (name, value) in filled { all.set(name, to: value) }
        let asked = try urls(tool, all)
        #expect(asked == (try urls(tool, arguments)))
        #expect(!asked.isEmpty)
    }

    @Test("season 0 of a series is its specials")
    func specials() throws {
        #expect(try urls("get_season", ["id": 1, "season_number": 0])[0].hasPrefix("/tv/1/season/0?"))
        let providers = try urls("get_watch_providers", ["media_type": "tv", "id": 1, "season_number": 0])
        #expect(providers[0].hasPrefix("/tv/1/season/0/watch/providers"))
        let media = try urls("get_media", ["media_type": "tv", "id": 1, "season_number": 0, "kind": "images"])
        #expect(media[0].hasPrefix("/tv/1/season/0/images"))
    }

    @Test("a bound of 0 is one where the other bound is not 0")
    func bounds() throws {
        let asked = try urls("discover_movies", ["vote_count.lte": 0, "with_runtime.gte": 0, "with_runtime.lte": 90])
        for part in ["vote_count.lte=0", "with_runtime.gte=0", "with_runtime.lte=90"] {
            #expect(asked.contains { $0.contains(part) })
        }
    }

    @Test("episode 0 is none that is meant: the whole season is")
    func episodeZero() throws {
        for (number, path) in [(0, "/tv/1/season/2"), (9, "/tv/1/season/2/episode/9")] as [(JSONValue, String)] {
            let asked = try urls("get_season", ["id": 1, "season_number": 2, "episode_number": number])
            #expect(asked.map { String($0.prefix { $0 != "?" }) } == [path])
        }
    }

    @Test("the season that is not meant is not repeated")
    func providers() throws {
        let value = try desk(["results": [:]]).value(
            "get_watch_providers", ["media_type": "film", "id": 1, "season_number": 0])
        #expect(value["season_number"] == nil)
        #expect(value["media_type"] == "movie")
    }
}
