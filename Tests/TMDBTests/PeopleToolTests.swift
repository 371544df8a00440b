import JSON
import MCP
import TMDB
import Testing

/// `get_credits` and `get_filmography`.
@Suite struct PeopleToolTests {
    @Test(
        "arguments become the target",
        arguments: [
            ("get_credits", ["media_type": "movie", "id": 11], "/movie/11/credits?language=en-US"),
            ("get_credits", ["media_type": "tv", "id": 12, "language": "de"], "/tv/12/aggregate_credits?language=de"),
            ("get_filmography", ["id": 13], "/person/13/combined_credits?language=en-US"),
            ("get_filmography", ["id": 13, "language": "fr-FR"], "/person/13/combined_credits?language=fr-FR"),
        ] as [(String, JSONObject, String)])
    func target(tool: String, arguments: JSONObject, target: String) throws {
        let desk = try desk(Samples.credits)
        _ = try desk.value(tool, arguments)
        #expect(desk.upstream.targets == [target])
    }

    @Test("each person of the crew is there once, with all jobs, directors and writers first")
    func crew() throws {
        let value = try desk(Samples.credits).value("get_credits", ["media_type": "movie", "id": 11])
        #expect(value["cast"] == [["id": 13, "name": "Ada Quill", "character": "Mara"]])
        #expect(
            value["crew"] == [
                ["id": 22, "name": "Cy Marsh", "jobs": "Director, Screenplay", "department": "Directing, Writing"],
                ["id": 23, "name": "Dee Holm", "jobs": "Script Supervisor", "department": "Directing"],
                ["id": 21, "name": "Bo Reed", "jobs": "Sound Mixer", "department": "Sound"],
            ])
        #expect(value["total_cast"] == 1)
        #expect(value["total_crew"] == 3)
    }

    @Test("the crew that a title is known by is first, the rest by department")
    func order() throws {
        let jobs = [
            ("Lighting", "Gaffer"), ("Directing", "Script Supervisor"), ("Production", "Producer"), ("", "Thanks"),
            ("Sound", "Original Music Composer"), ("Camera", "Director of Photography"), ("Directing", "Director"),
            ("Writing", "Novel"), ("Crew", "Stunts"),
        ]
        let crew = jobs.enumerated().map { index, job -> JSONValue in
            [
                "id": .number(JSONNumber(index)), "name": "N", "department": .string(job.0), "job": .string(job.1),
            ]
        }
        let value = try desk(["crew": .array(crew)]).value("get_credits", ["media_type": "movie", "id": 11])
        #expect(
            value["crew"]?.array?.compactMap { $0["jobs"]?.string } == [
                "Director", "Novel", "Producer", "Director of Photography", "Original Music Composer",
                "Script Supervisor", "Gaffer", "Stunts", "Thanks",
            ])
    }

    @Test("of a series, the characters, the jobs and the most episodes of a person are told")
    func series() throws {
        let answer: JSONValue = [
            "cast": [
                [
                    "id": 1, "name": "Ann", "total_episode_count": 12,
                    "roles": [["character": "A", "episode_count": 10], ["character": "B", "episode_count": 2]],
                ]
            ],
            "crew": [
                [
                    "id": 2, "name": "Ben", "department": "Writing", "total_episode_count": 3,
                    "jobs": [["job": "Writer"], ["job": "Story"], ["job": "Writer"]],
                ],
                [
                    "id": 2, "name": "Ben", "department": "Production", "total_episode_count": 9,
                    "jobs": [["job": "Producer"]],
                ],
            ],
        ]
        let value = try desk(answer).value("get_credits", ["media_type": "tv", "id": 12])
        #expect(value["cast"] == [["id": 1, "name": "Ann", "character": "A / B", "episodes": 12]])
        #expect(
            value["crew"] == [
                [
                    "id": 2, "name": "Ben", "jobs": "Writer, Story, Producer", "department": "Writing, Production",
                    "episodes": 9,
                ]
            ])
    }

    @Test(
        "a department is the crew of it alone, and Acting is the cast",
        arguments: [("Directing", [], [22, 23]), ("Acting", [13], []), ("Art", [], [])] as [(String, [Int], [Int])])
    func department(name: String, cast: [Int], crew: [Int]) throws {
        let arguments: JSONObject = ["media_type": "movie", "id": 11, "department": .string(name)]
        let value = try desk(Samples.credits).value("get_credits", arguments)
        #expect(value["cast"]?.array?.compactMap { $0["id"]?.int } ?? [] == cast)
        #expect(value["crew"]?.array?.compactMap { $0["id"]?.int } ?? [] == crew)
        if name == "Directing" { #expect(value["crew"]?[0]?["jobs"] == "Director") }
    }

    @Test(
        "a limit makes pages, and the totals stay",
        arguments: [(1, 1, [22]), (1, 3, [21]), (2, 2, [21]), (2, 1, [22, 23]), (100, 1, [22, 23, 21]), (2, 3, [])]
            as [(Int, Int, [Int])])
    func pages(limit: Int, page: Int, crew: [Int]) throws {
        let arguments: JSONObject = [
            "media_type": "movie", "id": 11, "limit": .number(JSONNumber(limit)), "page": .number(JSONNumber(page)),
        ]
        let value = try desk(Samples.credits).value("get_credits", arguments)
        #expect(value["crew"]?.array?.compactMap { $0["id"]?.int } ?? [] == crew)
        #expect(value["total_crew"] == 3)
        #expect(value["page"]?.int == page)
    }

    @Test(
        "arguments of another form are refused",
        arguments: [
            ("get_credits", ["media_type": "person", "id": 1]),
            ("get_credits", ["media_type": "tv", "id": 1, "limit": -1]),
            ("get_credits", ["media_type": "tv", "id": 1, "limit": 101]),
            ("get_credits", ["media_type": "tv", "id": 1, "department": "dancing"]), ("get_filmography", [:]),
            ("get_filmography", ["id": 1, "role": "actor"]), ("get_filmography", ["id": 1, "media_type": "person"]),
        ] as [(String, JSONObject)])
    func refused(tool: String, arguments: JSONObject) throws {
        let input = try desk(nil).tool(tool).input
        #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
    }

    @Test("a filmography has each title once, newest first, undated ones last")
    func filmography() throws {
        let value = try desk(Samples.personCredits).value("get_filmography", ["id": 13, "include_self": true])
        #expect(value["results"]?.array?.map { $0["id"] } == [33, 11, 31, 12, 32])
        #expect(
            value["results"]?[0] == [
                "id": 33, "media_type": "movie", "title": "Short Pier", "year": 2021, "jobs": "Director, Writer",
                "rating": 6.5, "votes": 20,
            ])
        #expect(value["results"]?[1]?["character"] == "Mara")
        #expect(value["results"]?[1]?["jobs"] == "Producer")
        #expect(value["results"]?[3]?["character"] == "Jo / Jo's twin")
        #expect(value["results"]?[3]?["episodes"] == 16)
        #expect(value["total_results"] == 5)
        #expect(value["total_pages"] == 1)
    }

    @Test(
        "a filmography can be of a role, a type, a page",
        arguments: [
            (["role": "cast"], [11, 31, 12, 32], 4, 1), (["role": "crew"], [33, 11], 2, 1),
            (["media_type": "tv"], [31, 12], 2, 1), (["role": "crew", "media_type": "tv"], [], 0, 0),
            (["limit": 2], [33, 11], 5, 3), (["limit": 2, "page": 3], [32], 5, 3), (["page": 2], [], 5, 1),
        ] as [(JSONObject, [Int], Int, Int)])
    func filters(arguments: JSONObject, ids: [Int], total: Int, pages: Int) throws {
        var arguments = arguments
        arguments.set("id", to: 13)
        arguments.set("include_self", to: true)
        let value = try desk(Samples.personCredits).value("get_filmography", arguments)
        #expect(value["results"]?.array?.compactMap { $0["id"]?.int } == ids)
        #expect(value["total_results"]?.int == total)
        #expect(value["total_pages"]?.int == pages)
    }

    @Test("an answer without cast and crew is told as such", arguments: ["get_credits", "get_filmography"])
    func unexpected(tool: String) throws {
        let arguments: JSONObject = tool == "get_credits" ? ["media_type": "movie", "id": 1] : ["id": 1]
        for answer in [nil, [], [:], ["cast": 5, "crew": nil]] as [JSONValue] {
            #expect(try desk(answer).failure(tool, arguments) == TMDBError.unexpectedShape.message)
        }
    }

    @Test("a filmography can begin with the titles that most people voted for")
    func votes() throws {
        let value = try desk(Samples.personCredits).value(
            "get_filmography", ["id": 13, "sort": "votes", "include_self": true])
        let votes = value["results"]?.array?.map { $0["votes"]?.int64 ?? 0 } ?? []
        #expect(votes.count == 5)
        #expect(votes == votes.sorted(by: >))
        #expect(votes.first == 9000)
    }

    @Test("with a department only the total of what was asked for is told, and an empty page has its list")
    func totals() throws {
        let arguments: JSONObject = ["media_type": "movie", "id": 11, "department": "Directing", "limit": 1]
        let crew = try desk(Samples.credits).value("get_credits", arguments)
        #expect(crew["total_crew"] == 2)
        #expect(crew["total_pages"] == 2)
        #expect(crew["total_cast"] == nil)
        #expect(crew["cast"] == nil)
        let cast = try desk(Samples.credits).value(
            "get_credits", ["media_type": "movie", "id": 11, "department": "Acting", "page": 2])
        #expect(cast["total_cast"] == 1)
        #expect(cast["total_pages"] == 1)
        #expect(cast["cast"] == [])
        #expect(cast["total_crew"] == nil)
        #expect(cast["crew"] == nil)
    }
}
