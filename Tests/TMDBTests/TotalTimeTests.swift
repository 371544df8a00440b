import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// How long one call of a tool may take, however many requests to TMDB it makes.
struct TotalTimeTests {
    private let bench: UpstreamBench
    private let tools: [Tool]

    init() throws {
        bench = try UpstreamBench()
        tools = TMDBServer.make(version: "1.2.3", context: TMDBContext(client: bench.client)).tools
    }

    private final class Outcome {
        var results: [CallToolResult] = []
    }

    private func discover(_ arguments: JSONObject) throws -> Outcome {
        let tool = try #require(tools.first { $0.name == "discover_movies" })
        let outcome = Outcome()
        _ = tool.run(try tool.input.check(arguments), try makeRequest()) { outcome.results.append($0) }
        return outcome
    }

    private func answer(_ target: String, _ body: String) throws {
        try #require(bench.open.first { $0.target == target }).answer(response(200, body))
    }

    @Test("requests one after the other share the time of the call")
    func shared() throws {
        let outcome = try discover(["with_keywords": "time travel"])
        bench.clock.advance(15)
        try answer("/search/keyword", #"{"results":[{"id":4379,"name":"time travel"}]}"#)
        bench.clock.advance(4.9)
        #expect(bench.open.map(\.target) == ["/discover/movie"])
        #expect(outcome.results.isEmpty)
        bench.clock.advance(0.1)
        #expect(outcome.results.count == 1)
        guard case .failure = outcome.results.first else { return #expect(Bool(false), "\(outcome.results)") }
        bench.expectIdle()
    }

    private static let page =
        #"{"page":1,"total_pages":1,"total_results":1,"results":[{"id":1,"title":"T","genre_ids":[18]}]}"#

    private func genres(_ outcome: Outcome) -> JSONValue? {
        guard case .structured(let content) = outcome.results.first else { return nil }
        return try? content.value["results"]?[0]?["genres"]
    }

    @Test("names of genres that are late are given in English once, and in their language when they have come")
    func lateGenres() throws {
        let first = try discover(["language": "de-DE"])
        try answer("/discover/movie", Self.page)
        #expect(bench.open.map(\.target) == ["/genre/movie/list", "/genre/tv/list"])
        bench.clock.advance(1.9)
        #expect(first.results.isEmpty)
        bench.clock.advance(0.1)
        #expect(genres(first) == ["Drama"])
        // Nobody waits again for what is known to be late, nor asks for it twice.
        let second = try discover(["language": "de-DE", "page": 2])
        try answer("/discover/movie", Self.page)
        #expect(genres(second) == ["Drama"])
        #expect(bench.open.map(\.target) == ["/genre/movie/list", "/genre/tv/list"])
        try answer("/genre/movie/list", #"{"genres":[{"id":18,"name":"Schauspiel"}]}"#)
        try answer("/genre/tv/list", #"{"genres":[]}"#)
        let third = try discover(["language": "de-DE", "page": 3])
        try answer("/discover/movie", Self.page)
        #expect(genres(third) == ["Schauspiel"])
        bench.expectIdle()
    }

    @Test("the lists of a call that is cancelled come all the same")
    func cancelledGenres() throws {
        let tool = try #require(tools.first { $0.name == "discover_movies" })
        let cancel = tool.run(try tool.input.check(["language": "de-DE"]), try makeRequest()) { _ in }
        try answer("/discover/movie", Self.page)
        cancel()
        try answer("/genre/movie/list", #"{"genres":[{"id":18,"name":"Schauspiel"}]}"#)
        try answer("/genre/tv/list", #"{"genres":[]}"#)
        let next = try discover(["language": "de-DE", "page": 2])
        try answer("/discover/movie", Self.page)
        #expect(genres(next) == ["Schauspiel"])
        bench.expectIdle()
    }

    @Test("nothing is asked for when the time is up")
    func late() throws {
        let outcome = try discover(["language": "de-DE"])
        bench.clock.advance(20)
        #expect(outcome.results.count == 1)
        #expect(bench.attempts.allSatisfy { $0.target == "/discover/movie" })
        bench.expectIdle()
    }
}
