import JSON
import MCP
import TMDB
import Testing

/// `get_season` with episodes in another order, and with what is appended.
@Suite struct EpisodeGroupTests {
    private static let dvd = "5acf93e60e0a26346d0000ce"
    private static let arcs = "5acf93e60e0a26346d0000cf"
    private static let other = "5acf93e60e0a26346d0000d0"

    private static func head(_ id: String, _ name: String, _ type: Int) -> JSONValue {
        [
            "id": .string(id), "name": .string(name), "type": .number(JSONNumber(type)), "group_count": 2,
            "episode_count": 3, "description": "",
        ]
    }

    private static func episode(_ season: Int, _ number: Int) -> JSONValue {
        [
            "id": .number(JSONNumber(season * 100 + number)), "season_number": .number(JSONNumber(season)),
            "episode_number": .number(JSONNumber(number)), "name": .string("S\(season)E\(number)"), "order": 0,
            "air_date": "2001-02-03", "vote_average": 8.25, "vote_count": 7, "runtime": 24,
        ]
    }

    private static let group: JSONValue = [
        "id": .string(dvd), "name": "Disc order", "type": 3, "description": "As the discs have it.",
        "episode_count": 3, "group_count": 2,
        "groups": [
            ["id": "x", "name": "Disc 1", "order": 1, "episodes": [episode(0, 1), episode(1, 2)]],
            ["id": "y", "name": "Disc 2", "order": 2, "episodes": [episode(1, 1)]],
        ],
    ]

    private static let paths: [String: JSONValue] = [
        "/tv/12/episode_groups": [
            "results": [head(dvd, "Disc order", 3), head(arcs, "Sagas", 5), head(other, "Story arcs (fans)", 5)]
        ],
        "/tv/13/episode_groups": ["results": []], "/tv/episode_group/\(dvd)": group,
    ]

    private func value(_ group: String, _ more: JSONObject = [:], series: JSONValue = 12) throws -> JSONValue {
        var arguments: JSONObject = ["id": series, "episode_group": .string(group)]
        for (name, value) in more { arguments.set(name, to: value) }
        return try desk(paths: Self.paths).value("get_season", arguments)
    }

    @Test(
        "a group is named by its type, its name or its id", arguments: ["DVD", "dvd", "disc order", "Disc", Self.dvd])
    func named(group: String) throws {
        let value = try value(group)
        #expect(
            value["episode_groups"] == [
                ["id": .string(Self.dvd), "name": "Disc order", "type": "DVD", "parts": 2, "episodes": 3]
            ])
        #expect(
            value["parts"] == [
                ["number": 1, "title": "Disc 1", "episodes": 2], ["number": 2, "title": "Disc 2", "episodes": 1],
            ])
        #expect(value["total_episodes"] == 3)
        #expect(
            value["episodes"]?[2] == [
                "episode_number": 1, "title": "S1E1", "date": "2001-02-03", "runtime": 24, "rating": 8.3, "votes": 7,
                "number": 3, "part": 2, "season_number": 1,
            ])
    }

    @Test("a part of a group, or one of its episodes, can be asked for alone")
    func parts() throws {
        func titles(_ more: JSONObject) throws -> [String] {
            try value("DVD", more)["episodes"]?.array?.compactMap { $0["title"]?.string } ?? []
        }
        #expect(try titles(["season_number": 1]) == ["S0E1", "S1E2"])
        #expect(try titles(["season_number": 2]) == ["S1E1"])
        #expect(try titles(["episode_number": 3]) == ["S1E1"])
        #expect(try titles(["season_number": 1, "episode_number": 2]) == ["S1E2"])
        #expect(try titles(["season_number": 0, "episode_number": 0]).count == 3)
        let none = try value("DVD", ["season_number": 9])
        #expect(none["episodes"] == [])
        #expect(none["note"]?.string?.contains("see parts") == true)
    }

    @Test("parts and episodes are in their own order, and specials have numbers of their own, at the end")
    func order() throws {
        func part(_ order: Int, _ episodes: [JSONValue]) -> JSONValue {
            ["id": "p", "name": "P", "order": .number(JSONNumber(order)), "episodes": .array(episodes)]
        }
        func placed(_ season: Int, _ number: Int, _ order: Int) -> JSONValue {
            guard var episode = Self.episode(season, number).object else { return .null }
            episode.set("order", to: .number(JSONNumber(order)))
            return .object(episode)
        }
        let group: JSONValue = [
            "id": .string(Self.dvd), "name": "Absolute", "type": 2,
            "groups": [
                part(0, [placed(0, 1, 0), placed(0, 2, 1)]), part(2, [placed(2, 1, 0)]),
                part(1, [placed(1, 2, 1), placed(1, 1, 0)]),
            ],
        ]
        func titles(_ more: JSONObject, in group: JSONValue) throws -> [String?] {
            var arguments: JSONObject = ["id": 12, "episode_group": .string(Self.dvd)]
            for (name, value) in more { arguments.set(name, to: value) }
            let value = try desk(paths: ["/tv/episode_group/\(Self.dvd)": group]).value("get_season", arguments)
            return value["episodes"]?.array?.map { "\($0["number"]?.text ?? "") \($0["title"]?.string ?? "")" } ?? []
        }
        let all = ["1 S1E1", "2 S1E2", "3 S2E1", "1 S0E1", "2 S0E2"]
        #expect(try titles([:], in: group) == all)
        #expect(try titles(["episode_number": 2], in: group) == ["2 S1E2"])
        #expect(try titles(["season_number": 2], in: group) == ["1 S2E1"])
        let alone: JSONValue = ["id": .string(Self.dvd), "groups": [part(0, [placed(1, 1, 0), placed(1, 2, 1)])]]
        #expect(try titles(["episode_number": 2], in: alone) == ["2 S1E2"])
    }

    @Test("groups are listed where none or several are meant")
    func listed() throws {
        let all = try value("all")
        #expect(all["episode_groups"]?.array?.compactMap { $0["type"]?.string } == ["DVD", "story arc", "story arc"])
        #expect(all["episodes"] == [])
        #expect(all["note"]?.string?.contains("Give the id") == true)
        #expect(try value("story arc")["episode_groups"]?.array?.map { $0["name"] } == ["Sagas", "Story arcs (fans)"])
        #expect(try value("absolute", series: 13)["note"]?.string?.contains("no episode groups") == true)
    }

    @Test("a group that is not there is said so")
    func missing() throws {
        let message = try desk(paths: Self.paths).failure(
            "get_season", ["id": 12, "episode_group": .string(Self.arcs)])
        #expect(message.contains(Self.arcs) && message.contains("404"))
        #expect(try desk(paths: [:]).failure("get_season", ["id": 99, "episode_group": "DVD"]).contains("id 99"))
        for answer in [nil, [], ["groups": 5]] as [JSONValue] {
            let message = try desk(answer).failure("get_season", ["id": 12, "episode_group": .string(Self.dvd)])
            #expect(message == TMDBError.unexpectedShape.message)
        }
    }

    @Test("ids of other sites and translations are added to a season and to an episode", arguments: [false, true])
    func appended(isEpisode: Bool) throws {
        var record = try #require((isEpisode ? Samples.episode(2) : Samples.season).object)
        record.set("external_ids", to: ["imdb_id": "tt1", "tvdb_id": 5, "wikidata_id": nil, "freebase_id": "/x"])
        record.set(
            "translations",
            to: [
                "translations": [
                    ["iso_639_1": "de", "iso_3166_1": "DE", "data": ["name": "Teil 2", "overview": "Sie rudern."]],
                    ["iso_639_1": "fr", "iso_3166_1": "FR", "data": ["name": "", "overview": "Ils rament."]],
                ]
            ])
        let desk = try desk(.object(record))
        var arguments: JSONObject = ["id": 12, "season_number": 1, "append": ["external_ids", "translations"]]
        if isEpisode { arguments.set("episode_number", to: 2) }
        let value = try desk.value("get_season", arguments)
        #expect(value["external_ids"] == ["imdb_id": "tt1", "tvdb_id": 5])
        #expect(value["translations"] == [["language": "de-DE", "title": "Teil 2"], ["language": "fr-FR"]])
        let query = "?language=en-US&append_to_response=external_ids%2Ctranslations"
        #expect(desk.upstream.targets == ["/tv/12/season/1\(isEpisode ? "/episode/2" : "")" + query])
    }
}
