import JSON
import MCP
import TMDB
import Testing

/// The titles of a person that a question is about, and those of two people.
@Suite struct FilmographyTests {
    private static func work(_ type: String, _ id: Int, _ date: String, _ more: JSONObject) -> JSONValue {
        var object: JSONObject = ["media_type": .string(type), "id": .number(JSONNumber(id)), "genre_ids": [18]]
        object.set(type == "tv" ? "name" : "title", to: .string("Title \(id)"))
        object.set(type == "tv" ? "first_air_date" : "release_date", to: .string(date))
        for (name, value) in more { object.set(name, to: value) }
        return .object(object)
    }

    private static let first: JSONValue = [
        "cast": [
            work("movie", 1, "2001-01-01", ["character": "Mara", "vote_average": 8.1, "vote_count": 5000]),
            work("tv", 1, "2002-01-01", ["character": "Harry Selfridge", "genre_ids": [35]]),
            work("tv", 2, "2003-01-01", ["character": "Self - Guest", "genre_ids": [10767]]),
            work("movie", 3, "2004-01-01", ["character": "Himself (archive footage)"]),
            work("tv", 4, "2005-01-01", ["character": "", "genre_ids": [10763]]),
            work("tv", 5, "2006-01-01", ["character": "Various", "genre_ids": [35, 10763]]),
        ],
        "crew": [
            work(
                "movie", 1, "2001-01-01",
                ["job": "Director", "department": "Directing", "vote_average": 8.1, "vote_count": 5000]),
            work("movie", 1, "2001-01-01", ["job": "Novel", "department": "Writing"]),
            work(
                "movie", 6, "2007-01-01",
                ["job": "Script Supervisor", "department": "Directing", "vote_average": 9.5, "vote_count": 2]),
        ],
    ]

    private static let second: JSONValue = [
        "cast": [
            work("movie", 3, "2004-01-01", ["character": "Self"]), work("tv", 1, "2002-01-01", ["character": "Rose"]),
            work("movie", 2, "2003-01-01", ["character": "Someone"]),
        ],
        "crew": [
            work("tv", 1, "2002-01-01", ["job": "Producer", "department": "Production"]),
            work("movie", 6, "2007-01-01", ["job": "Editor", "department": "Editing"]),
        ],
    ]

    private static let paths: [String: JSONValue] = [
        "/person/13/combined_credits": first, "/person/14/combined_credits": second,
        "/find/nm0000014": ["person_results": [["id": 14, "name": "Bo Reed"]]],
        "/search/person": ["total_results": 1, "results": [["id": 14, "name": "Bo Reed"]]],
    ]

    private func films(_ more: JSONObject) throws -> JSONValue {
        var arguments: JSONObject = ["id": 13]
        for (name, value) in more { arguments.set(name, to: value) }
        return try desk(paths: Self.paths).value("get_filmography", arguments)
    }

    private func ids(_ value: JSONValue) -> [String] {
        (value["results"]?.array ?? []).map { "\($0["media_type"]?.string ?? "")\($0["id"]?.int ?? 0)" }
    }

    @Test("parts as oneself are left out until they are asked for, and the note tells how many")
    func oneself() throws {
        let value = try films([:])
        #expect(ids(value) == ["movie6", "tv5", "tv1", "movie1"])
        #expect(value["note"]?.string?.hasPrefix("3 parts as oneself are left out") == true)
        let all = try films(["include_self": true])
        #expect(ids(all) == ["movie6", "tv5", "tv4", "movie3", "tv2", "tv1", "movie1"])
        #expect(all["note"] == nil)
    }

    @Test(
        "a department, a job, a genre and a rating leave the titles that have them",
        arguments: [
            (["department": "Directing"], ["movie6", "movie1"]), (["department": "director"], ["movie1"]),
            (["department": "Writing"], ["movie1"]), (["department": "Acting"], ["tv5", "tv1", "movie1"]),
            (["department": "Sound"], []), (["genre": "comedy"], ["tv5", "tv1"]), (["genre": 35], ["tv5", "tv1"]),
            (["genre": "Drama", "vote_average.gte": 8], ["movie6", "movie1"]),
            (["vote_average.gte": 8, "vote_count.gte": 100], ["movie1"]),
            (["vote_average": ["gte": 8], "vote_count_gte": 100], ["movie1"]),
            (["sort": "rating", "media_type": "movie"], ["movie1", "movie6"]),
        ] as [(JSONObject, [String])])
    func filters(arguments: JSONObject, expected: [String]) throws {
        let value = try films(arguments)
        #expect(ids(value) == expected)
        #expect(value["total_results"]?.int == expected.count)
        if expected.isEmpty { #expect(value["note"]?.string?.contains("Leave out a filter") == true) }
    }

    @Test("with a department only its jobs are told")
    func jobs() throws {
        let directed = try films(["department": "Directing"])
        #expect(directed["results"]?[1]?["jobs"] == "Director")
        #expect(directed["results"]?[1]?["character"] == nil)
    }

    @Test("a genre that there is none of is told with those that there are")
    func noGenre() throws {
        let message = try desk(paths: Self.paths).failure("get_filmography", ["id": 13, "genre": "Noir"])
        #expect(message.contains("genre: there is no \"Noir\"") && message.contains("Comedy"))
    }

    @Test(
        "what two people made together is told with both their parts",
        arguments: [14, "14", "Bo Reed", "nm0000014", "https://www.themoviedb.org/person/14-bo"] as [JSONValue])
    func shared(other: JSONValue) throws {
        let value = try films(["shared_with": other])
        #expect(ids(value) == ["movie6", "tv1"])
        #expect(value["results"]?[0]?["jobs"] == "Script Supervisor")
        #expect(value["results"]?[0]?["shared_part"] == "Editor")
        #expect(value["results"]?[1]?["character"] == "Harry Selfridge")
        #expect(value["results"]?[1]?["shared_part"] == "Rose; Producer")
        #expect(value["shared_with"] == (["Bo Reed", "nm0000014"].contains(other) ? "14 Bo Reed" : "14"))
    }

    @Test("two people share titles also where both are themselves, if that is asked for")
    func sharedAsOneself() throws {
        #expect(ids(try films(["shared_with": 14, "include_self": true])) == ["movie6", "movie3", "tv1"])
        #expect(ids(try films(["shared_with": 14, "role": "cast"])) == ["tv1"])
    }

    @Test("a second person who cannot be told, or is not there, is said so")
    func noSecond() throws {
        var paths = Self.paths
        paths["/search/person"] = [
            "total_results": 2,
            "results": [
                ["id": 14, "name": "Bo Reed", "known_for_department": "Sound"], ["id": 15, "name": "Bo Reed"],
            ],
        ]
        let ambiguous = try desk(paths: paths).failure("get_filmography", ["id": 13, "shared_with": "Bo Reed"])
        #expect(ambiguous.hasPrefix("shared_with: ") && ambiguous.contains("14 Bo Reed (Sound); 15 Bo Reed"))
        paths["/search/person"] = ["total_results": 0, "results": []]
        let unknown = try desk(paths: paths).failure("get_filmography", ["id": 13, "shared_with": "Nobody"])
        #expect(unknown.contains("TMDB has no person named \"Nobody\""))
        let missing = try desk(paths: paths).failure("get_filmography", ["id": 13, "shared_with": 99])
        #expect(missing.contains("person with the id 99"))
    }
}
