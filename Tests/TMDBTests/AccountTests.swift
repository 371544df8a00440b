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
