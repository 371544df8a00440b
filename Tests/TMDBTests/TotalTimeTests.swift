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
        tools = TMDBServer.make(version: "1.2.3", library: Library(client: bench.client)).tools
    }

    private final class Outcome {
        var results: [ToolResult] = []
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

    @Test("names of genres that are late are given in English")
    func lateGenres() throws {
        let outcome = try discover(["language": "de-DE"])
        let row = #"{"id":1,"title":"T","genre_ids":[18]}"#
        try answer("/discover/movie", #"{"page":1,"total_pages":1,"total_results":1,"results":[\#(row)]}"#)
        #expect(bench.open.map(\.target) == ["/genre/movie/list", "/genre/tv/list"])
        bench.clock.advance(2)
        guard case .structured(let value) = outcome.results.first else {
            return #expect(Bool(false), "\(outcome.results)")
        }
        #expect(value["results"]?[0]?["genres"] == ["Drama"])
        bench.expectIdle()
    }

    @Test("nothing is asked for when the time is up")
    func late() throws {
        let outcome = try discover(["language": "de-DE"])
        bench.clock.advance(20)
        #expect(outcome.results.count == 1)
        #expect(bench.tries.allSatisfy { $0.target == "/discover/movie" })
        bench.expectIdle()
    }
}
