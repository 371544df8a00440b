import JSON
import MCP
import TMDB
import Testing

/// `get_trending`, `get_recommendations`, `get_reviews` and `get_collection`.
@Suite struct ListToolTests {
    @Test(
        "arguments become the target",
        arguments: [
            (
                "get_trending", ["media_type": "movie", "time_window": "day"],
                "/trending/movie/day?page=1&language=en-US"
            ),
            (
                "get_trending", ["media_type": "all", "time_window": "week", "page": 2, "language": "de"],
                "/trending/all/week?page=2&language=de"
            ),
            (
                "get_trending", ["media_type": "movie", "time_window": "now playing", "region": "uk"],
                "/movie/now_playing?page=1&language=en-US&region=GB"
            ),
            ("get_trending", ["time_window": "upcoming"], "/movie/upcoming?page=1&language=en-US"),
            (
                "get_trending", ["time_window": "airing_today", "region": "JP", "page": 2],
                "/tv/airing_today?page=2&language=en-US&timezone=Asia%2FTokyo"
            ),
            (
                "get_trending", ["media_type": "all", "time_window": "on_the_air", "region": "ZZ"],
                "/tv/on_the_air?page=1&language=en-US"
            ),
            (
                "get_recommendations", ["media_type": "movie", "id": 11],
                "/movie/11/recommendations?page=1&language=en-US"
            ),
            (
                "get_recommendations", ["media_type": "tv", "id": 12, "similar": true, "page": 3, "language": "pt-BR"],
                "/tv/12/similar?page=3&language=pt-BR"
            ),
            ("get_reviews", ["media_type": "tv", "id": 12], "/tv/12/reviews?page=1&language=en-US"),
            (
                "get_reviews", ["media_type": "movie", "id": 11, "page": 2, "language": "fr"],
                "/movie/11/reviews?page=2&language=fr"
            ),
        ] as [(String, JSONObject, String)])
    func target(tool: String, arguments: JSONObject, target: String) throws {
        let desk = try desk(Samples.page([]))
        _ = try desk.value(tool, arguments)
        #expect(desk.upstream.targets == [target])
    }

    @Test(
        "arguments that are missing or of another form are refused",
        arguments: [
            ("get_trending", ["media_type": "movie"]), ("get_trending", ["time_window": "day"]),
            ("get_trending", ["media_type": "company", "time_window": "day"]),
            ("get_trending", ["media_type": "tv", "time_window": "month"]),
            ("get_recommendations", ["media_type": "person", "id": 1]), ("get_recommendations", ["media_type": "tv"]),
            ("get_recommendations", ["media_type": "tv", "id": 0]),
            ("get_recommendations", ["media_type": "tv", "id": 2_147_483_648]),
            ("get_recommendations", ["media_type": "tv", "id": "x"]), ("get_reviews", ["id": 1]),
        ] as [(String, JSONObject)])
    func refused(tool: String, arguments: JSONObject) throws {
        let input = try desk(nil).tool(tool).input
        #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
    }

    @Test(
        "what a list has not is told before TMDB is asked",
        arguments: [
            (["media_type": "tv", "time_window": "upcoming"], "upcoming is a list of movie"),
            (["media_type": "movie", "time_window": "on_the_air"], "on_the_air is a list of tv"),
            (["media_type": "movie", "time_window": "day", "region": "FR"], "region is of the lists now_playing"),
        ] as [(JSONObject, String)])
    func lists(arguments: JSONObject, words: String) throws {
        let desk = try desk(Samples.page([]))
        #expect(try desk.failure("get_trending", arguments).contains(words))
        #expect(desk.upstream.targets == [])
    }

    @Test("rows of TMDB's lists, which tell no type, have that of the list")
    func typesOfLists() throws {
        let films = try desk(Samples.page([Samples.film])).value("get_trending", ["time_window": "now_playing"])
        #expect(films["results"]?[0]?["media_type"] == "movie")
        let series = try desk(Samples.page([Samples.series])).value(
            "get_trending", ["media_type": "all", "time_window": "airing_today"])
        #expect(series["results"]?[0]?["media_type"] == "tv")
    }

    @Test("rows of a mixed list keep their types, others have that of the call")
    func types() throws {
        let mixed = try desk(Samples.page([Samples.series, Samples.film])).value(
            "get_trending", ["media_type": "all", "time_window": "day"])
        #expect(mixed["results"]?.array?.map { $0["media_type"] } == ["tv"])
        let films = try desk(Samples.page([Samples.film])).value(
            "get_recommendations", ["media_type": "movie", "id": 1, "similar": true])
        #expect(films["results"]?[0]?["media_type"] == "movie")
    }

    @Test(
        "an id that TMDB does not know is named, with what to do",
        arguments: [
            ("get_recommendations", ["media_type": "movie", "id": 987]),
            ("get_reviews", ["media_type": "tv", "id": 987]),
            ("get_collection", ["id": 987]), ("get_details", ["media_type": "person", "id": 987]),
            ("get_credits", ["media_type": "tv", "id": 987]), ("get_filmography", ["id": 987]),
            ("get_media", ["media_type": "collection", "id": 987]), ("get_season", ["id": 987, "season_number": 5]),
        ] as [(String, JSONObject)])
    func notFound(tool: String, arguments: JSONObject) throws {
        let message = try ToolDesk(Upstream(response(404))).failure(tool, arguments)
        #expect(message.contains("987"))
        #expect(message.contains("search"))
        let type = arguments["media_type"]?.string.map { $0 == "tv" ? "tv series" : $0 }
        if let type { #expect(message.contains(type + " with the id 987")) }
    }

    @Test("a review tells its author, rating, day, text and address")
    func review() throws {
        let value = try desk(Samples.reviews).value("get_reviews", ["media_type": "movie", "id": 11])
        #expect(
            value["results"]?[0] == [
                "author": "reader", "rating": 8, "date": "2020-02-03", "text": "Clear as glass.",
                "url": "https://www.themoviedb.org/review/r1",
            ])
        let full = try desk(Samples.reviews).value("get_reviews", ["media_type": "movie", "id": 11, "detail": "full"])
        #expect(full["results"]?[0]?["updated"] == "2021-02-03")
    }

    @Test("a collection is in release order, undated films last")
    func collection() throws {
        let desk = try desk(Samples.collectionRecord)
        let value = try desk.value("get_collection", ["id": 16, "language": "de-DE"])
        #expect(desk.upstream.targets == ["/collection/16?language=de-DE"])
        #expect(value["title"] == "Harbour Collection")
        #expect(value["parts"]?.array?.map { $0["title"] } == ["Harbour", "Harbour 2", "Harbour 3"])
        #expect(
            value["parts"]?[1] == [
                "id": 42, "media_type": "movie", "title": "Harbour 2", "year": 2021, "date": "2021-01-01",
            ])
        #expect(value["first_year"] == 2019)
        #expect(value["last_year"] == 2021)
        #expect(value["total_parts"] == 3)
    }

    @Test("a collection without films has none")
    func emptyCollection() throws {
        let value = try desk(["id": 16, "name": "New", "parts": []]).value("get_collection", ["id": 16])
        #expect(value["parts"] == [])
        #expect(value["first_year"] == nil)
    }

    @Test("a collection and its films tell their type, and compact ones the day, which may be to come")
    func collectionTypes() throws {
        let value = try desk(Samples.collectionRecord).value("get_collection", ["id": 16])
        #expect(value["media_type"] == "collection")
        #expect(value["parts"]?.array?.map { $0["media_type"] } == ["movie", "movie", "movie"])
        #expect(value["parts"]?[1]?["date"] == "2021-01-01")
    }
}
