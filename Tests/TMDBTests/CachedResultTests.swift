import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Equal calls of a tool, while what their result was made of is fresh.
struct CachedResultTests {
    private let bench: UpstreamBench
    private let tools: [Tool]
    private let calls = Calls()

    private final class Calls {
        var answers: [String: Upstream.Outcome] = [:]
    }

    init() throws {
        bench = try UpstreamBench()
        let calls = calls
        bench.onTry = { calls.answers[$0.target] ?? response(404, "{}") }
        tools = TMDBServer.make(version: "1.2.3", context: TMDBContext(client: bench.client)).tools
    }

    /// What a call answers, and what it took.
    private func call(
        _ name: String = "search", _ arguments: JSONObject = ["query": "dune"], from caller: Caller = .local
    ) throws -> (value: JSONValue?, use: UpstreamUse) {
        let tool = try #require(tools.first { $0.name == name })
        let request = try makeRequest(from: caller)
        var results: [CallToolResult] = []
        _ = tool.run(try tool.input.check(arguments), request) { results.append($0) }
        #expect(results.count == 1)
        guard case .structured(let content) = results.first else { return (nil, request.upstream) }
        return (try content.value, request.upstream)
    }

    private func page(of title: String) -> String {
        #"{"page":1,"total_pages":1,"total_results":1,"results":[{"id":1,"media_type":"movie","title":"\#(title)"}]}"#
    }

    @Test("an equal call gets the same, told as at hand, until an answer's time is up")
    func lifetime() throws {
        calls.answers["/search/multi"] = fresh(10, page(of: "Dune"))
        let first = try call()
        #expect(first.use.answers == 1)
        calls.answers["/search/multi"] = fresh(10, page(of: "Doom"))
        bench.clock.advance(9.9)
        let second = try call()
        #expect(second.value == first.value)
        #expect(second.use.cacheHits == 1 && second.use.answers == 0)
        #expect(bench.client.counters.hits == 1)
        bench.clock.advance(0.1)
        #expect(try call().value?["results"]?[0]?["title"] == "Doom")
        #expect(bench.attempts.count == 2)
    }

    @Test("the result lives as long as the answer that ends first")
    func shortest() throws {
        calls.answers["/movie/1/videos"] = fresh(100, #"{"results":[]}"#)
        calls.answers["/movie/1/images"] = fresh(10, #"{"posters":[]}"#)
        let arguments: JSONObject = ["media_type": "movie", "id": 1]
        #expect(try call("get_media", arguments).use.answers == 2)
        #expect(try call("get_media", arguments).use.cacheHits == 2)
        bench.clock.advance(10)
        #expect(try call("get_media", arguments).use.answers == 1)
        #expect(bench.targets.filter { $0 == "/movie/1/images" }.count == 2)
    }

    @Test("a day told from today on is another one after midnight")
    func midnight() throws {
        calls.answers["/discover/tv"] = fresh(1000, page(of: "Dune"))
        bench.clock.calendar = 1_699_999_140  // 2023-11-14 21:59, in Berlin 22:59
        let arguments: JSONObject = ["air_date.gte": "today", "language": "de-DE"]
        for list in ["/genre/movie/list", "/genre/tv/list"] { calls.answers[list] = fresh(1000, #"{"genres":[]}"#) }
        #expect(try call("discover_tv", arguments).value?["resolved"]?["air_date.gte"] == "2023-11-14")
        bench.clock.advance(3_599)
        #expect(try call("discover_tv", arguments).value?["resolved"]?["air_date.gte"] == "2023-11-14")
        bench.clock.advance(61)
        #expect(try call("discover_tv", arguments).value?["resolved"]?["air_date.gte"] == "2023-11-15")
    }

    @Test("other arguments, languages and credentials are other calls")
    func differences() throws {
        calls.answers["/search/multi"] = fresh(100, page(of: "Dune"))
        for list in ["/genre/movie/list", "/genre/tv/list"] { calls.answers[list] = fresh(100, #"{"genres":[]}"#) }
        let own = Caller(id: 7, forwardedHeader: v3Key)
        for _ in 0..<2 {
            #expect(try call().value?["results"]?[0]?["title"] == "Dune")
            #expect(try call("search", ["query": "dune", "language": "de-DE"]).value != nil)
            #expect(try call("search", ["query": "dune", "page": 2]).value != nil)
            #expect(try call(from: own).value != nil)
        }
        // The last one's URL is the first one's. Its second call finds the answer: the first has shown that TMDB takes
        // the key.
        #expect(bench.targets.filter { $0 == "/search/multi" }.count == 4)
        #expect(bench.attempts.count == 6)
    }

    @Test("a result in two languages, since the names of genres came late, is not kept")
    func lateGenres() throws {
        let page = page(of: "Dune").replacing("\"id\":1", with: "\"id\":1,\"genre_ids\":[18]")
        calls.answers["/search/multi"] = fresh(100, page)
        let arguments: JSONObject = ["query": "dune", "language": "de-DE"]
        #expect(try call("search", arguments).value?["results"]?[0]?["genres"] == ["Drama"])
        calls.answers["/genre/movie/list"] = fresh(100, #"{"genres":[{"id":18,"name":"Schauspiel"}]}"#)
        calls.answers["/genre/tv/list"] = fresh(100, #"{"genres":[]}"#)
        #expect(try call("search", arguments).value?["results"]?[0]?["genres"] == ["Schauspiel"])
        #expect(bench.targets.filter { $0 == "/search/multi" }.count == 1)
    }

    @Test("what TMDB lets nobody keep is asked for each time", arguments: ["", "no-store", "max-age=0", "private"])
    func forbidden(control: String) throws {
        calls.answers["/search/multi"] = response(200, page(of: "Dune"), [field("Cache-Control", control)])
        for _ in 0..<3 { #expect(try call().use.answers == 1) }
        #expect(bench.attempts.count == 3)
        #expect(bench.client.cachedBytes == 0)
    }

    @Test("a result that lacks what could not be had is not kept")
    func partial() throws {
        calls.answers["/movie/1"] = fresh(100, #"{"id":1,"title":"Dune"}"#)
        let arguments: JSONObject = ["media_type": "movie", "ids": [1, 2]]
        #expect(try call("get_details", arguments).value?["failed"]?.array?.count == 1)
        calls.answers["/movie/2"] = fresh(100, #"{"id":2,"title":"Doom"}"#)
        let whole = try call("get_details", arguments)
        #expect(whole.value?["failed"] == [])
        #expect(whole.value?["results"]?.array?.count == 2)
    }

    @Test("an old result that stands for one that is not to be had is told of each time")
    func stale() throws {
        calls.answers["/search/multi"] = fresh(10, page(of: "Dune"))
        _ = try call()
        bench.clock.advance(10)
        calls.answers["/search/multi"] = .failure(.timedOut(.connecting, milliseconds: 1))
        for _ in 0..<2 {
            let request = try makeRequest()
            var results: [CallToolResult] = []
            let tool = try #require(tools.first { $0.name == "search" })
            _ = tool.run(try tool.input.check(["query": "dune"]), request) { results.append($0) }
            bench.clock.advance(60)
            #expect(results.count == 1)
            #expect(request.upstream.staleAnswers == 1)
        }
    }

    @Test("results and answers share the bytes of the cache")
    func bound() throws {
        let small = try UpstreamBench()
        small.configuration.cacheBytesMax = 64 << 10
        small.onTry = { [page = page(of: "Dune")] _ in fresh(100, page) }
        let tools = TMDBServer.make(version: "1.2.3", context: TMDBContext(client: small.client)).tools
        let search = try #require(tools.first { $0.name == "search" })
        for number in 0..<500 {
            let arguments = try search.input.check(["query": .string("dune \(number)")])
            _ = search.run(arguments, try makeRequest()) { _ in }
            #expect(small.client.cachedBytes <= 64 << 10)
        }
        #expect(small.client.cachedBytes > 32 << 10)
        #expect(small.client.cachedResponses < 500)
    }

    @Test("a small result takes no more memory than it counts for")
    func small() throws {
        calls.answers["/search/multi"] = fresh(100, page(of: "Dune"))
        let search = try #require(tools.first { $0.name == "search" })
        var results: [CallToolResult] = []
        for _ in 0..<2 {
            _ = search.run(try search.input.check(["query": "dune"]), try makeRequest()) { results.append($0) }
        }
        guard case .structured(let content)? = results.last else { throw ToolFailure(result: "\(results)") }
        #expect(content.json.capacity <= content.json.count + 64)
    }

    @Test("a clock that is set back between the answers lets a result live no longer")
    func clockSetBack() throws {
        calls.answers["/movie/1/videos"] = fresh(100, #"{"results":[]}"#)
        bench.onTry = { [calls, clock = bench.clock] attempt in
            if attempt.target.hasSuffix("/images") { clock.calendar -= 5000 }
            return calls.answers[attempt.target] ?? fresh(10_000, "{}")
        }
        let arguments: JSONObject = ["media_type": "movie", "id": 1]
        #expect(try call("get_media", arguments).use.answers == 2)
        bench.clock.advance(200)
        #expect(try call("get_media", arguments).use.answers > 0)
    }
}
