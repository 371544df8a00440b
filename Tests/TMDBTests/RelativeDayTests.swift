import JSON
import TMDB
import Testing

/// Days told from today on. It is 2023-11-14, 22:13 in UTC.
@Suite struct RelativeDayTests {
    private func makeTMDB() throws -> ScriptedTMDB {
        let empty = DiscoverFilterTests.empty
        return try ScriptedTMDB(["/discover/movie": empty, "/discover/tv": empty])
    }

    @Test(
        "a day told from today on is sent as that day, and the result tells it",
        arguments: [
            ("today", "2023-11-14"), ("Today", "2023-11-14"), ("yesterday", "2023-11-13"), ("tomorrow", "2023-11-15"),
            ("-30d", "2023-10-15"), ("+2w", "2023-11-28"), ("-1m", "2023-10-14"), ("+1y", "2024-11-14"),
            ("today-7d", "2023-11-07"), ("today + 7 days", "2023-11-21"), ("-2 Weeks", "2023-10-31"),
            ("-9m", "2023-02-14"), ("+0d", "2023-11-14"), ("+1 month", "2023-12-14"), ("-100y", "1923-11-14"),
            ("+36500d", "2123-10-21"),
        ])
    func days(text: String, day: String) throws {
        let tmdb = try makeTMDB()
        let page = try tmdb.object("discover_movies", ["primary_release_date.gte": .string(text)])
        #expect(tmdb.query("/discover/movie")?["primary_release_date.gte"] == day)
        #expect(page["resolved"] == ["primary_release_date.gte": .string(day)])
    }

    @Test("a month that is too short ends on its last day")
    func monthEnds() throws {
        let tmdb = try makeTMDB()
        // In New Zealand it is the 15th: 106 days later is 29 February.
        for (text, day) in [("+107d", "2024-02-29"), ("+46d", "2023-12-30")] {
            _ = try tmdb.object("discover_tv", ["air_date.lte": .string(text)])
            #expect(tmdb.query("/discover/tv")?["air_date.lte"] == day)
        }
    }

    @Test(
        "today is that of the time zone, the region or the language's country, else of UTC",
        arguments: [
            ([:], "2023-11-14"), (["watch_region": "JP", "with_watch_providers": "8"], "2023-11-15"),
            (["watch_region": "US", "with_watch_providers": "8"], "2023-11-14"), (["language": "ko-KR"], "2023-11-15"),
            (["timezone": "Pacific/Auckland", "watch_region": "US", "with_watch_providers": "8"], "2023-11-15"),
            (["timezone": "Nowhere/Else"], "2023-11-14"), (["language": "de-DE"], "2023-11-14"),
        ] as [(JSONObject, String)])
    func zones(arguments: JSONObject, day: String) throws {
        let tmdb = try makeTMDB()
        var arguments = arguments
        arguments.set("air_date.gte", to: "today")
        arguments.set("air_date.lte", to: "today")
        _ = try tmdb.object("discover_tv", arguments)
        #expect(tmdb.query("/discover/tv")?["air_date.gte"] == day)
        #expect(tmdb.query("/discover/tv")?["air_date.lte"] == day)
    }

    @Test("a region of films tells the day too")
    func regionOfFilms() throws {
        let tmdb = try makeTMDB()
        _ = try tmdb.object(
            "discover_movies", ["release_date.gte": "-7d", "release_date.lte": "today", "region": "NZ"])
        #expect(tmdb.query("/discover/movie")?["release_date.gte"] == "2023-11-08")
        #expect(tmdb.query("/discover/movie")?["release_date.lte"] == "2023-11-15")
    }

    @Test(
        "what is no such day is refused",
        arguments: [
            "30d", "-d", "-30", "-30x", "+36501d", "-101y", "today-", "todayy", "+1.5w", "--1d", "-99999999999d",
        ])
    func refused(text: String) throws {
        let message = try makeTMDB().failure("discover_tv", ["air_date.gte": .string(text)])
        #expect(message.contains("today, -30d"))
    }

    @Test("a range of relative days that is empty is refused as any other")
    func emptyRange() throws {
        let message = try makeTMDB().failure("discover_tv", ["air_date.gte": "+1d", "air_date.lte": "today"])
        #expect(message.contains("air_date.gte (\"2023-11-15\") is above air_date.lte (\"2023-11-14\")"))
    }
}
