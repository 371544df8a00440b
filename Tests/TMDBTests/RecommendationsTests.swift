import JSON
import TMDB
import Testing

/// Recommendations without what is not wanted.
@Suite struct RecommendationsTests {
    private static let page = """
        {"page":1,"total_pages":2,"total_results":21,"results":[{"id":1,"title":"A","genre_ids":[18,878]},\
        {"id":2,"title":"B","genre_ids":[27]},{"id":3,"title":"C","genre_ids":[]},{"id":4,"title":"D"}]}
        """
    private static let credits = """
        {"cast":[{"id":4,"media_type":"tv"}],"crew":[{"id":1,"media_type":"movie","job":"Director"},5,\
        {"id":1,"media_type":"movie","job":"Writer"}]}
        """

    private func makeTMDB() throws -> ScriptedTMDB {
        try ScriptedTMDB([
            "/movie/9/recommendations": Self.page, "/movie/9/similar": Self.page,
            "/tv/9/recommendations": Self.page.replacing("title", with: "name"),
            "/person/50/combined_credits": Self.credits,
            "/search/person": """
            {"total_results":1,"results":[{"id":50,"name":"Denis Villeneuve","popularity":9}]}
            """,
        ])
    }

    @Test(
        "titles of people and genres are left out",
        arguments: [
            (["without_people": "Denis Villeneuve"], [2, 3, 4], "50 Denis Villeneuve"),
            (["without_people": "50", "similar": true], [2, 3, 4], nil),
            (["without_genres": "Horror"], [1, 3, 4], nil),
            (["without_genres": "27|878", "without_people": 50], [3, 4], nil), ([:], [1, 2, 3, 4], nil),
        ] as [(JSONObject, [JSONValue], String?)])
    func without(filters: JSONObject, ids: [JSONValue], person: String?) throws {
        let tmdb = try makeTMDB()
        var arguments: JSONObject = ["media_type": "movie", "id": 9]
        for (name, value) in filters { arguments.set(name, to: value) }
        let page = try tmdb.object("get_recommendations", arguments)
        #expect(page["results"]?.array?.map { $0["id"] } == ids)
        #expect(page["resolved"]?["without_people"]?.string == person)
        #expect(page["total_results"] == 21)
        let left = 4 - ids.count
        #expect(page["note"]?.string == (left > 0 ? "Left out of this page, as asked: \(left)." : nil))
    }

    @Test("ids of films and series are told apart")
    func types() throws {
        let page = try makeTMDB().object(
            "get_recommendations", ["media_type": "tv", "id": 9, "without_people": "50"])
        #expect(page["results"]?.array?.map { $0["id"] } == [1, 2, 3])
    }

    @Test(
        "what cannot be left out is told",
        arguments: [
            ("without_people", "51", "without_people: TMDB has no person with the id 51"),
            ("without_people", "1,2,3,4,5,6", "give 5 at most"),
            ("without_genres", "Western Noir", "there is no genre \"Western Noir\""),
        ])
    func failures(name: String, value: String, words: String) throws {
        var arguments: JSONObject = ["media_type": "movie", "id": 9]
        arguments.set(name, to: .string(value))
        let message = try makeTMDB().failure("get_recommendations", arguments)
        #expect(message.contains(words), "\(message)")
    }
}
