import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import TestSupport
import Testing

/// Calls, answers, failures, cancellations and time in random order: what holds in each state.
struct PipelineModelTests {
    private struct Seen {
        let call: UpstreamBench.Call
        let began: Double
        let caller: Int
        let path: String
        var isCancelled = false
    }

    private static let rate = 5
    /// Two that use the server's key, and two that bring their own.
    private static let callers = [
        Caller(id: 1, member: 1), Caller(id: 1, member: 2), Caller(id: 3, forwardedHeader: v4Token),
        Caller(id: 4, forwardedHeader: String(repeating: "b", count: 32)),
    ]

    private let bench: UpstreamBench

    init() throws { bench = try UpstreamBench() }

    @Test("whatever comes in whatever order", arguments: 0..<40)
    func model(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        bench.configuration.requestsPerSecond = Self.rate
        bench.configuration.cacheBytesMax = 8000
        bench.configuration.waitingPerCallerMax = 8
        bench.configuration.waitingMax = 14
        bench.configuration.concurrentRequestsMax = 4
        var chance = SeededGenerator(seed: seed + 1000)
        bench.clock.random = { Double.random(in: 0..<1, using: &chance) }
        var seen: [Seen] = []
        var pauses: [(from: Double, until: Double)] = []
        for _ in 0..<600 {
            switch Int.random(in: 0..<10, using: &dice) {
            case 0...3:
                let caller = Int.random(in: 0..<Self.callers.count, using: &dice)
                let path = "/\(Int.random(in: 0..<6, using: &dice))"
                let call = try bench.call(path, from: Self.callers[caller])
                seen.append(Seen(call: call, began: bench.clock.seconds, caller: caller, path: path))
            case 4:
                guard let index = seen.indices.filter({ seen[$0].call.isOpen }).randomElement(using: &dice) else {
                    break
                }
                seen[index].call.cancel()
                seen[index].isCancelled = true
            case 5...7:
                guard let attempt = bench.open.randomElement(using: &dice) else { break }
                let (outcome, pause) = Self.outcome(for: attempt, &dice)
                if let pause { pauses.append((bench.clock.seconds, bench.clock.seconds + pause)) }
                attempt.answer(outcome)
            default: bench.clock.advance(Double.random(in: 0...1.5, using: &dice))
            }
            let asked = bench.open.map { Self.credentialNumber(of: $0.request) + $0.target }
            #expect(Set(asked).count == asked.count)
            #expect(bench.open.count <= 4)
            #expect(bench.client.waiting <= 28)
            #expect(bench.client.cachedBytes <= 8000)
        }
        bench.clock.advance(21)
        // Tries that go on for those who ask later end in their own time.
        for attempt in bench.open { attempt.answer(.failure(.timedOut(.waiting, milliseconds: 8000))) }
        bench.expectIdle()
        for one in seen { check(one) }
        checkRate()
        for attempt in bench.attempts {
            #expect(!pauses.contains { attempt.time > $0.from && attempt.time < $0.until - 1e-6 })
        }
    }

    private func check(_ one: Seen) {
        #expect(one.call.results.count == (one.isCancelled ? 0 : 1))
        if let end = one.call.endedAt { #expect(end - one.began <= 20 + 1e-6) }
        // Nothing of another's, and nothing else.
        guard let text = one.call.value?.string else { return }
        let credentialNumber = one.caller < 2 ? v3Key : Self.callers[one.caller].forwardedHeader ?? ""
        #expect(text == credentialNumber.suffix(4) + one.path)
    }

    private func checkRate() {
        let times = bench.attempts.map(\.time)
        for first in times.indices {
            for last in first..<times.count {
                let most = Double(Self.rate) * (1 + times[last] - times[first]) + 1e-6
                #expect(Double(last - first + 1) <= most)
            }
        }
    }

    /// The end of the credential that a request carries.
    private static func credentialNumber(of request: HTTPRequest) -> String {
        String((request.headers["Authorization"] ?? request.url).suffix(4))
    }

    /// What TMDB might answer, and for how long it wants no more.
    private static func outcome(
        for attempt: UpstreamBench.Try, _ dice: inout SeededGenerator
    ) -> (Upstream.Outcome, Double?) {
        let body = "\"\(credentialNumber(of: attempt.request))\(attempt.target)\""
        switch Int.random(in: 0..<12, using: &dice) {
        case 0...3: return (fresh(Int64.random(in: 0...4, using: &dice), body, [field("ETag", "\"e\"")]), nil)
        case 4: return (response(200, body), nil)
        case 5:
            let isConditional = attempt.request.headers["If-None-Match"] != nil
            return (isConditional ? response(304) : response(404), nil)
        case 6: return (response(404), nil)
        case 7: return (response(503, "", [field("Retry-After", "2")]), nil)
        case 8:
            let seconds = Int.random(in: 0...4, using: &dice)
            return (response(429, "", [field("Retry-After", "\(seconds)")]), Double(seconds))
        case 9: return (response(200, "{"), nil)
        case 10: return (.failure(.cutOff), nil)
        default: return (response(500), nil)
        }
    }
}
