import JSON
import MCP
import TMDB
import Testing

/// Compact results say which of their lists have more than they give.
@Suite struct CutListTests {
    private static func people(_ count: Int, _ more: JSONObject) -> JSONValue {
        .array(
            (1...count).map { number in
                var person: JSONObject = ["id": .number(JSONNumber(number)), "name": .string("P\(number)")]
                for (name, value) in more { person.set(name, to: value) }
                return .object(person)
            })
    }

    private func note(_ tool: String, _ arguments: JSONObject, _ record: JSONObject) throws -> String {
        let value = try desk(.object(record)).value(tool, arguments)
        return (value["note"] ?? value["results"]?[0]?["note"])?.string ?? ""
    }

    @Test("an episode's guests and crew", arguments: [(15, ""), (16, "guest_stars")])
    func episode(guests: Int, name: String) throws {
        let arguments: JSONObject = ["id": 12, "season_number": 1, "episode_number": 2]
        let record: JSONObject = [
            "id": 5, "episode_number": 2, "name": "E", "guest_stars": Self.people(guests, ["character": "X"]),
            "crew": Self.people(15, ["job": "Director"]),
        ]
        let told = try note("get_season", arguments, record)
        #expect(name.isEmpty ? told.isEmpty : told == "Only the first are here of \(name): detail full has more.")
        var full = arguments
        full.set("detail", to: "full")
        #expect(try note("get_season", full, record).isEmpty)
    }

    @Test("a title's directors and genres, and not its cast, whose number it tells")
    func details() throws {
        let genres: [Int64] = [28, 12, 16, 35, 80, 99]
        let record: JSONObject = [
            "id": 1, "title": "F", "genres": .array(genres.map { ["id": .number(JSONNumber($0)), "name": "G"] }),
            "credits": [
                "cast": Self.people(40, ["character": "X"]), "crew": Self.people(11, ["job": "Director"]),
            ],
        ]
        let told = try note("get_details", ["media_type": "movie", "id": 1], record)
        #expect(told == "Only the first are here of genres, directors: detail full has more.")
    }

    @Test("what is appended")
    func appended() throws {
        let images: JSONValue = .array((1...6).map { ["file_path": .string("/a\($0).jpg")] })
        let told = try note(
            "get_details", ["media_type": "person", "id": 1, "append": ["tagged_images"]],
            ["id": 1, "name": "P", "tagged_images": ["results": images]])
        #expect(told.contains("tagged_images"))
    }

    @Test("the genres of rows")
    func rows() throws {
        for (count, isTold) in [(5, false), (6, true)] {
            let ids: [JSONValue] = [28, 12, 16, 35, 80, 99].prefix(count).map { .number(JSONNumber($0)) }
            let row: JSONValue = ["id": 1, "title": "F", "media_type": "movie", "genre_ids": .array(ids)]
            let record: JSONObject = ["page": 1, "total_pages": 1, "total_results": 1, "results": [row]]
            #expect(try note("search", ["query": "f"], record).contains("genres") == isTold)
        }
    }

    @Test("the regions that have offers", arguments: [(2, false), (20, true)])
    func regions(titles: Int, isTold: Bool) throws {
        let letters = Array("ABCDEFGHIJKL").map { String($0) }
        let codes = letters.flatMap { first in letters.map { first + $0 } }
        let regions = JSONObject(codes.map { ($0, ["flatrate": [["provider_id": 8, "provider_name": "N"]]]) })
        let ids: JSONValue = .array((1...titles).map { .number(JSONNumber($0)) })
        let told = try note(
            "get_watch_providers", ["media_type": "movie", "ids": ids], ["id": 1, "results": .object(regions)])
        #expect(told == (isTold ? "Only the first are here of regions: give region, or fewer titles." : ""))
    }

    @Test("candidates of a name say that there are others")
    func candidates() throws {
        let rows: JSONValue = .array(
            (1...9).map { ["id": .number(JSONNumber($0)), "name": .string("Alien \($0) Tales")] })
        let desk = try desk(["page": 1, "results": rows, "total_pages": 1, "total_results": 9])
        let failure = try desk.failure("get_collection", ["name": "Alien"])
        #expect(failure.contains("8 Alien 8 Tales; and others") && !failure.contains("Alien 9"))
    }
}
