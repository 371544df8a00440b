import JSON
import MCP
import TMDB
import Testing

@Suite struct WatchProvidersTests {
    private static let body = """
        {"id":5,"results":{"DE":{"link":"https://www.themoviedb.org/movie/5/watch?locale=DE",\
        "flatrate":[{"provider_name":"A","provider_id":1},{"provider_id":2}],"free":[{"provider_name":"F"}],\
        "ads":[{"provider_name":"B"}],"rent":[{"provider_name":"C"},{"provider_name":"D"}],"buy":[]},\
        "FR":{"link":null,"buy":[{"provider_name":"E"}]}}}
        """
    private static let attribution: JSONValue =
        "Offers from JustWatch. Data from TMDB (themoviedb.org), which does not endorse or certify this product."

    private func makeTMDB() throws -> ScriptedTMDB {
        try ScriptedTMDB([
            "/movie/5/watch/providers": Self.body, "/tv/5/watch/providers": Self.body,
            "/tv/5/season/0/watch/providers": Self.body, "/movie/6/watch/providers": "{\"id\":6,\"results\":{}}",
            "/watch/providers/movie": Self.services, "/search/multi": Self.found, "/search/tv": "{\"results\":[]}",
            "/movie/7/watch/providers": "{\"id\":7}", "/movie/8/watch/providers": "{\"results\":[1]}",
            "/movie/9/watch/providers": "{\"results\":{\"DE\":null,\"FR\":{\"buy\":[5,{}],\"rent\":{}}}}",
        ])
    }

    @Test(
        "the offers in a region by their kind, of a film, a series or a season",
        arguments: [
            ["media_type": "movie"], ["media_type": "tv"], ["media_type": "tv", "season_number": 0],
        ] as [JSONObject])
    func region(what: JSONObject) throws {
        var arguments = what
        arguments.set("id", to: 5)
        arguments.set("region", to: "DE")
        var expected = arguments
        expected.set("stream", to: ["A"])
        expected.set("free", to: ["F"])
        expected.set("ads", to: ["B"])
        expected.set("rent", to: ["C", "D"])
        expected.set("link", to: "https://www.themoviedb.org/movie/5/watch?locale=DE")
        expected.set("attribution", to: Self.attribution)
        #expect(try makeTMDB().object("get_watch_providers", arguments) == .object(expected))
    }

    @Test("without a region, and in one without offers, the regions that have some are told")
    func regions() throws {
        let all = try makeTMDB().object("get_watch_providers", ["media_type": "movie", "id": 5])
        #expect(all["regions"] == ["DE", "FR"])
        #expect(all["region"] == nil)
        let none = try makeTMDB().object("get_watch_providers", ["media_type": "movie", "id": 5, "region": "US"])
        #expect(none["regions"] == ["DE", "FR"])
        let nowhere = try makeTMDB().object("get_watch_providers", ["media_type": "movie", "id": 6, "region": "US"])
        #expect(nowhere["regions"] == nil)
        #expect(nowhere["note"] == "Nothing is offered in US, nor anywhere else.")
        let odd = try makeTMDB().object("get_watch_providers", ["media_type": "movie", "id": 9, "region": "FR"])
        #expect(odd["note"] == "Nothing is offered in FR, nor anywhere else.")
    }

    /// TMDB's list of services, and what it finds by a name.
    private static let services = """
        {"results":[{"provider_id":1,"provider_name":"A"},{"provider_id":3,"provider_name":"B"},\
        {"provider_id":4,"provider_name":"C"}]}
        """
    private static let found = """
        {"total_results":4,"results":[{"id":1,"media_type":"person","name":"Film"},\
        {"id":4,"media_type":"movie","title":"The Film","release_date":"2001-01-01"},\
        {"id":5,"media_type":"movie","title":"Film","release_date":"2002-01-01"},\
        {"id":5,"media_type":"tv","name":"Film","first_air_date":"2003-01-01"}]}
        """
    private static let own = """
        {"id":5,"results":{"DE":{"link":"l","flatrate":[{"provider_name":"A","provider_id":1},\
        {"provider_name":"C Basic with Ads","provider_id":9}],"rent":[{"provider_name":"B","provider_id":3}]}}}
        """

    @Test(
        "services that were asked for are kept and named; a title that none has keeps all",
        arguments: [
            ("A", ["A"], ["A"], nil), ("a, b", ["A", "B"], ["A"], ["B"]), ("3", ["B"], nil, ["B"]),
            ("C", ["C Basic with Ads"], ["C Basic with Ads"], nil),
        ] as [(String, JSONValue, JSONValue?, JSONValue?)])
    func services(names: String, matches: JSONValue, stream: JSONValue?, rent: JSONValue?) throws {
        let tmdb = try ScriptedTMDB(["/movie/5/watch/providers": Self.own, "/watch/providers/movie": Self.services])
        let value = try tmdb.object(
            "get_watch_providers", ["media_type": "movie", "id": 5, "region": "DE", "services": .string(names)])
        #expect(value["matches"] == matches)
        #expect(value["stream"] == stream)
        #expect(value["rent"] == rent)
        #expect(value["note"] == nil)
    }

    @Test("a title that none of the services has tells where else it is")
    func noMatch() throws {
        let tmdb = try ScriptedTMDB(["/movie/5/watch/providers": Self.own, "/watch/providers/movie": Self.services])
        let value = try tmdb.object(
            "get_watch_providers", ["media_type": "movie", "id": 5, "region": "DE", "services": ["77"]])
        #expect(value["matches"] == nil)
        #expect(value["note"] == "None of services has it here, but these do.")
        #expect(value["stream"] == ["A", "C Basic with Ads"])
    }

    @Test("several ids, of which one fails")
    func several() throws {
        let value = try makeTMDB().object(
            "get_watch_providers", ["media_type": "movie", "ids": [5, 6, 4], "region": "DE", "services": "A"])
        #expect(
            value["results"] == [
                ["media_type": "movie", "id": 5, "matches": ["A"], "stream": ["A"]],
                ["media_type": "movie", "id": 6, "note": "Nothing is offered in DE, nor anywhere else."],
            ])
        #expect(value["region"] == "DE")
        #expect(value["failed"]?[0]?["id"] == 4)
        #expect(value["attribution"] == Self.attribution)
    }

    @Test(
        "a name stands for the title that is so called, of the year that it tells",
        arguments: [("film", "movie", 2002), ("Film (2003)", "tv", 2003), ("The Film (2001)", nil, nil)]
            as [(String, String?, Int?)])
    func names(name: String, type: String?, year: Int?) throws {
        let tmdb = try makeTMDB()
        let arguments: JSONObject = ["titles": [.string(name)], "region": "DE"]
        guard let type, let year else {
            // The film of this name has no offers here: TMDB answers 404.
            #expect(try tmdb.failure("get_watch_providers", arguments).contains("movie with the id 4"))
            return
        }
        let value = try tmdb.object("get_watch_providers", arguments)
        #expect(value["results"]?[0]?["media_type"]?.string == type)
        #expect(value["results"]?[0]?["title"] == "Film")
        #expect(value["results"]?[0]?["year"]?.int == year)
        #expect(value["results"]?[0]?["rent"] == ["C", "D"])
    }

    static let refusals: [(JSONObject, String)] = [
        (["media_type": "movie", "id": 4], "TMDB has no movie with the id 4"),
        (["media_type": "tv", "id": 4, "season_number": 99], "no season 99 of a tv series with the id 4"),
        (["media_type": "movie", "id": 7], TMDBError.unexpectedShape.message),
        (["media_type": "movie", "id": 8], TMDBError.unexpectedShape.message),
        (["media_type": "movie", "id": 5, "season_number": 1], "season_number is of series"),
        (["media_type": "person", "id": 5], "media_type must be one of movie, tv"),
        (["media_type": "movie"], "id is missing"), (["media_type": "movie", "id": -1], "id must be a whole number"),
        (["id": 5], "media_type is missing"),
        (["media_type": "movie", "id": 5, "ids": [5]], "Give one of id and ids alone"),
        (["media_type": "movie", "ids": [5], "titles": ["A"]], "Give one of ids and titles alone"),
        (["titles": ["A"], "season_number": 1], "season_number is of series"),
        (["media_type": "movie", "id": 5, "services": "Netflix"], "services needs region"),
        (
            ["media_type": "movie", "id": 5, "services": "Nofix", "region": "DE"],
            "no streaming service \"Nofix\" in DE"
        ),
        (["media_type": "movie", "ids": [4, 7]], "TMDB has no movie with the id 4"),
        (["titles": ["Nothing"], "media_type": "tv"], "TMDB has no movie or series of this name"),
        (["media_type": "movie", "id": 5, "region": "dex"], "region must be a country"),
    ]

    @Test("what cannot be answered is told", arguments: refusals)
    func failures(arguments: JSONObject, words: String) throws {
        #expect(try makeTMDB().failure("get_watch_providers", arguments).contains(words))
    }
}
