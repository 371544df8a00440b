import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Answers past their time: TMDB is asked whether they are still good, and they stand in for what is not to be had.
struct RevalidationTests {
    private static let tag = field("ETag", "W/\"1\"")

    private func held(_ control: String = "max-age=10", _ fields: [HTTPField] = [tag]) throws -> UpstreamBench {
        let bench = try UpstreamBench()
        bench.configuration.attemptsMax = 1
        try bench.call(answer: response(200, "[1]", [field("Cache-Control", control)] + fields))
        bench.clock.advance(10)
        return bench
    }

    @Test("TMDB is asked whether an answer past its time is still good, and what it says of that holds")
    func notModified() throws {
        let bench = try held()
        let call = try bench.call()
        #expect(bench.attempts[0].request.headers["If-None-Match"] == nil)
        #expect(bench.attempts[1].request.headers["If-None-Match"] == "W/\"1\"")
        bench.attempts[1].answer(response(304, "", [field("Cache-Control", "max-age=20"), field("ETag", "\"2\"")]))
        #expect(call.value == [1])
        #expect(call.request?.upstream.answers == 1)
        #expect(bench.client.counters.revalidated == 1)
        bench.clock.advance(19)
        #expect(try bench.call().value == [1])
        bench.clock.advance(1)
        try bench.call()
        #expect(bench.attempts[2].request.headers["If-None-Match"] == "\"2\"")
    }

    @Test("a 304 that says nothing leaves the lifetime as it was, and makes the answer young again")
    func silent() throws {
        let bench = try held()
        try bench.call(answer: response(304))
        bench.clock.advance(9)
        #expect(try bench.call().value == [1])
        bench.clock.advance(1)
        try bench.call()
        #expect(bench.attempts[2].request.headers["If-None-Match"] == "W/\"1\"")
    }

    @Test("a 304 that forbids to keep the answer gives it for the last time")
    func forbidden() throws {
        let bench = try held()
        #expect(try bench.call(answer: response(304, "", [field("Cache-Control", "no-store")])).value == [1])
        #expect(bench.client.cachedResponses == 0)
    }

    @Test("another answer takes the place of the one that was kept")
    func modified() throws {
        let bench = try held()
        #expect(try bench.call(answer: fresh(10, "[2]")).value == [2])
        #expect(try bench.call().value == [2])
    }

    @Test("a 304 that nobody asked for is told as a refusal")
    func unasked() throws {
        let bench = try UpstreamBench()
        #expect(try bench.call(answer: response(304)).error == .refused(status: 304, reason: nil))
    }

    @Test("an answer to be checked each time is kept for that alone")
    func noCache() throws {
        let bench = try held("no-cache, max-age=100")
        #expect(try bench.call(answer: response(304)).value == [1])
        #expect(try bench.call(answer: response(304)).value == [1])
        #expect(try bench.call(answer: response(503)).value == nil)
    }

    @Test("an ETag that is too long is left out", arguments: [(256, true), (257, false)])
    func longTag(bytes: Int, isSent: Bool) throws {
        let tag = "\"" + String(repeating: "x", count: bytes - 2) + "\""
        let bench = try held("max-age=10", [field("ETag", tag)])
        try bench.call()
        #expect((bench.attempts[1].request.headers["If-None-Match"] == tag) == isSent)
    }

    // MARK: Past its time, and nothing newer to be had

    @Test(
        "an answer past its time is given where TMDB fails, with a mark",
        arguments: [
            response(500), response(501), response(503), response(429), response(200, "{"), .failure(.cutOff),
            .failure(.nameNotResolved(host: "h")), .failure(.tls(.expired(today: "2026-01-31"), host: "h")),
            .failure(.busy(requestsMax: 1)),
        ])
    func stale(outcome: Upstream.Outcome) throws {
        let bench = try held("max-age=10", [])
        bench.clock.advance(90)
        let call = try bench.call(answer: outcome)
        #expect(call.value == [1])
        #expect(call.request?.upstream.staleAnswers == 1)
        #expect(call.request?.upstream.answers == 0)
        #expect(call.stale?["ageSeconds"] == 100)
        #expect(call.stale?["reason"]?.string?.contains("TMDB") == true)
        #expect(bench.client.counters.stale == 1)
        bench.expectIdle()
    }

    @Test(
        "a refusal is told, whatever is kept",
        arguments: [(400, true), (401, true), (403, true), (404, true), (422, true), (500, false)])
    func refusals(status: Int, isTold: Bool) throws {
        let bench = try held()
        let call = try bench.call(answer: response(status))
        #expect((call.error != nil) == isTold)
        #expect((call.stale == nil) == isTold)
    }

    @Test("a request that could not be sent as it is has no substitute")
    func unsendable() throws {
        let call = try held().call(answer: .failure(.invalidRequest(.field)))
        #expect(call.error == .transport(.invalidRequest(.field)))
    }

    @Test("an answer that is fresh has no mark")
    func unmarked() throws {
        let bench = try UpstreamBench()
        #expect(try bench.call(answer: fresh(10)).stale == nil)
        #expect(try bench.call().stale == nil)
    }

    @Test("an answer a week past its time is given no more", arguments: [(7 * 86_400 - 1, true), (7 * 86_400, false)])
    func week(seconds: Int64, isGiven: Bool) throws {
        let bench = try held()
        bench.clock.calendar += seconds
        #expect((try bench.call(answer: response(500)).value != nil) == isGiven)
    }

    @Test("an answer of six months is given no more", arguments: [(180 * 86_400 - 1, true), (180 * 86_400, false)])
    func months(seconds: Int64, isGiven: Bool) throws {
        let bench = try held("max-age=15292800")
        bench.clock.calendar += seconds - 10
        try bench.call()
        bench.attempts.last?.answer(response(500))
        #expect((bench.client.counters.stale == 1) == isGiven)
    }

    @Test(
        "an answer that must not be given past its time is not",
        arguments: ["max-age=10, must-revalidate", "max-age=10, proxy-revalidate", "s-maxage=10", "no-cache"])
    func strict(control: String) throws {
        #expect(try held(control).call(answer: response(500)).value == nil)
    }

    @Test("one credential's answer does not stand in for another's")
    func credentials() throws {
        let bench = try held()
        #expect(try bench.call(from: Caller(id: 0, forwardedHeader: v4Token), answer: response(500)).value == nil)
    }

    @Test("a call whose time is up gets the answer past its time")
    func deadline() throws {
        let bench = try held()
        let call = try bench.call()
        bench.clock.advance(20)
        #expect(call.value == [1])
        #expect(call.endedAt == 12)
    }

    @Test("a refused key gets nothing of what was kept before")
    func revoked() throws {
        let bench = try held()
        try bench.call(answer: response(401))
        #expect(try bench.call(answer: response(500)).value == nil)
    }

    @Test("an ETag that no field may hold is not kept, and the answer can be had again")
    func brokenETag() throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(1, "1", [field("ETag", "\"a\u{1}b\"")]))
        bench.clock.advance(2)
        let call = try bench.call()
        #expect(bench.attempts[1].request.headers["If-None-Match"] == nil)
        bench.attempts[1].answer(response(200, "2"))
        #expect(call.value == 2)
    }

    @Test("of several answers past their time the oldest one's age is told")
    func oldest() throws {
        let bench = try UpstreamBench()
        bench.configuration.attemptsMax = 1
        try bench.call("/old", answer: fresh(1))
        bench.clock.advance(5)
        try bench.call("/new", answer: fresh(1))
        bench.clock.advance(5)
        let call = try bench.call("/new")
        var other: JSONValue?
        _ = bench.client.get("/old", for: try #require(call.request)) { other = try? $0.get() }
        bench.attempts[3].answer(response(500))
        bench.attempts[2].answer(response(500))
        #expect(other == 1)
        #expect(call.stale?["ageSeconds"] == 10)
    }
}
