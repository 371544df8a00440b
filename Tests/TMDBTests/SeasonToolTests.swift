import JSON
import MCP
import TMDB
import Testing

@Suite struct SeasonToolTests {
    @Test(
        "arguments become the target",
        arguments: [
            (["id": 12, "season_number": 0], "/tv/12/season/0?language=en-US"),
            (["id": 12, "season_number": 1, "language": "de"], "/tv/12/season/1?language=de"),
            (["id": 12, "season_number": 2, "episode_number": 3], "/tv/12/season/2/episode/3?language=en-US"),
        ] as [(JSONObject, String)])
    func target(arguments: JSONObject, target: String) throws {
        var answer = try #require(Samples.season.object)
        answer.set("episode_number", to: 3)
        let desk = try desk(.object(answer))
        _ = try desk.value("get_season", arguments)
        #expect(desk.upstream.targets == [target])
    }

    @Test(
        "arguments that are missing or of another form are refused",
        arguments: [
            ["season_number": 1], ["id": 12, "season_number": -1], ["id": 12, "season_number": 100_001],
            ["id": 12, "season_number": 1, "episode_number": -1],
        ] as [JSONObject])
    func refused(arguments: JSONObject) throws {
        let input = try desk(nil).tool("get_season").input
        #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
    }

    @Test("a season tells its episodes, without their people")
    func season() throws {
        let value = try desk(Samples.season).value("get_season", ["id": 12, "season_number": 1])
        #expect(value["series_id"] == 12)
        #expect(value["season_number"] == 1)
        #expect(value["title"] == "Season 1")
        #expect(value["total_episodes"] == 2)
        #expect(
            value["episodes"]?[1] == [
                "episode_number": 2, "title": "Part 2", "date": "2001-12-31", "runtime": 50, "rating": 7.3, "votes": 4,
                "overview": "They row.",
            ])
    }

    @Test("an episode tells its guest stars and crew, each person once")
    func episode() throws {
        let value = try desk(Samples.episode(2)).value(
            "get_season", ["id": 12, "season_number": 1, "episode_number": 2])
        #expect(value["series_id"] == 12)
        #expect(value["season_number"] == 1)
        #expect(value["episodes"]?.array?.count == 1)
        let episode = try #require(value["episodes"]?[0])
        #expect(episode["guest_stars"] == [["id": 13, "name": "Ada Quill", "character": "Mara"]])
        #expect(episode["crew"]?.array?.map { $0["id"] } == [22, 23, 21])
    }

    @Test("a long season comes in pages of 50", arguments: [(1, 50), (2, 50), (3, 20), (4, 0)])
    func pages(page: Int, count: Int) throws {
        var season = try #require(Samples.season.object)
        season.set("episodes", to: .array((1...120).map(Samples.episode)))
        let value = try desk(.object(season)).value(
            "get_season", ["id": 12, "season_number": 1, "page": .number(JSONNumber(page))])
        #expect(value["episodes"]?.array?.count == count)
        #expect(value["total_episodes"] == 120)
        #expect(value["total_pages"] == 3)
    }

    @Test("a season or an episode that is not there is named")
    func notFound() throws {
        let desk = try ToolDesk(Upstream(response(404)))
        let message = try desk.failure("get_season", ["id": 12, "season_number": 3, "episode_number": 9])
        #expect(message.contains("episode 9 in season 3 of a tv series with the id 12"))
        #expect(message.contains("get_details"))
        #expect(!message.contains("ids of their own"))
    }

    @Test("an episode without a number is none", arguments: [[:], ["episode_number": nil]] as [JSONValue])
    func numberless(episode: JSONValue) throws {
        let message = try desk(episode).failure("get_season", ["id": 12, "season_number": 1, "episode_number": 2])
        #expect(message == TMDBError.unexpectedShape.message)
    }
}
