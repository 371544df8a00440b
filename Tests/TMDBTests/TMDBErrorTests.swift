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
            (
                "{\"success\":false,\"status_code\":18,\"status_message\":\"Validation failed.\","
                    + "\"errors\":[\"Content is suspected to be spam\"]}",
                "Validation failed. Content is suspected to be spam"
            ),
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

    @Test(
        "what TMDB says of a refused key or a fault of its own is passed on",
        arguments: [
            (
                401, "Suspended API key: Access to your account has been suspended, contact TMDB.",
                "TMDB refused the API key (401), saying \"Suspended API key: Access to your account has been "
                    + "suspended, contact TMDB\". Check TMDB_API_KEY"
            ),
            (403, "This resource is private.", "TMDB refused the request (403): This resource is private."),
            (
                503, "The API is undergoing maintenance. Try again later.",
                "TMDB has a fault of its own (503), saying \"The API is undergoing maintenance. Try again later\": try"
            ),
            (
                500, "  Internal\u{200B} error:\n\u{202E}\u{E0041}wrong\u{1B}[2J ",
                "(500), saying \"Internal error: wrong[2J\""
            ),
            (520, "", "TMDB has a fault of its own (520): try again"),
            (401, "\u{FEFF}\u{200B} \n", "TMDB refused the API key (401). Check"),
        ])
    func words(status: Int, words: String, message: String) throws {
        let error = try #require(failure(response(status, "{\"status_message\":\(JSONValue.string(words).text)}")))
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("a web page in place of words, or one too long for any, is not passed on")
    func noWords() throws {
        for body in ["<html>busy</html>", "{\"status_message\":\"\(String(repeating: "x", count: 17_000))\"}"] {
            let error = try #require(failure(response(503, body)))
            #expect(error == .serverFault(status: 503))
        }
    }

    @Test("a key in the words of a 401 or 503 is hidden", arguments: [401, 503])
    func hiddenInFault(status: Int) throws {
        let error = try #require(failure(response(status, "{\"status_message\":\"no key \(v3Key)\"}")))
        #expect(error.message.contains("no key [hidden]"))
    }

    @Test(
        "what came from TMDB in part is not called out of reach",
        arguments: [
            HTTPFailure.timedOut(.waiting, milliseconds: 8_000), .cutOff, .badEncoding, .tooLarge(.body, bytesMax: 9),
            .busy(requestsMax: 256),
        ])
    func reached(failure: HTTPFailure) {
        #expect(!TMDBError.transport(failure).message.contains("could not be reached"))
        #expect(TMDBError.transport(.connectionRefused(host: "h", port: 1)).message.contains("could not be reached"))
    }

    static let all: [TMDBError] = [
        .noCredential, .unauthorized(), .notFound, .rateLimited(retryAfter: nil), .rateLimited(retryAfter: 7),
        .serverFault(status: 503), .refused(status: 403, reason: nil), .refused(status: 422, reason: "no such page"),
        .brokenJSON(JSONError(reason: .unexpectedEnd(expected: .value), offset: 9)), .unexpectedShape,
        .webPage(status: 200), .webPage(status: 403),
        .callerKeyMalformed, .callerKeyRefused(), .crowded, .late(20_000),
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
            (.unauthorized(), "401"), (.notFound, "404"), (.rateLimited(retryAfter: 7), "in 7 s"),
            (.serverFault(status: 503), "503"), (.refused(status: 403, reason: nil), "403"),
            (.late(20_000), "20000 ms"),
            (.repeated(.serverFault(status: 503), attempts: 12), "503"), (.noCredential, "X-TMDB-Api-Key"),
            (.repeated(.serverFault(status: 503), attempts: 12), "12 times"), (.callerKeyRefused(), "X-TMDB-Api-Key"),
            (.refused(status: 422, reason: "no such page"), "no such page"),
        ] as [(TMDBError, String)])
    func details(error: TMDBError, detail: String) {
        #expect(error.message.contains(detail))
    }
}
