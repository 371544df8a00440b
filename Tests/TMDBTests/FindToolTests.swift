import JSON
import MCP
import TMDB
import Testing

@Suite struct FindToolTests {
    private static let body = """
        {"movie_results":[{"id":1,"title":"Film","media_type":"movie","genre_ids":[18],"release_date":"2001-02-03"}],\
        "person_results":[{"id":2,"name":"Person","known_for_department":"Acting"}],\
        "tv_results":[{"id":3,"name":"Series","first_air_date":"1999-01-01"}],\
        "tv_season_results":[{"id":4,"name":"Season 2","season_number":2,"show_id":3,"air_date":"2000-01-01"}],\
        "tv_episode_results":[{"id":5,"name":"Pilot","season_number":1,"episode_number":1,"show_id":3,\
        "still_path":"/s.jpg","vote_average":7.25,"overview":null},{"name":"without an id"}]}
        """

    @Test("results of all kinds are one list, each with its type")
    func kinds() throws {
        let tmdb = try ScriptedTMDB(["/find/tt0000001": Self.body])
        let results = try tmdb.object("find_by_external_id", ["external_id": "tt0000001"])["results"]
        #expect(
            results == [
                [
                    "id": 1, "media_type": "movie", "title": "Film", "year": 2001, "date": "2001-02-03",
                    "genres": ["Drama"],
                ],
                ["id": 3, "media_type": "tv", "title": "Series", "year": 1999, "date": "1999-01-01"],
                ["id": 2, "media_type": "person", "name": "Person", "known_for_department": "Acting"],
                [
                    "id": 4, "media_type": "tv_season", "name": "Season 2", "show_id": 3, "season_number": 2,
                    "air_date": "2000-01-01",
                ],
                [
                    "id": 5, "media_type": "tv_episode", "name": "Pilot", "show_id": 3, "season_number": 1,
                    "episode_number": 1, "rating": 7.3, "still": "https://image.tmdb.org/t/p/w300/s.jpg",
                ],
            ])
    }

    @Test("the list that a row is in tells its type where TMDB does not", arguments: ["null", "\"\"", "5"])
    func untyped(type: String) throws {
        let body = "{\"movie_results\":[{\"id\":1,\"title\":\"Film\",\"media_type\":\(type)}]}"
        let tmdb = try ScriptedTMDB(["/find/tt1": body])
        let results = try tmdb.object("find_by_external_id", ["external_id": "tt1"])["results"]
        #expect(results == [["id": 1, "media_type": "movie", "title": "Film"]])
    }

    @Test("rows without an id are none")
    func nothing() throws {
        let tmdb = try ScriptedTMDB(["/find/tt1": "{\"movie_results\":[{\"id\":null,\"title\":\"Film\"}]}"])
        let found = try tmdb.object("find_by_external_id", ["external_id": "tt1"])
        #expect(found["results"] == [])
        #expect(found["note"] != nil)
    }

    @Test(
        "the source is seen by the form of the id where it has one of its own",
        arguments: [
            (["external_id": "tt0111161"], "imdb_id"), (["external_id": "nm0000151"], "imdb_id"),
            (["external_id": "Q172241"], "wikidata_id"), (["external_id": "81189", "source": "tvdb_id"], "tvdb_id"),
            (["external_id": "tt0111161", "source": "tiktok_id"], "tiktok_id"),
            (["external_id": "a.b-c_d@e", "source": "youtube_id"], "youtube_id"),
            (["external_id": "x", "source": "facebook_id"], "facebook_id"),
            (["external_id": "x", "source": "instagram_id"], "instagram_id"),
            (["external_id": "x", "source": "twitter_id"], "twitter_id"),
        ] as [(JSONObject, String)])
    func source(arguments: JSONObject, source: String) throws {
        let tmdb = try ScriptedTMDB { _, _ in (200, "{\"movie_results\":[]}") }
        let found = try tmdb.object("find_by_external_id", arguments)
        #expect(found["results"] == [])
        let path = "/find/\(arguments["external_id"]?.string ?? "")"
        #expect(tmdb.query(path) == ["external_source": source])
    }

    @Test(
        "an id is taken out of an address, and its letters need not have their case",
        arguments: [
            (["external_id": "https://www.imdb.com/title/tt0111161/?ref_=x"], "/find/tt0111161", "imdb_id"),
            (["external_id": " TT0111161 "], "/find/tt0111161", "imdb_id"),
            (["external_id": "https://m.imdb.com/name/nm0000151"], "/find/nm0000151", "imdb_id"),
            (["external_id": "imdb.com/title/tt0133093/"], "/find/tt0133093", "imdb_id"),
            (["external_id": "q42"], "/find/Q42", "wikidata_id"),
            (["external_id": "https://www.wikidata.org/wiki/Q42"], "/find/Q42", "wikidata_id"),
            (["external_id": "tt1", "source": "imdb"], "/find/tt1", "imdb_id"),
            (["external_id": 81189, "source": "tvdb"], "/find/81189", "tvdb_id"),
        ] as [(JSONObject, String, String)])
    func address(arguments: JSONObject, path: String, source: String) throws {
        let tmdb = try ScriptedTMDB { _, _ in (200, "{\"movie_results\":[]}") }
        let found = try tmdb.object("find_by_external_id", arguments)
        #expect(tmdb.query(path) == ["external_source": source])
        #expect(found["note"]?.string?.contains("Nothing in TMDB has the id \"\(path.dropFirst(6))\"") == true)
    }

    @Test(
        "an id that needs a source, or is none, is refused before anything is sent",
        arguments: [
            (["external_id": "81189"], "source is missing: \"81189\""), (["external_id": "tt"], "source is missing"),
            (["external_id": "ttx1"], "source is missing"),
            (["external_id": "https://example.com/a"], "must be an id"),
            (["external_id": "tt1/../../x"], "external_id must be an id"),
            (["external_id": "tt1?x=1"], "must be an id"),
            (["external_id": ".."], "must be an id"), (["external_id": "."], "must be an id"),
            (["external_id": ""], "must be an id"), (["external_id": "é"], "must be an id"),
            (["external_id": "%2e"], "must be an id"), (["external_id": "a b"], "must be an id"),
            (["external_id": .string(String(repeating: "1", count: 101))], "must be an id"),
            (["external_id": "1", "source": "freebase_id"], "source must be one of imdb_id, tvdb_id"),
            ([:], "external_id is missing"),
        ] as [(JSONObject, String)])
    func refused(arguments: JSONObject, words: String) throws {
        let tmdb = try ScriptedTMDB { _, _ in (200, "{\"movie_results\":[]}") }
        #expect(try tmdb.failure("find_by_external_id", arguments).contains(words))
        #expect(tmdb.requests.isEmpty)
    }

    @Test("an id of 100 characters is sent")
    func longest() throws {
        let tmdb = try ScriptedTMDB { _, _ in (200, "{\"movie_results\":[]}") }
        let id = String(repeating: "1", count: 100)
        _ = try tmdb.object("find_by_external_id", ["external_id": .string(id), "source": "youtube_id"])
        #expect(tmdb.paths == ["/find/\(id)"])
    }

    @Test("an answer of another form is told as such", arguments: ["{}", "[]", "5", "{\"movie_results\":{}}"])
    func unexpected(body: String) throws {
        let tmdb = try ScriptedTMDB(["/find/tt1": body])
        let message = try tmdb.failure("find_by_external_id", ["external_id": "tt1"])
        #expect(message == TMDBError.unexpectedShape.message)
    }
}
