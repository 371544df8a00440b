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

    static let refusals: [(JSONObject, String)] = [
        (["media_type": "movie", "id": 4], "TMDB has no movie with the id 4"),
        (["media_type": "tv", "id": 4, "season_number": 99], "no season 99 of a tv series with the id 4"),
        (["media_type": "movie", "id": 7], TMDBError.unexpectedShape.message),
        (["media_type": "movie", "id": 8], TMDBError.unexpectedShape.message),
        (["media_type": "movie", "id": 5, "season_number": 1], "season_number is of series"),
        (["media_type": "person", "id": 5], "media_type must be one of movie, tv"),
        (["media_type": "movie"], "id is missing"), (["media_type": "movie", "id": 0], "id must be a whole number"),
        (["media_type": "movie", "id": 5, "region": "deu"], "region must be a country"),
    ]

    @Test("what cannot be answered is told", arguments: refusals)
    func failures(arguments: JSONObject, words: String) throws {
        #expect(try makeTMDB().failure("get_watch_providers", arguments).contains(words))
    }
}
