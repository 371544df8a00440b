import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// How many requests TMDB gets, and who comes first.
struct TurnTests {
    private func bench(_ perSecond: Int) throws -> UpstreamBench {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = perSecond
        bench.configuration.concurrentRequestsMax = 1000
        return bench
    }

    @Test("as many as the rate go at once, and then one after the other", arguments: [1, 4, 40])
    func rate(perSecond: Int) throws {
        let bench = try bench(perSecond)
        for number in 0..<(perSecond * 3) { try bench.call("/\(number)") }
        #expect(bench.attempts.count == perSecond)
        #expect(bench.client.waiting == perSecond * 2)
        #expect(bench.client.counters.waits == Int64(perSecond * 2))
        bench.clock.advance(nanoseconds: Int64(1_000_000_000 / perSecond) - 1)
        #expect(bench.attempts.count == perSecond)
        bench.clock.advance(nanoseconds: 1)
        #expect(bench.attempts.count == perSecond + 1)
        bench.clock.advance(1)
        #expect(bench.attempts.count == perSecond * 2 + 1)
        bench.clock.advance(1)
        #expect(bench.attempts.count == perSecond * 3)
        #expect(bench.client.waiting == 0)
    }

    @Test("a rate that is none is the lowest or the highest", arguments: [0, -5, Int.min, Int.max])
    func oddRate(perSecond: Int) throws {
        let bench = try bench(perSecond)
        for number in 0..<3 { try bench.call("/\(number)") }
        #expect(bench.attempts.count == (perSecond > 0 ? 3 : 1))
        bench.clock.advance(2)
        #expect(bench.attempts.count == 3)
    }

    @Test("all credentials together have the rate")
    func together() throws {
        let bench = try bench(1)
        try bench.call()
        try bench.call(from: Caller(id: 1, forwardedHeader: v4Token))
        #expect(bench.attempts.count == 1)
    }

    @Test("what is at hand needs no turn")
    func hits() throws {
        let bench = try bench(1)
        try bench.call(answer: fresh(100))
        for _ in 0..<10 { #expect(try bench.call().value == 1) }
        try bench.call("/b")
        #expect(bench.attempts.count == 1)
        bench.clock.advance(1)
        #expect(bench.attempts.count == 2)
    }

    @Test("so many are under way at once, the others wait")
    func activeRequests() throws {
        let bench = try bench(100)
        bench.configuration.concurrentRequestsMax = 2
        let calls = try (0..<4).map { try bench.call("/\($0)") }
        #expect(bench.attempts.count == 2)
        bench.attempts[1].answer(response(200, "1"))
        #expect(bench.targets == ["/0", "/1", "/2"])
        calls[0].cancel()
        #expect(bench.targets == ["/0", "/1", "/2", "/3"])
    }

    // MARK: Fairness

    @Test("callers take turns, however much one of them wants")
    func roundRobin() throws {
        let bench = try bench(1)
        try bench.call("/first")
        for number in 0..<4 { try bench.call("/a\(number)", from: Caller(id: 1)) }
        for number in 0..<2 { try bench.call("/b\(number)", from: Caller(id: 2)) }
        try bench.call("/c0", from: Caller(id: 3))
        bench.clock.advance(7)
        #expect(bench.targets == ["/first", "/a0", "/b0", "/c0", "/a1", "/b1", "/a2", "/a3"])
    }

    @Test("those behind one address take turns within its turns")
    func members() throws {
        let bench = try bench(1)
        try bench.call("/first")
        for number in 0..<3 { try bench.call("/a\(number)", from: Caller(id: 1, member: 1)) }
        for number in 0..<2 { try bench.call("/b\(number)", from: Caller(id: 1, member: 2)) }
        for number in 0..<2 { try bench.call("/c\(number)", from: Caller(id: 2, member: 1)) }
        bench.clock.advance(7)
        #expect(bench.targets == ["/first", "/a0", "/c0", "/b0", "/c1", "/a1", "/b1", "/a2"])
    }

    @Test("what one address may have waiting its members have together")
    func boundOfMembers() throws {
        let bench = try bench(1)
        bench.configuration.waitingPerCallerMax = 2
        try bench.call("/first")
        let calls = try (0..<3).map { try bench.call("/a\($0)", from: Caller(id: 1, member: Int64($0))) }
        #expect(calls.map(\.isOpen) == [true, true, false])
        calls[0].cancel()
        #expect(try bench.call("/a3", from: Caller(id: 1, member: 3)).isOpen)
    }

    @Test("who leaves takes nobody's turn along")
    func leaving() throws {
        let bench = try bench(1)
        try bench.call("/first")
        let one = try (0..<2).map { try bench.call("/a\($0)", from: Caller(id: 1)) }
        try bench.call("/b", from: Caller(id: 2))
        try bench.call("/c", from: Caller(id: 3))
        bench.clock.advance(1)
        one[1].cancel()
        bench.clock.advance(2)
        #expect(bench.targets == ["/first", "/a0", "/b", "/c"])
    }

    @Test("a credential that TMDB accepted is one caller, over however many connections it comes")
    func credentialLane() throws {
        let bench = try bench(1)
        try bench.call("/first", from: Caller(id: 0, forwardedHeader: v4Token), answer: fresh(1))
        for number in 0..<3 { try bench.call("/a\(number)", from: Caller(id: Int64(number), forwardedHeader: v4Token)) }
        try bench.call("/b0", from: Caller(id: 9))
        bench.clock.advance(4)
        #expect(bench.targets == ["/first", "/a0", "/b0", "/a1", "/a2"])
    }

    @Test("of one caller so many wait, and of all of them so many")
    func bounds() throws {
        let bench = try bench(1)
        bench.configuration.waitingPerCallerMax = 2
        bench.configuration.waitingMax = 3
        try bench.call("/first")
        let one = try (0..<3).map { try bench.call("/a\($0)", from: Caller(id: 1)) }
        #expect(one.map(\.isOpen) == [true, true, false])
        #expect(one[2].error == .crowded)
        let other = try (0..<2).map { try bench.call("/b\($0)", from: Caller(id: 2)) }
        #expect(other.map(\.isOpen) == [true, false])
        #expect(bench.client.counters.rejected == 2)
        let shared = try bench.call("/a0", from: Caller(id: 3))
        #expect(shared.isOpen)
        one[1].cancel()
        #expect(try bench.call("/b2", from: Caller(id: 2)).isOpen)
    }

    @Test("who is cancelled gives its place up at once")
    func cancelled() throws {
        let bench = try bench(1)
        try bench.call("/first")
        let calls = try (0..<3).map { try bench.call("/\($0)") }
        calls[0].cancel()
        calls[1].cancel()
        #expect(bench.client.waiting == 1)
        bench.clock.advance(1)
        #expect(bench.targets == ["/first", "/2"])
        bench.attempts[0].answer(response(200, "1"))
        bench.attempts[1].answer(response(200, "1"))
        bench.expectIdle()
    }

    @Test("where nobody waits any more nothing is left")
    func nobody() throws {
        let bench = try bench(1)
        try bench.call("/first", answer: response(200, "1"))
        try bench.call("/second").cancel()
        bench.expectIdle()
    }

    @Test("who waits in vain is told so when the time is up, and leaves its place")
    func late() throws {
        let bench = try bench(1)
        bench.configuration.totalNanoseconds = 2_500_000_000
        bench.configuration.concurrentRequestsMax = 1
        try bench.call("/first")
        let call = try bench.call("/second")
        bench.clock.advance(1)
        try bench.call("/first")
        try bench.call("/third")
        #expect(bench.client.waiting == 2)
        bench.clock.advance(1.5)
        #expect(call.error == .late(2500))
        #expect(call.endedAt == 2.5)
        #expect(bench.client.waiting == 1)
        bench.attempts[0].answer(response(200, "1"))
        #expect(bench.targets == ["/first", "/third"])
    }

    @Test(
        "who came to its turn when most of the time was over is told that it waited here",
        arguments: [(15.0, TMDBError.late(20_000)), (5, .transport(.timedOut(.waiting, milliseconds: 15_000)))])
    func lateTurn(seconds: Double, error: TMDBError) throws {
        let bench = try bench(10)
        bench.configuration.concurrentRequestsMax = 1
        try bench.call("/first")
        let call = try bench.call("/second")
        bench.clock.advance(seconds)
        bench.attempts[0].answer(response(200, "1"))
        #expect(bench.targets == ["/first", "/second"])
        bench.clock.advance(20 - seconds)
        #expect(call.error == error)
        #expect(call.error?.message.contains("could not be reached") == false)
        bench.expectIdle()
    }

    // MARK: TMDB asks for patience

    @Test(
        "a 429 stops everything until its time is over, then they come one by one",
        arguments: [
            ("3", 3.0), ("Tue, 14 Nov 2023 22:13:23 GMT", 3.0), ("", 1.0), ("nonsense", 1.0), ("0", 0.1),
        ])
    func pause(value: String, seconds: Double) throws {
        let bench = try bench(10)
        let call = try bench.call("/a")
        bench.attempts[0].answer(response(429, "", [field("Retry-After", value)]))
        #expect(call.isOpen)
        try bench.call("/b")
        try bench.call("/c")
        if seconds > 0.5 {
            bench.clock.advance(seconds - 0.001)
            #expect(bench.attempts.count == 1)
            bench.clock.advance(0.001)
            #expect(bench.attempts.count == 2)
            bench.clock.advance(0.099)
            #expect(bench.attempts.count == 2)
        }
        bench.clock.advance(0.201)
        #expect(bench.attempts.count == 4)
        #expect(Set(bench.targets) == ["/a", "/b", "/c"])
        for attempt in bench.open { attempt.answer(response(200, "1")) }
        #expect(call.value == 1)
        #expect(bench.client.counters.refusals == 1)
        #expect(bench.client.counters.retries == 1)
        bench.expectIdle()
    }

    @Test("a 429 that says nothing of time stops everything for longer each time, until one is answered")
    func growing() throws {
        let bench = try bench(10)
        bench.configuration.totalNanoseconds = 100_000_000_000
        bench.configuration.attemptsMax = 12
        try bench.call()
        for seconds in [1.0, 2, 4, 8] {
            let count = bench.attempts.count
            bench.attempts[count - 1].answer(response(429))
            bench.clock.advance(seconds - 0.001)
            #expect(bench.attempts.count == count)
            bench.clock.advance(0.001)
            #expect(bench.attempts.count == count + 1)
        }
        bench.open[0].answer(response(200, "1"))
        bench.clock.advance(0.1)
        try bench.call(answer: response(429))
        bench.clock.advance(1)
        #expect(bench.open.count == 1)
    }

    @Test("answers of requests that were under way together count as one")
    func together429() throws {
        let bench = try bench(10)
        for number in 0..<5 { try bench.call("/\(number)") }
        for attempt in bench.attempts { attempt.answer(response(429)) }
        bench.clock.advance(1.5)
        #expect(bench.attempts.count == 10)
    }

    @Test("a pause has a bound, whatever is asked for", arguments: ["3600", "99999999999999999999"])
    func boundedPause(value: String) throws {
        let bench = try bench(10)
        let call = try bench.call(answer: response(429, "", [field("Retry-After", value)]))
        #expect(call.error == .rateLimited(retryAfter: value == "3600" ? 3600 : 366 * 86_400))
        bench.clock.advance(60)
        try bench.call()
        #expect(bench.attempts.count == 2)
    }

    @Test("an answer ends what TMDB had asked for")
    func pauseOver() throws {
        let bench = try bench(10)
        try bench.call(answer: response(429, "", [field("Retry-After", "3600")]))
        bench.clock.advance(10)
        #expect(try bench.call().error == .rateLimited(retryAfter: 3590))
        bench.clock.advance(50)
        #expect(try bench.call(answer: response(200, "1")).value == 1)
        bench.clock.advance(1)
        let call = try bench.call(answer: response(429, "", [field("Retry-After", "30")]))
        #expect(call.error == .rateLimited(retryAfter: 30))
    }

    @Test("who has not the time for the pause is told at once how long it is", arguments: [(19, true), (20, false)])
    func noTime(seconds: Int, isWorthIt: Bool) throws {
        let bench = try bench(10)
        bench.configuration.concurrentRequestsMax = 1
        let first = try bench.call("/a")
        let waiting = try bench.call("/b")
        bench.attempts[0].answer(response(429, "", [field("Retry-After", "\(seconds)")]))
        #expect(first.isOpen == isWorthIt)
        #expect(waiting.isOpen == isWorthIt)
        let later = try bench.call("/c")
        #expect(later.isOpen == isWorthIt)
        if !isWorthIt {
            #expect([first, waiting, later].allSatisfy { $0.error == .rateLimited(retryAfter: 20) })
            bench.expectIdle()
            bench.clock.advance(0.5)
            #expect(try bench.call("/d").isOpen)
        }
    }

    @Test("a request under way goes on during the pause, and others may join it")
    func underWayInPause() throws {
        let bench = try bench(10)
        let long = try bench.call("/a")
        try bench.call("/b", answer: response(429, "", [field("Retry-After", "30")]))
        let joined = try bench.call("/a")
        #expect(joined.isOpen)
        bench.attempts[0].answer(response(200, "1"))
        #expect(long.value == 1)
        #expect(joined.value == 1)
    }

    @Test("no more attempts are under way than there are connections")
    func connections() throws {
        let bench = try UpstreamBench()
        for number in 0..<16 { try bench.call("/\(number)") }
        #expect(bench.attempts.count == 8)
    }
}
