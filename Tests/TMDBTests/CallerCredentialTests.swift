import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Whose key it is.
struct CallerCredentialTests {
    private static let otherKey = "FEDCBA98765432100123456789abcdef"

    @Test("a client's own credential goes before the server's", arguments: [v3Key, nil])
    func own(serverKey: String?) throws {
        let bench = try UpstreamBench()
        bench.key = serverKey
        try bench.call(from: Caller(id: 1, forwardedHeader: Self.otherKey))
        try bench.call(from: Caller(id: 1, forwardedHeader: v4Token))
        #expect(bench.attempts[0].request.url == "https://api.example.com/3/a?api_key=\(Self.otherKey)")
        #expect(bench.attempts[0].request.headers["Authorization"] == nil)
        #expect(bench.attempts[1].request.url == "https://api.example.com/3/a")
        #expect(bench.attempts[1].request.headers["Authorization"] == "Bearer \(v4Token)")
    }

    @Test("who brings none uses the server's, and without that is told of both ways")
    func none() throws {
        let bench = try UpstreamBench()
        try bench.call()
        #expect(bench.attempts[0].request.url.hasSuffix("?api_key=\(v3Key)"))
        let keyless = try UpstreamBench()
        keyless.key = nil
        let call = try keyless.call()
        #expect(call.error == .noCredential)
        #expect(call.error?.message.contains("TMDB_API_KEY") == true)
        #expect(call.error?.message.contains("X-TMDB-Api-Key") == true)
    }

    @Test(
        "what has the form of neither is not sent and not repeated",
        arguments: [
            String(v3Key.dropLast()), v3Key + "0", "g" + v3Key.dropFirst(), v3Key + " ", "Bearer " + v4Token, "a.b",
            "a.b.c.d", "a..c", ".b.c", "a.b.", "a.b.c=", "a.b.\u{e9}", "a.b.c\r\n", "a b.c.d", "x",
            String(repeating: "a", count: 1021) + ".b.c", "0123456789abcdef0123456789abcde\u{fffd}",
        ])
    func malformed(text: String) throws {
        let bench = try UpstreamBench()
        let call = try bench.call(from: Caller(id: 1, forwardedHeader: text))
        #expect(call.error == .callerKeyMalformed)
        #expect(call.answer?["result"]?["isError"] == true)
        #expect(bench.attempts.isEmpty)
        if text.count > 3 { #expect(!(call.answer?.text.contains(text) ?? true)) }
    }

    @Test("a token may be so long", arguments: [1024])
    func long(bytes: Int) throws {
        let bench = try UpstreamBench()
        try bench.call(from: Caller(id: 1, forwardedHeader: String(repeating: "a", count: bytes - 4) + ".b.c"))
        #expect(bench.attempts.count == 1)
    }

    @Test("a client is told that its own key was refused, not the server's", arguments: [otherKey, v4Token])
    func refused(key: String) throws {
        let bench = try UpstreamBench()
        let call = try bench.call(from: Caller(id: 1, forwardedHeader: key), answer: response(401))
        #expect(call.error == .callerKeyRefused())
        #expect(!(call.error?.message.contains("TMDB_API_KEY") ?? true))
        #expect(try bench.call(answer: response(401)).error == .unauthorized())
    }

    @Test("a key that TMDB repeats is hidden from the client that sent it", arguments: [otherKey, v4Token])
    func hidden(key: String) throws {
        let bench = try UpstreamBench()
        let call = try bench.call(
            from: Caller(id: 1, forwardedHeader: key), answer: response(422, "{\"status_message\":\"no \(key)!\"}"))
        #expect(call.error == .refused(status: 422, reason: "no [hidden]!"))
    }

    @Test("the server's key is another's business, even when a client knows it")
    func sameText() throws {
        let bench = try UpstreamBench()
        try bench.call(answer: fresh(100, "1"))
        #expect(try bench.call(from: Caller(id: 1, forwardedHeader: v3Key)).isOpen)
    }

    // MARK: Before TMDB has accepted it

    private static func invented(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "a", count: 32 - digits.count) + digits
    }

    @Test(
        "keys that TMDB refuses push out nothing of a key that it accepted", arguments: [response(401), response(503)])
    func pushing(outcome: Upstream.Outcome) throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 10_000
        bench.configuration.attemptsMax = 1
        let user = Caller(id: 1, forwardedHeader: v4Token)
        try bench.call(from: user, answer: fresh(100, "1"))
        for number in 0..<300 {
            try bench.call(from: Caller(id: 2, forwardedHeader: Self.invented(number)), answer: outcome)
        }
        #expect(try bench.call(from: user).value == 1)
        #expect(bench.attempts.count == 301)
    }

    @Test("however many keys a network invents, it has one turn until TMDB accepts one")
    func turns() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1
        bench.configuration.concurrentRequestsMax = 1000
        try bench.call("/first")
        for number in 0..<3 {
            try bench.call("/a\(number)", from: Caller(id: 1, forwardedHeader: Self.invented(number)))
        }
        try bench.call("/b0", from: Caller(id: 2))
        bench.clock.advance(4)
        #expect(bench.targets == ["/first", "/a0", "/b0", "/a1", "/a2"])
    }

    @Test("a network's invented keys are bounded like its other requests")
    func bound() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1
        bench.configuration.waitingPerCallerMax = 2
        try bench.call("/first")
        let calls = try (0..<3).map { try bench.call(from: Caller(id: 1, forwardedHeader: Self.invented($0))) }
        #expect(calls.map(\.isOpen) == [true, true, false])
        #expect(calls[2].error == .crowded)
    }

    @Test("what is asked for at once with one new key is asked once")
    func sharing() throws {
        let bench = try UpstreamBench()
        let calls = try (0..<3).map { try bench.call(from: Caller(id: Int64($0), forwardedHeader: Self.otherKey)) }
        #expect(bench.attempts.count == 1)
        bench.attempts[0].answer(response(200, "1"))
        #expect(calls.allSatisfy { $0.value == 1 })
    }

    @Test("a key that TMDB refuses later has no turn of its own any more, and nothing that was kept for it")
    func revoked() throws {
        let bench = try UpstreamBench()
        bench.configuration.requestsPerSecond = 1
        bench.configuration.concurrentRequestsMax = 1000
        let user = Caller(id: 1, forwardedHeader: Self.otherKey)
        try bench.call("/kept", from: user, answer: fresh(1000))
        bench.clock.advance(10)
        try bench.call("/x", from: user, answer: response(401))
        bench.clock.advance(10)
        #expect(try bench.call("/kept", from: user).isOpen)
        try bench.call("/a0", from: Caller(id: 1))
        try bench.call("/a1", from: user)
        try bench.call("/b0", from: Caller(id: 2))
        bench.clock.advance(3)
        #expect(bench.targets.suffix(4) == ["/kept", "/a0", "/b0", "/a1"])
    }
}
