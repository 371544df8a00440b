import JSON
import MCP
import TMDB
import Testing

/// What models give in the place of an id and of a type.
@Suite struct RecordReferenceTests {
    private static let found: [String: JSONValue] = [
        "/find/tt0137523": ["movie_results": [["id": 550]], "tv_results": [], "person_results": []],
        "/find/tt0903747": ["movie_results": [], "tv_results": [["id": 1396]]],
        "/find/nm0000093": ["movie_results": [], "person_results": [["id": 287]]],
        "/find/tt0000001": ["movie_results": [], "tv_episode_results": [["id": 62085, "show_id": 1396]]],
        "/movie/550": ["id": 550, "title": "Fight Club"], "/tv/1396": ["id": 1396, "name": "Breaking Bad"],
        "/person/287": ["id": 287, "name": "Brad Pitt"], "/movie/551": ["id": 551, "title": "The Poseidon Adventure"],
    ]

    /// What TMDB is asked for, and the result.
    private func call(_ tool: String, _ arguments: JSONObject) throws -> (paths: [String], result: JSONValue) {
        let asking = try Asking(Self.found)
        let result = try asking.result("tools/call", ["name": .string(tool), "arguments": .object(arguments)])
        return (asking.urls, result ?? .null)
    }

    @Test(
        "an id is taken as people write it",
        arguments: [
            (550, "/movie/550"), (550.0, "/movie/550"), ("550", "/movie/550"), (" 550 ", "/movie/550"),
            ([550], "/movie/550"), ("550-fight-club", "/movie/550"), ("movie/550", "/movie/550"),
            ("https://www.themoviedb.org/movie/550-fight-club?language=de", "/movie/550"),
            ("http://themoviedb.org/movie/550#cast", "/movie/550"), ("tmdb://movie/550", "/movie/550"),
            ("https://www.themoviedb.org/movie/550-fight-club/cast", "/movie/550"),
            ("https://www.themoviedb.org/tv/1396-breaking-bad/season/2", "/tv/1396"),
            ("tt0137523", "/movie/550"), ("TT0137523", "/movie/550"), ("tt0903747", "/tv/1396"),
            ("https://www.imdb.com/title/tt0903747/?ref_=x", "/tv/1396"), ("nm0000093", "/person/287"),
            ("https://www.themoviedb.org/person/287-brad-pitt", "/person/287"),
        ] as [(JSONValue, String)])
    func ids(id: JSONValue, path: String) throws {
        // A type that is given wrongly does not outweigh what the id tells.
        for type in ["movie", path.hasPrefix("/person") ? "person" : "movie"] {
            let (paths, result) = try call("get_details", ["media_type": .string(type), "id": id])
            #expect(paths.filter { !$0.hasPrefix("/find/") } == [path])
            #expect(result["isError"]?.bool != true)
        }
        if id.string?.contains("/") == true || id.string?.contains("0") == false {
            #expect(try call("get_details", ["id": id]).paths.last == path)
        }
    }

    @Test(
        "the type may be left out where the ids tell it",
        arguments: [
            (["id": "tv/1396"], ["/tv/1396"]), (["id": "tt0903747"], ["/find/tt0903747", "/tv/1396"]),
            (["id": "nm0000093"], ["/find/nm0000093", "/person/287"]),
            (["ids": ["movie/550", 551]], ["/movie/550", "/movie/551"]),
            (["ids": "tt0137523, 551"], ["/find/tt0137523", "/movie/550", "/movie/551"]),
        ] as [(JSONObject, [String])])
    func inferred(arguments: JSONObject, paths: [String]) throws {
        #expect(try call("get_details", arguments).paths == paths)
    }

    @Test("several ids may be written in several ways, each record once")
    func several() throws {
        let ids: JSONValue = ["tt0137523", 550, "551-the-poseidon-adventure", "https://www.themoviedb.org/movie/551"]
        let (paths, _) = try call("get_details", ["media_type": "movie", "ids": ids])
        #expect(paths == ["/find/tt0137523", "/movie/550", "/movie/551"])
    }

    @Test(
        "an id that is none, or not of what the tool is about, is refused",
        arguments: [
            ("get_details", ["media_type": "movie", "id": "fight-club"], "id must be a whole number from 1 to"),
            ("get_details", ["media_type": "movie", "id": "https://example.com/movie/550"], "id must be"),
            ("get_details", ["media_type": "movie", "id": "movie/0"], "id must be"),
            ("get_details", ["media_type": "movie", "id": "99999999999"], "id must be"),
            ("get_details", ["media_type": "movie", "id": "-5"], "id must be"),
            ("get_details", ["id": 550], "media_type is missing: it must be one of movie, tv, person"),
            ("get_details", ["id": "550-fight-club"], "media_type is missing"),
            (
                "get_details", ["media_type": "movie", "id": "tt0000001"],
                "tt0000001 is of no movie or tv or person or company"
            ),
            ("get_details", ["media_type": "movie", "id": "tt0000002"], "404"),
            ("get_details", ["ids": ["tt0137523", "tv/1396"]], "or of another type than the ids before it"),
            (
                "get_details", ["media_type": "tv", "ids": [1396, "movie/550"]],
                "or of another type than the ids before it"
            ),
            ("get_credits", ["id": "person/287"], "person/287 is of no movie or tv that TMDB knows"),
            (
                "get_credits", ["media_type": "movie", "id": "person/287"],
                "person/287 is of no movie or tv that TMDB knows"
            ),
            ("get_season", ["id": "movie/550", "season_number": 1], "movie/550 is of no tv that TMDB knows"),
        ] as [(String, JSONObject, String)])
    func refused(tool: String, arguments: JSONObject, words: String) throws {
        let (paths, result) = try call(tool, arguments)
        #expect(result["isError"] == true)
        #expect(result["content"]?[0]?["text"]?.string?.contains(words) == true, "\(result.text)")
        #expect(paths.allSatisfy { $0.hasPrefix("/find/") })
    }

    @Test(
        "every tool about a record takes such ids",
        arguments: [
            ("get_recommendations", ["id": "tt0903747"], "/tv/1396/recommendations"),
            ("get_watch_providers", ["id": "tv/1396"], "/tv/1396/watch/providers"),
            ("get_season", ["id": "tt0903747", "season_number": 1], "/tv/1396/season/1"),
            ("get_collection", ["id": "https://www.themoviedb.org/collection/10-star-wars"], "/collection/10"),
            ("get_credits", ["id": "tt0137523"], "/movie/550/credits"),
            ("get_filmography", ["id": "nm0000093", "media_type": "films"], "/person/287/combined_credits"),
            ("get_reviews", ["id": "movie/550"], "/movie/550/reviews"),
            ("get_media", ["id": "collection/10", "kind": "images"], "/collection/10/images"),
        ] as [(String, JSONObject, String)])
    func tools(tool: String, arguments: JSONObject, path: String) throws {
        #expect(try call(tool, arguments).paths.last == path)
    }

    @Test(
        "a type is taken for what people call it",
        arguments: [
            ("movie", "movie"), ("Movie", "movie"), ("film", "movie"), ("Films", "movie"), ("feature film", "movie"),
            ("TV", "tv"), ("series", "tv"), ("tv show", "tv"), ("TV-Shows", "tv"), ("tv_series", "tv"),
            ("television", "tv"), ("show", "tv"), ("actor", "person"), ("People", "person"), ("directors", "person"),
        ])
    func types(word: String, type: String) throws {
        #expect(try call("get_details", ["media_type": .string(word), "id": 1]).paths == ["/\(type)/1"])
        #expect(
            try call("get_trending", ["media_type": .string(word), "time_window": "Week"]).paths.first
                == "/trending/\(type)/week")
        #expect(try call("search", ["query": "a", "type": .string(word)]).paths.first == "/search/\(type)")
    }

    @Test(
        "words for all types, and for types of their own",
        arguments: [
            ("search", "type", "all", "/search/multi"), ("search", "type", "franchise", "/search/collection"),
            ("search", "type", "studios", "/search/company"),
            ("get_trending", "media_type", "multi", "/trending/all/day"),
        ])
    func otherTypes(tool: String, name: String, word: String, path: String) throws {
        let other: (String, JSONValue) = tool == "search" ? ("query", "a") : ("time_window", "day")
        #expect(try call(tool, JSONObject([other, (name, .string(word))])).paths.first == path)
    }

    @Test("a word that is no type is refused with those that there are", arguments: ["game", "moviee", "", "award"])
    func otherWords(word: String) throws {
        let (paths, result) = try call("get_details", ["media_type": .string(word), "id": 1])
        #expect(paths == [])
        #expect(result["content"]?[0]?["text"]?.string?.contains("media_type must be one of movie, tv, person") == true)
    }
}
