import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import TestSupport
import Testing

/// What is kept, for how long, and for whom.
struct ResponseCacheTests {
    @Test("an answer is given again until its time is up, and counted as at hand")
    func lifetime() throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(10, "[7]"))
        bench.clock.advance(9.9)
        let hit = try bench.call()
        #expect(hit.value == [7])
        #expect(hit.request?.upstream.cacheHits == 1)
        #expect(hit.request?.upstream.answers == 0)
        #expect(bench.attempts.count == 1)
        bench.clock.advance(0.1)
        let miss = try bench.call(answer: response(200, "[8]"))
        #expect(miss.value == [8])
        #expect(miss.request?.upstream.answers == 1)
        #expect(bench.client.counters.hits == 1)
        #expect(bench.client.counters.misses == 2)
        bench.expectIdle()
    }

    @Test(
        "Cache-Control says for how long",
        arguments: [
            ("public, max-age=100", 100), ("MAX-AGE=100", 100), ("max-age=\"100\"", 100), (" max-age=100 ,x=y", 100),
            ("max-age=100, max-age=50", 50), ("max-age=1, s-maxage=100", 100), ("max-age=100, s-maxage=0", 0),
            ("max-age=100, no-store", 0), ("max-age=100, private", 0), ("max-age=100, no-cache", 0),
            ("max-age=100, private=\"x\"", 0), ("max-age=100, must-revalidate", 100), ("public", 0), ("", 0),
            ("max-age", 0), ("max-age=", 0), ("max-age=-1", 0), ("max-age=1e3", 0), ("max-age=1.5", 0),
            ("max-age=100000000000000000000", 15_552_000), ("max-age=15552001", 15_552_000),
        ] as [(String, Int64)])
    func control(value: String, seconds: Int64) throws {
        let bench = try UpstreamBench()
        try bench.call(answer: response(200, "1", [field("cache-control", value)]))
        if seconds > 0 {
            bench.clock.calendar += seconds - 1
            #expect(try bench.call().value == 1)
            bench.clock.calendar += 1
        }
        #expect(try bench.call().isOpen)
    }

    @Test("without Cache-Control nothing is kept")
    func silence() throws {
        let bench = try UpstreamBench()
        try bench.call(answer: response(200, "1"))
        #expect(bench.client.cachedResponses == 0)
        #expect(try bench.call().isOpen)
    }

    @Test("an answer for everything is kept for nobody")
    func vary() throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(100, "1", [field("Vary", "Accept-Encoding, *")]))
        #expect(bench.client.cachedResponses == 0)
        try bench.call(answer: fresh(100, "1", [field("Vary", "Accept-Encoding")]))
        #expect(bench.client.cachedResponses == 1)
    }

    @Test("the time that an answer has spent elsewhere counts", arguments: [("90", 10), ("x", 100), ("-1", 100)])
    func age(value: String, seconds: Int64) throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(100, "1", [field("Age", value)]))
        bench.clock.calendar += seconds - 1
        #expect(try bench.call().value == 1)
        bench.clock.calendar += 1
        #expect(try bench.call().isOpen)
    }

    @Test("time counts while the machine sleeps, and a clock set back makes nothing young")
    func calendar() throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(100))
        bench.clock.calendar -= 1
        #expect(try bench.call(answer: fresh(100)).value == 1)
        bench.clock.calendar += 100
        #expect(try bench.call().isOpen)
    }

    @Test("parameters make another request, in whatever order the same")
    func parameters() throws {
        let bench = try UpstreamBench()
        try bench.call("/a", [("language", "de"), ("page", "1")], answer: fresh(100, "1"))
        #expect(try bench.call("/a", [("page", "1"), ("language", "de")]).value == 1)
        try bench.call("/a", [("language", "en"), ("page", "1")], answer: fresh(100, "2"))
        try bench.call("/a", [("language", "de")], answer: fresh(100, "3"))
        try bench.call("/a", [], answer: fresh(100, "4"))
        try bench.call("/alanguage", [("de", "")], answer: fresh(100, "5"))
        try bench.call("/a", [("languagede", ""), ("page", "1")], answer: fresh(100, "6"))
        try bench.call("/a", [("a", "1"), ("b", "2")], answer: fresh(100, "7"))
        try bench.call("/a", [("b", "1"), ("a", "2")], answer: fresh(100, "8"))
        try bench.call("/a", [("a", "2"), ("a", "1")], answer: fresh(100, "9"))
        try bench.call("/a", [("a", "1"), ("a", "2")], answer: fresh(100, "10"))
        #expect(try bench.call("/a", [("language", "de"), ("page", "1")]).value == 1)
        #expect(try bench.call("/a", [("b", "2"), ("a", "1")]).value == 7)
        #expect(bench.attempts.count == 10)
    }

    @Test("refusals are not kept", arguments: [400, 401, 404, 422])
    func refusals(status: Int) throws {
        let bench = try UpstreamBench()
        try bench.call(answer: response(status, "{}", [field("Cache-Control", "max-age=100")]))
        #expect(bench.client.cachedResponses == 0)
    }

    @Test("what TMDB says is gone is not kept any longer", arguments: [401, 404])
    func gone(status: Int) throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(10))
        bench.clock.advance(10)
        try bench.call(answer: response(status))
        #expect(bench.client.cachedResponses == 0)
    }

    @Test("an answer that must not be kept takes the place of one that was")
    func replaced() throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(10))
        bench.clock.advance(10)
        try bench.call(answer: response(200, "2", [field("Cache-Control", "no-store")]))
        #expect(bench.client.cachedResponses == 0)
        #expect(bench.client.cachedBytes == 0)
    }

    @Test("two credentials share no answer, and one has its own again")
    func credentials() throws {
        let bench = try UpstreamBench()
        let other = Caller(id: 1, forwardedHeader: String(repeating: "a", count: 32))
        let third = Caller(id: 1, forwardedHeader: v4Token)
        try bench.call(answer: fresh(100, "1"))
        try bench.call(from: other, answer: fresh(100, "2"))
        try bench.call(from: third, answer: fresh(100, "3"))
        #expect(try bench.call().value == 1)
        #expect(try bench.call(from: other).value == 2)
        #expect(try bench.call(from: third).value == 3)
        #expect(try bench.call(from: Caller(id: 9, forwardedHeader: v4Token)).value == 3)
        #expect(bench.attempts.count == 3)
    }

    @Test("a credential that had to give up its number finds nothing of what was under it")
    func manyCredentials() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1000
        func caller(_ number: Int) -> Caller {
            let digits = String(number)
            return Caller(id: 1, forwardedHeader: String(repeating: "0", count: 32 - digits.count) + digits)
        }
        for number in 0..<256 { try bench.call(from: caller(number), answer: fresh(100, "\(number)")) }
        #expect(try bench.call(from: caller(0)).value == 0)
        try bench.call(from: caller(256), answer: fresh(100, "256"))
        #expect(try bench.call(from: caller(0)).value == 0)
        #expect(try bench.call(from: caller(1)).isOpen)
    }

    @Test("those unused for the longest time go when there are too many bytes")
    func eviction() throws {
        let bench = try UpstreamBench()
        let body = "\"" + String(repeating: "x", count: 1000) + "\""
        try bench.call("/0", answer: fresh(100, body))
        let size = bench.client.cachedBytes
        #expect((1100...2000).contains(size))
        let small = try UpstreamBench()
        small.configuration.cacheBytesMax = size * 10
        for number in 0..<10 { try small.call("/\(number)", answer: fresh(100, body)) }
        #expect(small.client.cachedResponses == 10)
        #expect(small.client.cachedBytes == size * 10)
        #expect(try small.call("/0").value != nil)
        try small.call("/A", answer: fresh(100, body))
        #expect(small.client.cachedResponses == 10)
        #expect(try small.call("/0").value != nil)
        #expect(try small.call("/2").value != nil)
        #expect(try small.call("/1").isOpen)
    }

    @Test("an answer that would take more than an eighth is not kept")
    func share() throws {
        let body = "\"" + String(repeating: "x", count: 1000) + "\""
        let probe = try UpstreamBench()
        try probe.call(answer: fresh(100, body))
        for (bytes, isKept) in [(probe.client.cachedBytes * 8, true), (probe.client.cachedBytes * 8 - 1, false)] {
            let bench = try UpstreamBench()
            bench.configuration.cacheBytesMax = bytes
            try bench.call(answer: fresh(100, body))
            #expect((bench.client.cachedResponses == 1) == isKept)
        }
    }

    @Test("without a cache nothing is kept, and requests under way are shared all the same")
    func off() throws {
        let bench = try UpstreamBench()
        bench.configuration.cacheBytesMax = 0
        let one = try bench.call()
        let other = try bench.call()
        #expect(bench.attempts.count == 1)
        bench.attempts[0].answer(fresh(100, "1"))
        #expect(one.value == 1)
        #expect(other.value == 1)
        #expect(bench.client.cachedResponses == 0)
        #expect(try bench.call().isOpen)
    }

    @Test("many answers in and out leave the count of bytes right")
    func bookkeeping() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 100_000
        bench.configuration.cacheBytesMax = 50_000
        var generator = SeededGenerator(seed: 7)
        bench.onTry = { _ in
            let body = "\"" + String(repeating: "x", count: Int.random(in: 0...5000, using: &generator)) + "\""
            return fresh(Int64.random(in: 0...5, using: &generator), body)
        }
        for _ in 0..<1000 {
            try bench.call("/\(Int.random(in: 0...40, using: &generator))")
            #expect(bench.client.cachedBytes <= 50_000)
            if Int.random(in: 0...9, using: &generator) == 0 { bench.clock.advance(1) }
        }
        #expect(bench.client.counters.hits > 0)
        bench.onTry = { _ in response(404) }
        bench.clock.advance(10)
        for number in 0...40 { try bench.call("/\(number)") }
        #expect(bench.client.cachedResponses == 0)
        #expect(bench.client.cachedBytes == 0)
    }
}
