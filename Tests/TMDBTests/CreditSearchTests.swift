import JSON
import MCP
import TMDB
import Testing

/// `get_credits` of seasons and episodes, and a name within credits.
@Suite struct CreditSearchTests {
    @Test(
        "a season and an episode have credits of their own",
        arguments: [
            (["season_number": 5], "/tv/12/season/5/aggregate_credits?language=en-US"),
            (["season_number": 0], "/tv/12/season/0/aggregate_credits?language=en-US"),
            (["season_number": 5, "episode_number": 14], "/tv/12/season/5/episode/14/credits?language=en-US"),
            // Filled in by a client.
            (["season_number": 0, "episode_number": 0], "/tv/12/aggregate_credits?language=en-US"),
        ] as [(JSONObject, String)])
    func target(numbers: JSONObject, target: String) throws {
        var arguments = numbers
        arguments.set("media_type", to: "tv")
        arguments.set("id", to: 12)
        let desk = try desk(Samples.credits)
        _ = try desk.value("get_credits", arguments)
        #expect(desk.upstream.targets == [target])
    }

    @Test(
        "numbers that name no part of a title are refused",
        arguments: [
            (["media_type": "movie", "id": 1, "season_number": 2], "season_number is for media_type tv only"),
            (["media_type": "tv", "id": 1, "episode_number": 2], "episode_number needs season_number"),
        ] as [(JSONObject, String)])
    func refused(arguments: JSONObject, words: String) throws {
        #expect(try desk(Samples.credits).failure("get_credits", arguments).contains(words))
    }

    private static let episode: JSONValue = [
        "cast": [["id": 1, "name": "Ann Lee", "character": "Raoul Silva"]],
        "guest_stars": [
            ["id": 2, "name": "Ben Óg", "character": "The Guard"],
            ["id": 3, "name": "Cy Marsh", "character": "Guard 2"],
        ],
        "crew": [["id": 4, "name": "Di Silvan", "job": "Director of Photography", "department": "Camera"]],
    ]

    private func credits(_ more: JSONObject) throws -> JSONValue {
        var arguments: JSONObject = ["media_type": "tv", "id": 12, "season_number": 5, "episode_number": 14]
        for (name, value) in more { arguments.set(name, to: value) }
        return try desk(Self.episode).value("get_credits", arguments)
    }

    @Test("an episode tells its guest stars beside its cast, in pages as that")
    func guests() throws {
        let value = try credits([:])
        #expect(value["cast"]?.array?.map { $0["id"] } == [1])
        #expect(value["total_guest_stars"] == 2)
        #expect(
            value["guest_stars"] == [
                ["id": 2, "name": "Ben Óg", "character": "The Guard"],
                ["id": 3, "name": "Cy Marsh", "character": "Guard 2"],
            ])
        let page = try credits(["limit": 1, "page": 2])
        #expect(page["guest_stars"]?.array?.map { $0["id"] } == [3])
        #expect(page["total_pages"] == 2)
        let crew = try credits(["department": "Camera"])
        #expect(crew["guest_stars"] == nil)
        #expect(try credits(["department": "Acting"])["guest_stars"]?.array?.count == 2)
        #expect(try desk(Samples.credits).value("get_credits", ["media_type": "movie", "id": 1])["guest_stars"] == nil)
    }

    @Test(
        "a name finds people, characters and jobs by their words",
        arguments: [
            ("Silva", [1], [], [4]), ("raoul silva", [1], [], []), ("ben og", [], [2], []), ("guard", [], [2, 3], []),
            ("director of photography", [], [], [4]), ("uard", [], [], []), ("!", [], [], []),
        ] as [(String, [Int], [Int], [Int])])
    func name(name: String, cast: [Int], guests: [Int], crew: [Int]) throws {
        let value = try credits(["name": .string(name)])
        for (list, ids) in [("cast", cast), ("guest_stars", guests), ("crew", crew)] {
            #expect(value[list]?.array?.compactMap { $0["id"]?.int } == ids, "\(list)")
            #expect(value["total_" + list]?.int == ids.count)
        }
        let isEmpty = cast.isEmpty && guests.isEmpty && crew.isEmpty
        #expect(value["note"]?.string?.contains("No person, character or job") ?? false == isEmpty)
    }
}
