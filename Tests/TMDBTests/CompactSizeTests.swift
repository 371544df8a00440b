import JSON
import MCP
import TMDB
import Testing

/// A page of 20 rows stays under 8 KB of text, whatever TMDB's texts are.
@Suite struct CompactSizeTests {
    private static let bytesMax = 8 * 1024

    /// Texts as long as TMDB has them, or longer, in scripts of one to four bytes a character, and what JSON escapes.
    private static let units = ["word ", "Слово ", "映画の物語", "ภาพยนตร์", "😀", "\"", "\\"]

    private static func text(_ unit: String, _ count: Int) -> JSONValue {
        .string(String(repeating: unit, count: count / unit.unicodeScalars.count + 1))
    }

    /// A row with every member that one of a type has, each at its longest.
    private static func row(_ unit: String, _ type: String) -> JSONObject {
        let title = text(unit, 200)
        let image: JSONValue = "/6FfCtAuVAW8XJjZ7eWeLibRLWTw.jpg"
        switch type {
        case "person":
            return [
                "name": title, "known_for_department": "Costume & Make-Up", "profile_path": image,
                "known_for": [["title": title], ["name": title], ["title": title]],
            ]
        case "company": return ["name": title, "logo_path": image]
        case "keyword": return ["name": title]
        case "review":
            return [
                "author": title, "content": text(unit, 5000), "author_details": ["rating": 9.5],
                "url": "https://www.themoviedb.org/review/5b1c13b9c3a36848f2026384",
                "created_at": "2020-02-03T04:05:06.789Z",
            ]
        default:
            return [
                "title": title, "name": title, "original_title": title, "overview": text(unit, 1000),
                "release_date": "2021-12-31", "vote_average": 7.77, "vote_count": 1_234_567,
                "genre_ids": [878, 10759, 10765, 10768, 99, 10770, 12], "poster_path": image, "character": title,
                "job": title, "department": title, "episode_count": 1000,
            ]
        }
    }

    private static func rows(_ unit: String, _ type: String, _ count: Int = 20) -> [JSONValue] {
        (1...count).map { number in
            var object = row(unit, type)
            object.set("id", to: .number(JSONNumber(2_000_000_000 + number)))
            object.set("media_type", to: .string(type))
            return .object(object)
        }
    }

    @Test("rows of every type", arguments: units, ["movie", "tv", "person", "collection", "company", "keyword"])
    func rows(unit: String, type: String) throws {
        let value = try desk(Samples.page(Self.rows(unit, type))).value("search", ["query": "a"])
        #expect(value["results"]?.array?.count == 20)
        #expect(value.serialized().count < Self.bytesMax)
        // A title is never cut to nothing.
        for row in value["results"]?.array ?? [] {
            let title = row["title"] ?? row["name"]
            #expect(title?.string.map { $0.utf8.count >= 10 } == true)
        }
    }

    @Test("reviews, credits, a filmography and a collection", arguments: units)
    func others(unit: String) throws {
        let reviews = try desk(Samples.page(Self.rows(unit, "review"))).value(
            "get_reviews", ["media_type": "movie", "id": 1])
        #expect(reviews["results"]?.array?.count == 20)
        #expect(reviews.serialized().count < Self.bytesMax)
        let people: JSONValue = [
            "cast": .array(Self.rows(unit, "movie", 40)), "crew": .array(Self.rows(unit, "movie", 40)),
        ]
        let filmography = try desk(people).value("get_filmography", ["id": 1])
        #expect(filmography["results"]?.array?.count == 20)
        #expect(filmography.serialized().count < Self.bytesMax)
        let credits = try desk(people).value("get_credits", ["media_type": "movie", "id": 1])
        #expect(credits["cast"]?.array?.count == 20)
        #expect(credits["crew"]?.array?.count == 20)
        #expect(credits.serialized().count < Self.bytesMax)
        let parts: JSONValue = ["id": 1, "name": "C", "parts": .array(Self.rows(unit, "movie"))]
        let collection = try desk(parts).value("get_collection", ["id": 1])
        #expect(collection["parts"]?.array?.count == 20)
        #expect(collection.serialized().count < Self.bytesMax)
    }

    @Test("ordinary rows keep the start of their overview and their image")
    func ordinary() throws {
        var film = try #require(Samples.film.object)
        film.set("overview", to: Self.text("word ", 400))
        film.set("poster_path", to: "/6FfCtAuVAW8XJjZ7eWeLibRLWTw.jpg")
        let rows = [JSONValue](repeating: .object(film), count: 20)
        let value = try desk(Samples.page(rows)).value("discover_movies", [:])
        #expect(value.serialized().count < Self.bytesMax)
        for row in value["results"]?.array ?? [] {
            #expect(row["overview"]?.string.map { $0.utf8.count >= 90 } == true)
            #expect(row["poster"] != nil)
        }
    }

    @Test("a full page is not cut")
    func full() throws {
        let value = try desk(Samples.page(Self.rows("word ", "movie"))).value(
            "search", ["query": "a", "detail": "full"])
        #expect(value["results"]?[19]?["overview"] == .string("word" + String(repeating: " word", count: 200)))
    }
}
