import HTTPTypes
import JSON
import TMDB
import Testing

@Suite struct TMDBErrorTests {
    private func repeated(_ body: String, key: String = v3Key) -> String? {
        if case .refused(_, let reason) = failure(response(422, body), key: key) { reason } else { nil }
    }

    @Test(
        "TMDB's own words are passed on",
        arguments: [
            ("{\"success\":false,\"status_code\":22,\"status_message\":\"Invalid page\"}", "Invalid page"),
            ("{\"errors\":[\"query must be provided\"]}", "query must be provided"),
            ("{\"errors\":[\"one\",2,\"two\"]}", "one; two"),
            ("{\"status_message\":\"words\",\"errors\":[\"others\"]}", "words"),
            ("{\"status_message\":\"\"}", nil), ("{\"errors\":[1]}", nil), ("words", nil), ("[\"words\"]", nil),
        ] as [(String, String?)])
    func words(body: String, reason: String?) {
        #expect(repeated(body) == reason)
    }

    @Test("words at the limit are repeated whole, longer ones are cut")
    func limit() {
        let words = String(repeating: "é", count: 200)
        #expect(repeated("{\"status_message\":\"\(words)\"}") == words)
        #expect(repeated("{\"status_message\":\"\(words)é\"}") == words + "…")
    }

    @Test("what is repeated is bounded whatever it is made of", arguments: ["x", "\u{301}", "👩‍👩‍👧‍👦"])
    func bounded(unit: String) throws {
        let words = try #require(repeated("{\"errors\":[\"e\(String(repeating: unit, count: 50_000))\"]}"))
        let count = words.utf8.count
        #expect(count <= 4 * 200 + 3)
    }

    @Test(
        "a credential in TMDB's words is hidden, also where the words are cut",
        arguments: [v3Key, v4Token, "k", "aa"], Array(0...40) + Array(160...205))
    func hidden(key: String, offset: Int) throws {
        let words = String(repeating: "-", count: offset) + key + " is not valid"
        let reason = try #require(repeated("{\"status_message\":\"\(words)\"}", key: key))
        #expect(!reason.contains(key))
        if key.utf8.count > 8 { #expect(!reason.contains(key.prefix(8))) }
        #expect(!TMDBError.refused(status: 422, reason: reason).message.contains(key.prefix(8) + "-"))
    }

    @Test("every occurrence of a credential is hidden, and nothing else")
    func everyOccurrence() {
        #expect(repeated("{\"status_message\":\"k-key-key-ke\"}", key: "key") == "k-[hidden]-[hidden]-ke")
        #expect(repeated("{\"status_message\":\"aaa\"}", key: "aa") == "[hidden]a")
        #expect(repeated("{\"status_message\":\"\(v3Key)\"}") == "[hidden]")
        #expect(repeated("{\"status_message\":\"né\"}") == "né")
    }

    static let all: [TMDBError] = [
        .noCredential, .unauthorized, .notFound, .rateLimited(retryAfter: nil), .rateLimited(retryAfter: 7),
        .serverFault(status: 503), .refused(status: 403, reason: nil), .refused(status: 422, reason: "no such page"),
        .brokenJSON(JSONError(reason: .unexpectedEnd(expected: .value), offset: 9)), .unexpectedShape,
        .webPage(status: 200), .webPage(status: 403),
        .callerKeyMalformed, .callerKeyRefused, .crowded, .late(20_000),
        .repeated(.serverFault(status: 503), attempts: 12),
        .transport(.invalidRequest(.url)), .transport(.busy(requestsMax: 9)),
        .transport(.nameNotResolved(host: "host.example")), .transport(.proxy(.refused(status: 407))),
        .transport(.tls(.expired(today: "2026-01-31"), host: "host.example")),
        .transport(.timedOut(.waiting, milliseconds: 20_000)),
        .transport(.other(code: 56, reason: "it failed")),
    ]

    @Test("every message is a sentence about TMDB that says what to do", arguments: all)
    func messages(error: TMDBError) {
        #expect(error.message.contains("TMDB"))
        #expect(error.message.count > 30)
        #expect(!error.message.contains("Optional"))
        #expect(!error.message.contains("\n"))
    }

    @Test(
        "a message holds the status and the seconds",
        arguments: [
            (.unauthorized, "401"), (.notFound, "404"), (.rateLimited(retryAfter: 7), "in 7 s"),
            (.serverFault(status: 503), "503"), (.refused(status: 403, reason: nil), "403"),
            (.late(20_000), "20000 ms"),
            (.repeated(.serverFault(status: 503), attempts: 12), "503"), (.noCredential, "X-TMDB-Api-Key"),
            (.repeated(.serverFault(status: 503), attempts: 12), "12 times"), (.callerKeyRefused, "X-TMDB-Api-Key"),
            (.refused(status: 422, reason: "no such page"), "no such page"),
        ] as [(TMDBError, String)])
    func details(error: TMDBError, detail: String) {
        #expect(error.message.contains(detail))
    }
}
