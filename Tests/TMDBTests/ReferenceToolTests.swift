import JSON
import MCP
import TMDB
import Testing

@Suite struct ReferenceToolTests {
    private static let bodies = [
        "/genre/movie/list": "{\"genres\":[{\"id\":18,\"name\":\"Drama\"},{\"id\":1,\"name\":null},5]}",
        "/genre/tv/list": "{\"genres\":[{\"id\":16,\"name\":\"Animation\"}]}",
        "/watch/providers/movie": """
        {"results":[{"provider_id":1,"provider_name":"Third","display_priority":3,"display_priorities":{"US":0}},\
        {"provider_id":2,"provider_name":"First +","display_priority":0},{"provider_id":3,"provider_name":"Second",\
        "display_priority":1,"display_priorities":{"US":1}},{"provider_id":4,"provider_name":"Last"}]}
        """,
        "/watch/providers/tv": "{\"results\":[]}",
        "/watch/providers/regions":
            "{\"results\":[{\"iso_3166_1\":\"AD\",\"english_name\":\"Andorra\",\"native_name\":\"Andorre\"}]}",
        "/certification/movie/list": """
        {"certifications":{"US":[{"certification":"R","meaning":"Strong.","order":3},{"certification":"G",\
        "meaning":"All.","order":1},{"meaning":"none"}],"DE":[{"certification":"6","meaning":null,"order":2}]}}
        """,
        "/certification/tv/list": "{\"certifications\":{}}",
        "/configuration/countries":
            "[{\"iso_3166_1\":\"DE\",\"english_name\":\"Germany\",\"native_name\":\"Deutschland\"}]",
        "/configuration/languages": "[{\"iso_639_1\":\"de\",\"english_name\":\"German\",\"name\":\"Deutsch\"}]",
        "/configuration/timezones": """
        [{"iso_3166_1":"DE","zones":["Europe/Berlin","Europe/Busingen"]},{"iso_3166_1":"FR","zones":["Europe/Paris"]}]
        """,
    ]

    private func entries(_ arguments: JSONObject) throws -> [String] {
        let tmdb = try ScriptedTMDB(Self.bodies)
        let object = try tmdb.object("list_reference", arguments)["entries"]?.object
        return try #require(object).map { "\($0.key)=\($0.value.string ?? "")" }
    }

    @Test(
        "each list maps codes to names, in the order that serves",
        arguments: [
            (["kind": "movie_genres"], ["18=Drama"]), (["kind": "tv_genres"], ["16=Animation"]),
            (["kind": "movie_providers"], ["2=First +", "3=Second", "1=Third", "4=Last"]),
            (["kind": "movie_providers", "region": "US"], ["1=Third", "2=First +", "3=Second", "4=Last"]),
            (["kind": "movie_providers", "query": "first"], ["2=First +"]),
            (["kind": "movie_providers", "query": "FIRST plus"], ["2=First +"]),
            (["kind": "movie_providers", "query": "sec"], ["3=Second"]),
            (["kind": "movie_providers", "query": "ird"], []),
            (["kind": "movie_providers", "query": "4"], ["4=Last"]), (["kind": "tv_providers"], []),
            (["kind": "provider_regions"], ["AD=Andorra"]),
            (["kind": "provider_regions", "language": "fr"], ["AD=Andorre"]),
            (["kind": "movie_certifications"], ["US=G, R", "DE=6"]),
            (["kind": "movie_certifications", "region": "US"], ["G=All.", "R=Strong."]),
            (["kind": "movie_certifications", "region": "DE"], ["6="]),
            (["kind": "movie_certifications", "region": "XX"], []), (["kind": "tv_certifications"], []),
            (["kind": "countries"], ["DE=Germany"]), (["kind": "countries", "language": "de"], ["DE=Deutschland"]),
            (["kind": "languages"], ["de=German"]), (["kind": "timezones", "region": "FR"], ["FR=Europe/Paris"]),
            (["kind": "timezones"], ["DE=Europe/Berlin, Europe/Busingen", "FR=Europe/Paris"]),
            (["kind": "networks", "query": "bbc two"], ["332=BBC Two"]),
        ] as [(JSONObject, [String])])
    func lists(arguments: JSONObject, expected: [String]) throws {
        #expect(try entries(arguments) == expected)
    }

    @Test("services are asked for by region and language, and networks need no request")
    func queries() throws {
        let tmdb = try ScriptedTMDB(Self.bodies)
        _ = try tmdb.object("list_reference", ["kind": "movie_providers", "region": "US", "language": "de"])
        #expect(tmdb.query("/watch/providers/movie") == ["watch_region": "US"])
        #expect(tmdb.requests.last?.query["language"] == "de")
        let networks = try tmdb.object("list_reference", ["kind": "networks"])
        #expect(networks["entries"]?["213"] == "Netflix")
        #expect((networks["entries"]?.object?.count ?? 0) > 40)
        #expect(tmdb.requests.count == 1)
    }

    @Test("a genre that has no name in the language is listed under its English one")
    func untranslatedGenres() throws {
        let tmdb = try ScriptedTMDB([
            "/genre/movie/list": """
            {"genres":[{"id":28,"name":null},{"id":878,"name":"Ciència-ficció"},{"id":12,"name":""}]}
            """
        ])
        let list = try tmdb.object("list_reference", ["kind": "movie_genres", "language": "ca"])
        #expect(list["entries"] == ["28": "Action", "878": "Ciència-ficció", "12": "Adventure"])
    }

    @Test("a long list ends under 8 KB and tells how many there are")
    func long() throws {
        let rows = (1...900).map { "{\"iso_639_1\":\"\($0)\",\"english_name\":\"Language \($0)\"}" }
        let tmdb = try ScriptedTMDB(["/configuration/languages": "[\(rows.joined(separator: ","))]"])
        let list = try tmdb.object("list_reference", ["kind": "languages"])
        #expect(list.text.utf8.count < 8_000)
        #expect((list["entries"]?.object?.count ?? 0) > 250)
        #expect(list["total"] == 900)
        #expect(list["note"]?.string?.contains("query") == true)
        let one = try tmdb.object("list_reference", ["kind": "languages", "query": "language 899"])
        #expect(one["entries"] == ["899": "Language 899"])
        #expect(one["note"] == nil)
    }

    @Test(
        "what cannot be answered is told",
        arguments: ["{}", "5", "{\"genres\":5}", "[1]", "{\"results\":null}"])
    func unexpected(body: String) throws {
        let tmdb = try ScriptedTMDB { _, _ in (200, body) }
        for kind in ["movie_genres", "tv_providers", "provider_regions", "movie_certifications"] {
            let message = try tmdb.failure("list_reference", ["kind": .string(kind)])
            #expect(message == TMDBError.unexpectedShape.message)
        }
        let down = try ScriptedTMDB { _, _ in (500, "") }
        #expect(try down.failure("list_reference", ["kind": "languages"]) == TMDBError.serverFault(status: 500).message)
    }

    @Test("a list that knows no regions takes none", arguments: ["languages", "movie_genres", "countries", "networks"])
    func noRegion(kind: String) throws {
        let tmdb = try ScriptedTMDB(Self.bodies)
        let message = try tmdb.failure("list_reference", ["kind": .string(kind), "region": "DE"])
        #expect(message.hasPrefix("region "))
        #expect(message.contains(kind))
        #expect(tmdb.requests.isEmpty)
    }

    @Test("a region without entries is told to have none", arguments: ["movie_certifications", "timezones"])
    func emptyRegion(kind: String) throws {
        let tmdb = try ScriptedTMDB(Self.bodies)
        let none = try tmdb.object("list_reference", ["kind": .string(kind), "region": "XX"])
        #expect(none["entries"] == [:])
        #expect(none["note"]?.string?.contains("XX") == true)
        #expect(try tmdb.object("list_reference", ["kind": .string(kind), "region": "DE"])["note"] == nil)
    }

    @Test("lists of services name JustWatch")
    func justWatch() throws {
        let tmdb = try ScriptedTMDB(Self.bodies)
        let services = try tmdb.object("list_reference", ["kind": "tv_providers"])
        #expect(services["attribution"]?.string?.contains("JustWatch") == true)
        let genres = try tmdb.object("list_reference", ["kind": "tv_genres"])
        #expect(genres["attribution"]?.string?.contains("JustWatch") == false)
    }
}
