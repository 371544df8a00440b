import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// A session of version 3, and what the tests look for where it must not be.
private let session = "0123456789abcdef0123456789abcdef01234567"

/// What a person has marked.
@Suite struct AccountTests {
    private static let film =
        #"{"id":603,"title":"The Matrix","release_date":"1999-03-31","genre_ids":[28],"rating":9}"#
    private static let series = #"{"id":1396,"name":"Breaking Bad","first_air_date":"2008-01-20","genre_ids":[18]}"#

    private static func page(_ rows: String, total: Int = 1) -> String {
        #"{"page":1,"results":[\#(rows)],"total_pages":1,"total_results":\#(total)}"#
    }

    private func world(_ session: String? = session, key: String? = v3Key) throws -> ScriptedTMDB {
        let bodies = [
            "/account": #"{"id":12,"username":"ann"}"#,
            "/account/12/watchlist/movies": Self.page(Self.film), "/account/12/watchlist/tv": Self.page(Self.series),
            "/account/12/favorite/tv": Self.page(Self.series, total: 3),
            "/account/12/rated/movies": Self.page(Self.film),
            "/account/12/lists": Self.page(#"{"id":7,"name":"Rainy days","description":"Long ones","item_count":4}"#),
        ]
        let tmdb = try ScriptedTMDB(key: key) { path, _ in bodies[path].map { (200, $0) } }
        tmdb.context?.session = session
        return tmdb
    }

    @Test("the watchlist has films and series, each with its type, newest first")
    func watchlist() throws {
        let tmdb = try world()
        let list = try tmdb.object("get_account", ["list": "watchlist"])
        #expect(list["total_results"] == 2)
        #expect(list["results"]?[0]?["media_type"] == "movie")
        #expect(list["results"]?[0]?["title"] == "The Matrix")
        #expect(list["results"]?[1]?["media_type"] == "tv")
        let query = ["session_id": session, "sort_by": "created_at.desc", "page": "1"]
        #expect(tmdb.query("/account/12/watchlist/tv") == query)
        #expect(tmdb.sent.allSatisfy { $0.method == .get && $0.body.isEmpty })
    }

    @Test("one type is asked for alone, and a page of it")
    func oneType() throws {
        let tmdb = try world()
        let list = try tmdb.object("get_account", ["list": "favorites", "media_type": "tv", "page": 2])
        #expect(list["total_results"] == 3)
        #expect(tmdb.query("/account/12/favorite/tv")?["page"] == "2")
        #expect(!tmdb.paths.contains("/account/12/favorite/movies"))
    }

    @Test("a rated title has the person's rating")
    func rated() throws {
        let list = try world().object("get_account", ["list": "rated", "media_type": "movie"])
        #expect(list["results"]?[0]?["your_rating"] == 9)
    }

    @Test("lists have their names and ids")
    func lists() throws {
        let list = try world().object("get_account", ["list": "lists"])
        let row = try #require(list["results"]?[0])
        #expect(row["id"] == 7)
        #expect(row["name"] == "Rainy days")
        #expect(row["media_type"] == "list")
        #expect(row["items"] == 4)
    }

    /// As TMDB has it; other lists have films alone.
    private static let mixed = #"""
        {"average_rating":0.0,"backdrop_path":null,"results":[\#
        {"id":550,"title":"Fight Club","media_type":"movie","genre_ids":[18],"release_date":"1999-10-15"},\#
        {"id":1399,"name":"Game of Thrones","media_type":"tv","genre_ids":[18],"first_air_date":"2011-04-17"}],\#
        "comments":{"movie:550":"again","tv:1399":null},"created_by":{"id":"1a2b3c4d5e6f7a8b9c0d1e2f","name":"Ann",\#
        "username":"ann"},"description":"","id":8678999,"item_count":2,"name":"To see","object_ids":{},"page":1,\#
        "public":false,"revenue":0,"runtime":0,"sort_by":"original_order.asc","total_pages":1,"total_results":2}
        """#

    @Test("the titles of a list are given to its owner: by version 4 of the API to a user token")
    func listWithToken() throws {
        let tmdb = try ScriptedTMDB(key: nil) { _, _ in (200, Self.mixed) }
        tmdb.context?.session = v4Token
        let list = try tmdb.object("get_account", ["list": "lists", "list_id": 8_678_999, "page": 2])
        #expect(tmdb.sent.map(\.url) == ["https://api.example.com/4/list/8678999?page=2&language=en-US"])
        #expect(tmdb.sent[0].headers["Authorization"] == "Bearer \(v4Token)")
        #expect(list["total_results"] == 2)
        #expect(list["results"]?.array?.map { $0["title"] } == ["Fight Club", "Game of Thrones"])
        #expect(list["results"]?.array?.map { $0["media_type"] } == ["movie", "tv"])
    }

    @Test(
        "with a session they come from version 3, in pages or all at once",
        arguments: [(#","page":1,"total_pages":4,"total_results":69"#, 4, 69), ("", 1, 1)])
    func listWithSession(paging: String, pages: Int, total: Int) throws {
        let row = #"{"id":77878,"title":"The Lady","media_type":"movie","genre_ids":[36],"release_date":"2011-11-30"}"#
        let body =
            #"{"created_by":"regina.phalange","id":509,"item_count":16,"items":[\#(row)],"name":"Seen"\#(paging)}"#
        let tmdb = try ScriptedTMDB { _, _ in (200, body) }
        tmdb.context?.session = session
        let list = try tmdb.object("get_account", ["list": "lists", "list_id": 509])
        #expect(tmdb.paths == ["/list/509"] && tmdb.query("/list/509") == ["session_id": session, "page": "1"])
        #expect(list["results"]?[0]?["title"] == "The Lady")
        #expect(list["total_pages"]?.int == pages && list["total_results"]?.int == total)
    }

    @Test("a list that is not shown says why, and list_id stands beside lists alone")
    func hiddenList() throws {
        let hidden = #"{"success":false,"status_code":39,"status_message":"This resource is private."}"#
        for (status, words) in [(401, "This resource is private"), (404, "no list 7")] {
            let tmdb = try ScriptedTMDB { _, _ in (status, hidden) }
            tmdb.context?.session = session
            let failure = try tmdb.failure("get_account", ["list": "lists", "list_id": 7])
            #expect(failure.contains(words) && failure.contains("needs a v4 user token"))
        }
        #expect(try world().failure("get_account", ["list": "rated", "list_id": 7]).contains("set list to lists"))
    }

    @Test("a private list is told of as such, not as a fault of the key")
    func privateList() throws {
        let hidden = #"{"success":false,"status_code":39,"status_message":"This resource is private."}"#
        let tmdb = try ScriptedTMDB { _, _ in (401, hidden) }
        for caller in [Caller.local, Caller(id: 3, forwardedHeader: v3Key)] {
            tmdb.caller = caller
            let failure = try tmdb.failure("get_collection", ["list": 7])
            #expect(failure.contains("private") && failure.contains("get_account") && !failure.contains("key"))
        }
    }

    @Test("a v4 user token goes into the header, and needs no key of the server's")
    func userToken() throws {
        let tmdb = try world(v4Token, key: nil)
        _ = try tmdb.object("get_account", ["list": "watchlist", "media_type": "movie"])
        let own = tmdb.sent.filter { $0.url.contains("/account") }
        #expect(own.count == 2)
        for request in own {
            #expect(request.headers["Authorization"] == "Bearer \(v4Token)")
            #expect(!request.url.contains("session_id") && !request.url.contains("api_key"))
        }
    }

    @Test("what a client sends goes before what is set, and what is set serves the local client alone")
    func whose() throws {
        let other = String(session.reversed())
        let tmdb = try world()
        tmdb.caller = Caller(id: 3, personHeader: other)
        _ = try tmdb.object("get_account", ["list": "lists"])
        #expect(tmdb.query("/account/12/lists")?["session_id"] == other)
        tmdb.caller = Caller(id: 3)
        let before = tmdb.sent.count
        #expect(try tmdb.failure("get_account", ["list": "lists"]).contains("X-TMDB-Session"))
        #expect(tmdb.sent.count == before)
    }

    @Test("without a session the failure says how to get one, and one of another form is neither sent nor shown")
    func refusals() throws {
        #expect(try world(nil).failure("get_account", ["list": "rated"]).contains("TMDB_SESSION"))
        for text in [String(session.dropLast()), "g" + session.dropFirst(), v3Key, "a.b", session + " "] {
            let tmdb = try world(text)
            let words = try tmdb.failure("get_account", ["list": "rated"])
            #expect(words.contains("40 hexadecimal digits") && !words.contains(text))
            #expect(tmdb.sent.isEmpty)
        }
    }

    @Test("a session that TMDB refuses is told of, and never shown")
    func refused() throws {
        let words = #"{"status_code":3,"status_message":"No: \#(session) with \#(v3Key)."}"#
        let tmdb = try ScriptedTMDB { _, _ in (401, words) }
        tmdb.context?.session = session
        let failure = try tmdb.failure("get_account", ["list": "rated"])
        #expect(failure.contains("refused the session"))
        #expect(!failure.contains(session) && !failure.contains(v3Key))
    }

    @Test("equal requests of two persons, or of one, are neither shared nor kept")
    func sharing() throws {
        let bench = try UpstreamBench()
        let context = TMDBContext(client: bench.client)
        let tools = TMDBServer.make(version: "1", context: context, tools: try ToolSelection(["account"])).tools
        let tool = try #require(tools.first { $0.name == "get_account" })
        let arguments = try tool.input.check(["list": "lists"])
        for caller in [Caller(id: 1, personHeader: session), Caller(id: 2, personHeader: String(session.reversed()))] {
            for _ in 0..<2 { _ = tool.run(arguments, try makeRequest(from: caller)) { _ in } }
        }
        #expect(bench.attempts.count == 4)
        let kept: [HTTPField] = [HTTPField(name: "Cache-Control", value: "max-age=100")]
        for attempt in bench.attempts { attempt.answer(response(200, #"{"id":12}"#, kept)) }
        #expect(bench.client.cachedResponses == 0)
    }
}
