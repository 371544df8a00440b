import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Who has an answer past its time at hand does not wait long for a newer one.
struct EarlySubstituteTests {
    /// A minute ago an answer was kept for ten seconds.
    private func held(_ control: String = "max-age=10") throws -> UpstreamBench {
        let bench = try UpstreamBench()
        try bench.call(answer: response(200, "[1]", [field("Cache-Control", control)]))
        bench.clock.advance(60)
        return bench
    }

    @Test(
        "the first try that fails brings the answer past its time, and TMDB is left alone",
        arguments: [response(503), response(429, "", [field("Retry-After", "1")]), .failure(.cutOff)])
    func firstFailure(outcome: Upstream.Outcome) throws {
        let bench = try held()
        let call = try bench.call(answer: outcome)
        #expect(call.value == [1])
        #expect(call.stale?["ageSeconds"] == 60)
        bench.expectIdle()
        bench.clock.advance(30)
        #expect(bench.attempts.count == 2)
    }

    @Test("a TMDB that hangs is waited for two seconds, and what it says later is kept")
    func hanging() throws {
        let bench = try held()
        let call = try bench.call()
        bench.clock.advance(1.9)
        #expect(call.isOpen)
        bench.clock.advance(0.1)
        #expect(call.value == [1])
        #expect(call.stale?["reason"]?.string?.contains("2000 ms") == true)
        let next = try bench.call()
        #expect(next.value == [1])
        #expect(next.stale != nil)
        try #require(bench.open.count == 1)
        bench.open[0].answer(fresh(10, "[2]"))
        let last = try bench.call()
        #expect(last.value == [2])
        #expect(last.stale == nil)
        #expect(bench.attempts.count == 2)
        bench.expectIdle()
    }

    @Test("a try that nobody waits for any more is not repeated")
    func unrepeated() throws {
        let bench = try held()
        try bench.call()
        bench.clock.advance(2)
        try #require(bench.open.count == 1)
        bench.open[0].answer(response(502))
        bench.clock.advance(30)
        #expect(bench.attempts.count == 2)
        bench.expectIdle()
    }

    @Test("who waits for a turn in vain leaves its place")
    func noTurn() throws {
        let bench = try held()
        bench.configuration.concurrentRequestsMax = 1
        try bench.call("/long")
        let call = try bench.call()
        bench.clock.advance(2)
        #expect(call.value == [1])
        #expect(bench.client.waiting == 0)
    }

    @Test("a long pause is not waited for", arguments: [(2, false), (1, true)])
    func pause(seconds: Int, isWaitedFor: Bool) throws {
        let bench = try held()
        try bench.call("/other", answer: response(429, "", [field("Retry-After", "\(seconds)")]))
        let call = try bench.call()
        #expect(call.isOpen == isWaitedFor)
        #expect((call.stale == nil) == isWaitedFor)
    }

    @Test("an answer that must not be given past its time is not, and the attempts go on")
    func strict() throws {
        let bench = try held("max-age=10, must-revalidate")
        let call = try bench.call(answer: response(503))
        #expect(call.isOpen)
        bench.clock.advance(3)
        try #require(bench.open.count == 1)
        bench.open[0].answer(response(200, "[2]"))
        #expect(call.value == [2])
    }

    @Test("an answer that has gone from the cache meanwhile is not counted on")
    func evicted() throws {
        let bench = try UpstreamBench()
        bench.configuration.cacheBytesMax = 6000
        let body = "\"" + String(repeating: "x", count: 300) + "\""
        try bench.call(answer: fresh(1, body))
        bench.clock.advance(2)
        let call = try bench.call()
        for number in 0..<20 { try bench.call("/\(number)", answer: fresh(1, body)) }
        bench.clock.advance(2)
        #expect(call.isOpen)
        bench.clock.advance(18)
        #expect(call.error == .transport(.timedOut(.waiting, milliseconds: 20_000)))
        bench.expectIdle()
    }
}
