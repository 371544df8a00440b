import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Requests that fail and are tried again.
struct RetryTests {
    static let passing: [Upstream.Outcome] = [
        response(500), response(502), response(503), response(504), response(520), response(522), response(530),
        response(200, "{"), response(200, ""),
        .failure(.cutOff), .failure(.badResponse), .failure(.badEncoding), .failure(.busy(requestsMax: 1)),
        .failure(.nameNotResolved(host: "h")), .failure(.connectionRefused(host: "h", port: 1)),
        .failure(.connectionFailed(host: "h", port: 1)), .failure(.timedOut(.connecting, milliseconds: 1)),
        .failure(.timedOut(.waiting, milliseconds: 1)), .failure(.tls(.handshake, host: "h")),
        .failure(.nameLeadsHere(host: "h", address: "::1")), .failure(.noNameServer(host: "h", termux: nil)),
        .failure(.noRoute(host: "h", address: "1.2.3.4")), .failure(.tls(.cutOff, host: "h")),
        .failure(.proxy(.unreachable(host: "h", status: 502))),
        .failure(.timedOut(.resolving(host: "h"), milliseconds: 1)),
        .failure(.proxy(.connectionFailed)), .failure(.proxy(.refused(status: 502))),
        .failure(.other(code: 1, reason: "x")),
    ]

    static let lasting: [Upstream.Outcome] = [
        response(400), response(401), response(403), response(404), response(422), response(501), response(302),
        response(519),
        response(531),
        .failure(.invalidRequest(.url)), .failure(.tls(.notTrusted(HTTPFailure.Authorities()), host: "h")),
        .failure(.tls(.expired(today: "2026-01-31"), host: "h")),
        .failure(.tooLarge(.body, bytesMax: 1)), .failure(.proxy(.refused(status: 407))), .failure(.proxy(.unusable)),
        .failure(.proxy(.credentialsMissing(status: 407))), .failure(.proxy(.otherAuthentication(["NTLM"]))),
        .failure(.proxy(.forbidden(host: "h", status: 403))), .failure(.proxy(.tls(.wrongHost))),
    ]

    @Test("what may pass is tried again", arguments: passing)
    func again(outcome: Upstream.Outcome) throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: outcome)
        #expect(call.isOpen)
        bench.clock.advance(0.2)
        try #require(bench.attempts.count == 2)
        bench.attempts[1].answer(response(200, "1"))
        #expect(call.value == 1)
        #expect(bench.client.counters.retries == 1)
        bench.expectIdle()
    }

    @Test("what will not pass is told at once", arguments: lasting)
    func atOnce(outcome: Upstream.Outcome) throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: outcome)
        #expect(call.results.count == 1)
        #expect(call.error != nil)
        bench.expectIdle()
    }

    @Test(
        "what cannot even be reached is tried three times within a second",
        arguments: [
            .failure(.nameNotResolved(host: "h")), .failure(.connectionRefused(host: "h", port: 1)),
            .failure(.connectionFailed(host: "h", port: 1)), .failure(.tls(.handshake, host: "h")),
            .failure(.proxy(.nameNotResolved)), .failure(.proxy(.connectionFailed)), .failure(.proxy(.handshake)),
            .failure(.proxy(.refused(status: 502))),
        ] as [Upstream.Outcome])
    func unreachable(outcome: Upstream.Outcome) throws {
        let bench = try UpstreamBench()
        bench.clock.random = { 0.999_999 }
        bench.onTry = { _ in outcome }
        let call = try bench.call()
        bench.clock.advance(1)
        #expect(bench.attempts.count == 3)
        guard case .repeated(_, attempts: 3) = call.error else { return #expect(Bool(false), "\(call.results)") }
        bench.expectIdle()
    }

    @Test("a connection that is refused after other failures has its own three attempts")
    func unreachableLater() throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: response(503))
        for outcome in [response(502), .failure(.connectionRefused(host: "h", port: 1))] {
            bench.clock.advance(2)
            try #require(bench.open.count == 1)
            bench.open[0].answer(outcome)
        }
        bench.clock.advance(2)
        try #require(bench.open.count == 1)
        bench.open[0].answer(response(200, "1"))
        #expect(call.value == 1)
    }

    @Test("the rests grow, and chance takes a part of each", arguments: [0.0, 0.5, 0.999_999])
    func rests(random: Double) throws {
        let bench = try UpstreamBench()
        bench.clock.random = { random }
        bench.onTry = { _ in response(503) }
        let call = try bench.call()
        while call.isOpen { try #require(bench.clock.fireNext()) }
        let times = bench.attempts.map(\.time)
        let rests = zip(times, times.dropFirst()).map { $1 - $0 }
        let most = [0.2, 0.4, 0.8]
        #expect(rests.count == most.count)
        for (rest, most) in zip(rests, most) { #expect(abs(rest - most * random) < 0.001) }
        #expect(call.error == .repeated(.serverFault(status: 503), attempts: 4))
        bench.expectIdle()
    }

    @Test("the failure that is told is the last one, with how often it was tried")
    func last() throws {
        let bench = try UpstreamBench()
        bench.configuration.attemptsMax = 3
        let call = try bench.call(answer: .failure(.cutOff))
        bench.clock.advance(1)
        bench.attempts[1].answer(response(502))
        bench.clock.advance(1)
        bench.attempts[2].answer(.failure(.badEncoding))
        #expect(call.error == .repeated(.transport(.badEncoding), attempts: 3))
        #expect(call.error?.message.contains("3 times") == true)
    }

    @Test("a refusal after a failure is told as it is")
    func refusedLater() throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: .failure(.cutOff))
        bench.clock.advance(1)
        bench.attempts[1].answer(response(404))
        #expect(call.error == .notFound)
    }

    @Test("no try begins when the time is up, and the call is told without waiting for that")
    func deadline() throws {
        let bench = try UpstreamBench()
        bench.clock.random = { 0.999_999 }
        let call = try bench.call()
        bench.clock.advance(19.9)
        bench.attempts[0].answer(response(500))
        #expect(call.error == .serverFault(status: 500))
        bench.expectIdle()
    }

    @Test("a try that hangs is cancelled when the time is up, and what ended the one before is told")
    func hanging() throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: response(502))
        bench.clock.advance(20)
        #expect(call.error == .repeated(.serverFault(status: 502), attempts: 2))
        #expect(call.endedAt == 20)
        #expect(bench.attempts[1].isCancelled)
        bench.expectIdle()
    }

    @Test(
        "one try has a part of the time",
        arguments: [(20, 8_000), (1, 900), (2, 1_800), (3, 2_000), (30, 12_000)] as [(Int64, Int64)])
    func partOfTime(seconds: Int64, milliseconds: Int64) {
        var configuration = UpstreamConfiguration()
        configuration.totalNanoseconds = seconds * 1_000_000_000
        #expect(configuration.attemptNanoseconds == milliseconds * 1_000_000)
    }

    @Test("a 503 that says when is obeyed, where there is time", arguments: [("5", true), ("19", true), ("20", false)])
    func unavailable(value: String, isTried: Bool) throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: response(503, "", [field("Retry-After", value)]))
        #expect(call.isOpen == isTried)
        guard isTried, let seconds = Double(value) else { return bench.expectIdle() }
        bench.clock.advance(seconds - 0.001)
        #expect(bench.attempts.count == 1)
        bench.clock.advance(0.001)
        #expect(bench.attempts.count == 2)
    }

    @Test("who shares a request and has no time for the next try is told at once")
    func sharersTime() throws {
        let bench = try UpstreamBench()
        let first = try bench.call()
        bench.clock.advance(10)
        let second = try bench.call()
        bench.attempts[0].answer(response(503, "", [field("Retry-After", "12")]))
        #expect(first.error == .serverFault(status: 503))
        #expect(second.isOpen)
        bench.clock.advance(12)
        bench.attempts[1].answer(response(200, "1"))
        #expect(second.value == 1)
        bench.expectIdle()
    }

    @Test("attempts after the first wait for their turn like others")
    func turns() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1
        try bench.call(answer: .failure(.cutOff))
        bench.clock.advance(0.9)
        #expect(bench.attempts.count == 1)
        #expect(bench.client.waiting == 1)
        bench.clock.advance(0.1)
        #expect(bench.attempts.count == 2)
    }

    @Test("cancelling ends the rest before the next try")
    func cancelled() throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: .failure(.cutOff))
        call.cancel()
        bench.expectIdle()
        bench.clock.advance(30)
        #expect(bench.attempts.count == 1)
        #expect(call.results.isEmpty)
    }

    @Test("a TMDB that answers nothing gets fifty attempts more than calls, then one a second")
    func budget() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 10_000
        bench.configuration.concurrentRequestsMax = 1000
        bench.clock.random = { 0 }
        bench.onTry = { _ in .failure(.cutOff) }
        for number in 0..<40 { try bench.call("/\(number)") }
        while bench.clock.fireNext() {}
        #expect(bench.attempts.count == 90)
        for number in 0..<20 { try bench.call("/\(number)") }
        #expect(bench.attempts.count == 110)
        bench.clock.advance(1)
        let call = try bench.call()
        while bench.clock.fireNext() {}
        #expect(bench.attempts.count == 112)
        #expect(call.error == .repeated(.transport(.cutOff), attempts: 2))
        bench.expectIdle()
    }

    @Test("a try that there is no time for is not spent")
    func unspent() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 10_000
        for number in 0..<60 { try bench.call("/\(number)", answer: response(503, "", [field("Retry-After", "30")])) }
        #expect(try bench.call(answer: .failure(.cutOff)).isOpen)
    }

    @Test("answers earn attempts again")
    func earned() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 10_000
        bench.clock.random = { 0 }
        bench.onTry = { _ in .failure(.cutOff) }
        for number in 0..<40 { try bench.call("/\(number)") }
        while bench.clock.fireNext() {}
        #expect(bench.attempts.count == 90)
        bench.onTry = { _ in response(404) }
        for _ in 0..<2 { try bench.call() }
        bench.onTry = { _ in .failure(.cutOff) }
        let count = bench.attempts.count
        try bench.call()
        while bench.clock.fireNext() {}
        #expect(bench.attempts.count == count + 3)
    }

    @Test("an answer past the parser's limits, or with a byte order mark, would be the same again")
    func deterministic() throws {
        let values = "[" + String(repeating: "0,", count: 1 << 18) + "0]"
        let deep = String(repeating: "[", count: 200)
        let number = String(repeating: "1", count: 2000)
        for body in [values, deep, number, "1e999", "\u{FEFF}{}"] {
            let bench = try UpstreamBench()
            let call = try bench.call(answer: response(200, body))
            #expect(call.results.count == 1)
            #expect(bench.attempts.count == 1)
            guard body.utf8.count > 1000 else { continue }
            #expect(call.error?.message.contains("ask for less") == true)
        }
    }

    @Test("an answer may have 250,000 values")
    func manyValues() throws {
        let bench = try UpstreamBench()
        let call = try bench.call(answer: response(200, "[" + String(repeating: "0,", count: 250_000) + "0]"))
        #expect(call.value?.array?.count == 250_001)
    }

    @Test("one request that always fails leaves half of the attempts to others")
    func greedy() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 10_000
        bench.clock.random = { 0 }
        bench.onTry = { _ in .failure(.cutOff) }
        for number in 0..<10 {
            try bench.call("/\(number)")
            while bench.clock.fireNext() {}
        }
        // Eight take all 3, the ninth takes the attempts down to half of 50, and the rest 2 each.
        #expect(bench.attempts.filter { $0.target == "/0" }.count == 4)
        #expect(bench.attempts.filter { $0.target == "/9" }.count == 3)
    }

    @Test("time that earned no whole try counts for the next")
    func partOfSecond() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 10_000
        bench.clock.random = { 0 }
        bench.onTry = { _ in .failure(.cutOff) }
        for number in 0..<40 { try bench.call("/\(number)") }
        while bench.clock.fireNext() {}
        for seconds in [1.6, 0.4] {
            bench.clock.advance(seconds)
            let count = bench.attempts.count
            try bench.call()
            while bench.clock.fireNext() {}
            #expect(bench.attempts.count == count + 2)
        }
    }
}
