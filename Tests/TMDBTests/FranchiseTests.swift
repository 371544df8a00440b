import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// `get_collection` by name, of franchises that are no collection, and of lists.
@Suite struct FranchiseTests {
    private static func film(_ id: Int, _ date: String) -> JSONValue {
        [
            "id": .number(JSONNumber(id)), "title": .string("Film \(id)"), "release_date": .string(date),
            "overview": "Text.", "vote_average": 7.5, "vote_count": 3, "poster_path": "/p.jpg",
        ]
    }

    private static func found(_ names: [(Int, String)]) -> String {
        let rows = names.map { (id, name) -> JSONValue in
            ["id": .number(JSONNumber(id)), "name": .string(name)]
        }
        let page: JSONValue = ["total_results": .number(JSONNumber(rows.count)), "results": .array(rows)]
        return page.text
    }

    private func tmdb(collections: [(Int, String)], keywords: [(Int, String)], pages: Int = 2) throws -> ScriptedTMDB {
        try ScriptedTMDB { path, query in
            switch path {
            case "/search/collection": return (200, Self.found(collections))
            case "/search/keyword": return (200, Self.found(keywords))
            case "/collection/16": return (200, Samples.collectionRecord.text)
            case "/discover/movie":
                let number = query["page"].flatMap { Int($0) } ?? 0
                let films = (1...20).map {
                    Self.film(number * 100 + $0, "20\(9 + number)-01-\($0 < 10 ? "0" : "")\($0)")
                }
                let page: JSONValue = [
                    "page": .number(JSONNumber(number)), "total_pages": .number(JSONNumber(pages)),
                    "total_results": .number(JSONNumber(pages * 20)), "results": .array(films),
                ]
                return (200, page.text)
            default: return nil
            }
        }
    }

    @Test(
        "a collection is found by its name, and others are named",
        arguments: ["Harbour", "harbour collection", "Harbour Collection"])
    func collection(name: String) throws {
        let tmdb = try tmdb(
            collections: [(16, "Harbour Collection"), (17, "Harbour of Glass Collection")],
            keywords: [(5, "harbour"), (6, "old harbour")])
        let value = try tmdb.object("get_collection", ["name": .string(name)])
        #expect(value["id"] == 16)
        #expect(value["media_type"] == "collection")
        #expect(value["parts"]?.array?.map { $0["id"] } == [43, 42, 41])
        #expect(value["note"] == "Collections of similar names: 17 Harbour of Glass Collection.")
    }

    @Test(
        "a franchise that is a keyword comes whole, in release order",
        arguments: ["MCU", "Marvel Cinematic Universe", "marvel cinematic universe (mcu)"])
    func keyword(name: String) throws {
        let tmdb = try tmdb(
            collections: [(21, "Marvel Rising Collection"), (22, "Marvel Knights Collection")],
            keywords: [(180_547, "marvel cinematic universe (mcu)"), (7, "marvel comics")])
        let value = try tmdb.object("get_collection", ["name": .string(name)])
        #expect(value["id"] == 180_547)
        #expect(value["media_type"] == "keyword")
        #expect(value["title"] == "marvel cinematic universe (mcu)")
        #expect(value["total_parts"] == 40)
        #expect(value["parts"]?.array?.count == 40)
        let dates = value["parts"]?.array?.compactMap { $0["date"]?.string } ?? []
        #expect(dates == dates.sorted() && dates.count == 40)
        #expect(value["first_year"] == 2010)
        #expect(value["last_year"] == 2011)
        #expect(value["note"]?.string?.contains("with_keywords 180547") == true)
        #expect(
            value["parts"]?[20] == [
                "id": 201, "media_type": "movie", "title": "Film 201", "date": "2011-01-01", "rating": 7.5,
            ])
        #expect(value.text.utf8.count < 8_000)
        #expect(
            tmdb.query("/discover/movie") == [
                "with_keywords": "180547", "sort_by": "primary_release_date.asc", "page": "2",
            ])
    }

    @Test("a collection without a name in the language has its original one")
    func original() throws {
        var record = try #require(Samples.collectionRecord.object)
        record.set("name", to: .null)
        record.set("original_name", to: "Colecção do Porto")
        #expect(try desk(.object(record)).value("get_collection", ["id": 16])["title"] == "Colecção do Porto")
    }

    @Test("of a keyword that thousands of films have, the first hundred come")
    func large() throws {
        let tmdb = try tmdb(collections: [], keywords: [(7, "time travel")], pages: 40)
        let value = try tmdb.object("get_collection", ["name": "time travel"])
        #expect(value["total_parts"] == 800)
        #expect(value["parts"]?.array?.count == 100)
        #expect(value["note"]?.string?.contains("discover_movies has the others") == true)
        #expect(tmdb.paths.filter { $0 == "/discover/movie" }.count == 5)
    }

    @Test("a name that several have, or none, is told so")
    func ambiguous() throws {
        let several = try tmdb(
            collections: [(16, "Harbour One Collection"), (17, "Harbour Two Collection")],
            keywords: [(5, "old harbour"), (6, "new harbour")])
        let words = try several.failure("get_collection", ["name": "Harbour"])
        #expect(words.contains("16 Harbour One Collection; 17 Harbour Two Collection"))
        #expect(words.contains("old harbour; new harbour"))
        let none = try tmdb(collections: [], keywords: [])
        #expect(
            try none.failure("get_collection", ["name": "Nothing"]).contains(
                "no collection or keyword named \"Nothing\""))
        let broken = try ScriptedTMDB { path, _ in path == "/search/keyword" ? (200, "{}") : (200, Self.found([])) }
        #expect(try broken.failure("get_collection", ["name": "A"]) == TMDBError.unexpectedShape.message)
    }

    @Test(
        "one of id, name and list is needed",
        arguments: [[:], ["page": 2], ["id": 1, "name": "A"], ["name": "A", "list": 8], ["id": 1, "list": 8]]
            as [JSONObject])
    func one(arguments: JSONObject) throws {
        #expect(try desk(nil).failure("get_collection", arguments).contains("one of id, name and list"))
    }

    private static let items: [JSONValue] = (1...25).map { number in
        var row = film(number, "2001-01-01").object ?? [:]
        row.set("media_type", to: number == 2 ? "tv" : "movie")
        if number == 2 {
            row.set("name", to: "Show")
            row.set("first_air_date", to: "1999-09-09")
            row.set("title", to: nil)
            row.set("release_date", to: nil)
        }
        return .object(row)
    }

    @Test(
        "a list is asked for by its id or its address",
        arguments: [8136, "8136", "https://www.themoviedb.org/list/8136-best-of", "list/8136"] as [JSONValue])
    func list(list: JSONValue) throws {
        let answer: JSONValue = [
            "id": "8136", "name": "Best of", "description": "Mine.", "created_by": "ann", "item_count": 45, "page": 2,
            "total_pages": 3, "total_results": 45, "items": .array(Array(Self.items.prefix(20))),
        ]
        let desk = try desk(answer)
        let value = try desk.value("get_collection", ["list": list, "page": 2])
        #expect(desk.upstream.targets == ["/list/8136?page=2&language=en-US"])
        #expect(value["id"] == 8136)
        #expect(value["media_type"] == "list")
        #expect(value["title"] == "Best of")
        #expect(value["overview"] == "Mine.")
        #expect(value["creator"] == "ann")
        #expect(value["total_parts"] == 45)
        #expect(value["page"] == 2)
        #expect(value["total_pages"] == 3)
        #expect(value["parts"]?.array?.count == 20)
        #expect(value["parts"]?[1]?["title"] == "Show")
        #expect(value["parts"]?[1]?["media_type"] == "tv")
        #expect(value["parts"]?[1]?["year"] == 1999)
        #expect(value.text.utf8.count < 8_000)
    }

    @Test("a list that TMDB gives whole comes in pages of 20", arguments: [(1, 20), (2, 5), (3, 0)])
    func whole(page: Int, count: Int) throws {
        let answer: JSONValue = ["id": 8, "name": "All", "items": .array(Self.items)]
        let value = try desk(answer).value("get_collection", ["list": 8, "page": .number(JSONNumber(page))])
        #expect(value["parts"]?.array?.count == count)
        #expect(value["total_parts"] == 25)
        #expect(value["total_pages"] == 2)
    }

    @Test("a list that version 3 of the API has not is asked of version 4")
    func version4() throws {
        let upstream = Upstream()
        upstream.answer = { _ in response(404, "{\"status_code\":34}") }
        let desk = try ToolDesk(upstream)
        #expect(try desk.failure("get_collection", ["list": 8]).contains("list with the id 8"))
        #expect(
            upstream.requests.map { String($0.url.prefix { $0 != "?" }) } == [
                "https://api.example.com/3/list/8", "https://api.example.com/4/list/8",
            ])
        let answer: JSONValue = [
            "id": 8, "name": "Mixed", "created_by": ["username": "bo", "id": "x"], "page": 1, "total_pages": 1,
            "total_results": 2, "item_count": 2, "results": .array(Array(Self.items.prefix(2))),
        ]
        let second = Upstream()
        var count = 0
        second.answer = { _ in
            count += 1
            return count == 1 ? response(404, "{}") : response(200, answer.text)
        }
        let value = try ToolDesk(second).value("get_collection", ["list": 8])
        #expect(value["creator"] == "bo")
        #expect(value["parts"]?.array?.count == 2)
    }
}
