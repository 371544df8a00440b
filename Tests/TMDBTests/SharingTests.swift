import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Calls that want the same at the same time.
struct SharingTests {
    @Test("two hundred callers make one request, and each gets its answer")
    func many() throws {
        let bench = try UpstreamBench()
        let calls = try (0..<200).map { try bench.call(from: Caller(id: Int64($0))) }
        #expect(bench.attempts.count == 1)
        #expect(bench.client.counters.shared == 199)
        bench.attempts[0].answer(response(200, "[1]"))
        #expect(calls.allSatisfy { $0.value == [1] && $0.results.count == 1 })
        bench.expectIdle()
    }

    @Test("a failure is everyone's, too")
    func failure() throws {
        let bench = try UpstreamBench()
        let calls = try (0..<3).map { _ in try bench.call() }
        bench.attempts[0].answer(response(404))
        #expect(calls.allSatisfy { $0.error == .notFound })
        bench.expectIdle()
    }

    @Test("what differs is not shared")
    func different() throws {
        let bench = try UpstreamBench()
        try bench.call("/a", [("language", "de")])
        try bench.call("/a", [("language", "en")])
        try bench.call("/b", [("language", "de")])
        try bench.call("/a", [("language", "de")], from: Caller(id: 0, forwardedHeader: v4Token))
        try bench.call(
            "/a", [("language", "de")], from: Caller(id: 0, forwardedHeader: String(repeating: "b", count: 32)))
        #expect(bench.attempts.count == 5)
    }

    @Test("each call is cancelled for itself, and the last one cancels the request")
    func cancellation() throws {
        let bench = try UpstreamBench()
        let calls = try (0..<3).map { _ in try bench.call() }
        calls[0].cancel()
        calls[2].cancel()
        #expect(bench.attempts[0].isOpen)
        bench.attempts[0].answer(response(200, "1"))
        #expect(calls.map(\.results.count) == [0, 1, 0])
        let others = try (0..<3).map { _ in try bench.call() }
        for call in others { call.cancel() }
        #expect(bench.attempts[1].isCancelled)
        bench.expectIdle()
        let again = try bench.call()
        #expect(bench.attempts.count == 3)
        bench.attempts[2].answer(response(200, "2"))
        #expect(again.value == 2)
    }

    @Test("who joins late has its own time")
    func lateSharer() throws {
        let bench = try UpstreamBench()
        let first = try bench.call()
        bench.clock.advance(15)
        let second = try bench.call()
        bench.clock.advance(5)
        #expect(first.error == .transport(.timedOut(.waiting, milliseconds: 20_000)))
        #expect(second.isOpen)
        #expect(bench.attempts[0].isOpen)
        bench.clock.advance(14.9)
        bench.attempts[0].answer(response(200, "1"))
        #expect(second.value == 1)
        bench.expectIdle()
    }

    @Test("a call that an answer brings with it is served, too")
    func nested() throws {
        let bench = try UpstreamBench()
        bench.onTry = { _ in response(200, "1") }
        let request = try makeRequest()
        var results: [Result<JSONValue, TMDBError>] = []
        _ = bench.client.get("/a", for: request) { first in
            results.append(first)
            _ = bench.client.get("/a", for: request) { results.append($0) }
        }
        #expect(results == [.success(1), .success(1)])
        #expect(bench.attempts.count == 2)
        bench.expectIdle()
    }

    @Test("a request goes in the first turn that any of its callers has")
    func turns() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1
        try bench.call("/first")
        for number in 0..<5 { try bench.call("/own/\(number)", from: Caller(id: 1)) }
        let last = try bench.call("/own/4", from: Caller(id: 2))
        bench.clock.advance(2)
        #expect(bench.targets == ["/first", "/own/0", "/own/4"])
        bench.attempts[2].answer(response(200, "1"))
        #expect(last.value == 1)
        bench.clock.advance(10)
        #expect(bench.targets == ["/first", "/own/0", "/own/4", "/own/1", "/own/2", "/own/3"])
    }

    @Test("a turn goes with the caller that had it")
    func turnsOfThoseWhoLeave() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1
        try bench.call("/first")
        for number in 0..<3 { try bench.call("/own/\(number)", from: Caller(id: 1)) }
        try bench.call("/own/2", from: Caller(id: 2)).cancel()
        bench.clock.advance(3)
        #expect(bench.targets == ["/first", "/own/0", "/own/1", "/own/2"])
    }

    @Test("a call that another one's answer cancels gets none")
    func cancelledByAnother() throws {
        let bench = try UpstreamBench()
        let request = try makeRequest()
        var cancelSecond: (() -> Void)?
        var ended: [Int] = []
        _ = bench.client.get("/a", for: request) { _ in
            ended.append(1)
            cancelSecond?()
        }
        cancelSecond = bench.client.get("/a", for: request) { _ in ended.append(2) }
        bench.attempts[0].answer(response(200, "1"))
        #expect(ended == [1])
        bench.expectIdle()
    }

    @Test("who shares a place in the queue keeps it when the one who took it goes, though its own queueKey is full")
    func inherited() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1
        bench.configuration.concurrentRequestsMax = 1000
        bench.configuration.waitingPerCallerMax = 1
        try bench.call("/first")
        let first = try bench.call("/shared", from: Caller(id: 1))
        try bench.call("/own", from: Caller(id: 2))
        let second = try bench.call("/shared", from: Caller(id: 2))
        first.cancel()
        #expect(second.isOpen)
        bench.clock.advance(3)
        #expect(bench.targets.sorted() == ["/first", "/own", "/shared"])
    }
}
