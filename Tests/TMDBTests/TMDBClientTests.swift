import Upstream
import HTTPTypes
import JSON
import TMDB
import Testing

@Suite struct TMDBClientTests {
    @Test("a v3 key travels in the query, after the parameters, and in no header")
    func keyRequest() throws {
        let upstream = Upstream(response(200, "{}"))
        var result: Result<JSONValue, TMDBError>?
        let client = try #require(upstream.client())
        _ = client.get("/search/multi", query: [("query", "a&b=é #"), ("page", "2")], for: try makeRequest()) {
            result = $0
        }
        let request = try #require(upstream.requests.first)
        #expect(upstream.requests.count == 1)
        #expect(
            request.url
                == "https://api.example.com/3/search/multi?query=a%26b%3D%C3%A9%20%23&page=2&api_key=\(v3Key)")
        #expect(
            request.headers.lines == [
                HTTPField(name: "Accept", value: "application/json"),
                HTTPField(name: "User-Agent", value: "tmdb-mcp/1.2.3"),
            ])
        #expect(try result?.get() == [:])
    }

    @Test("a v4 token travels in a header, and not in the URL")
    func tokenRequest() throws {
        let upstream = Upstream(response(200, "{}"))
        _ = upstream.client(v4Token)?.get("/configuration", for: try makeRequest()) { _ in }
        let request = try #require(upstream.requests.first)
        #expect(request.url == "https://api.example.com/3/configuration")
        #expect(request.headers["authorization"] == "Bearer \(v4Token)")
    }

    @Test(
        "a credential with two dots is a token, any other a key",
        arguments: [
            ("a.b.c", true), ("..", true), (v4Token, true), (v3Key, false), ("a.b", false), ("a.b.c.d", false),
            ("x", false),
        ])
    func kinds(text: String, isToken: Bool) throws {
        let upstream = Upstream(response(200, "{}"))
        _ = upstream.client(text)?.get("/x", for: try makeRequest()) { _ in }
        let request = try #require(upstream.requests.first)
        #expect((request.headers["Authorization"] != nil) == isToken)
        #expect(request.url.contains("api_key=") == !isToken)
    }

    @Test("a credential is not shown by what prints it", arguments: [v3Key, v4Token])
    func description(key: String) throws {
        let credential = Credential(key)
        let client = try #require(Upstream().client(key))
        #expect(!"\(credential)\(String(reflecting: credential))\(client)".contains(key))
    }

    @Test("without a credential nothing is sent, and the answer says how to get one")
    func noCredential() throws {
        let upstream = Upstream(response(200, "{}"))
        var result: Result<JSONValue, TMDBError>?
        let cancel = upstream.client(nil)?.get("/x", for: try makeRequest()) { result = $0 }
        cancel?()
        #expect(upstream.requests.isEmpty)
        #expect(result == .failure(.noCredential))
        #expect(TMDBError.noCredential.message.contains("TMDB_API_KEY"))
    }

    @Test("cancelling reaches the request, and nothing is reported before its end")
    func cancellation() throws {
        let upstream = Upstream()
        var results = 0
        let cancel = try #require(upstream.client()?.get("/x", for: try makeRequest()) { _ in results += 1 })
        #expect(upstream.cancelled == 0)
        cancel()
        #expect(upstream.cancelled == 1)
        #expect(results == 0)
    }

    @Test("an answer that comes later is reported then")
    func later() throws {
        let upstream = Upstream()
        var result: Result<JSONValue, TMDBError>?
        _ = upstream.client()?.get("/x", for: try makeRequest()) { result = $0 }
        #expect(result == nil)
        let finish = try #require(upstream.finishes.first)
        finish(response(200, "[1]"))
        #expect(result == .success([1]))
    }

    @Test(
        "each status means what TMDB documents",
        arguments: [
            (401, .unauthorized()), (404, .notFound), (429, .rateLimited(retryAfter: 1)),
            (500, .serverFault(status: 500)), (503, .serverFault(status: 503)), (599, .serverFault(status: 599)),
            (100, .refused(status: 100, reason: nil)), (204, .refused(status: 204, reason: nil)),
            (301, .refused(status: 301, reason: nil)), (400, .refused(status: 400, reason: nil)),
            (403, .refused(status: 403, reason: nil)), (422, .refused(status: 422, reason: nil)),
            (600, .refused(status: 600, reason: nil)), (999, .refused(status: 999, reason: nil)),
        ] as [(Int, TMDBError)])
    func statuses(status: Int, error: TMDBError) {
        for body in [
            "", "{}", "html>", "[1]", "{\"status_message\":5}", "{\"errors\":{}}", "{\"errors\":[]}", "\u{0}",
        ] {
            #expect(failure(response(status, body)) == error)
        }
    }

    @Test(
        "Retry-After is told in seconds, what is no time as the pause that is made instead",
        arguments: [
            ("0", 0), ("7", 7), ("60", 60), ("61", 61), ("", 1), ("-5", 1), ("1.5", 1), ("soon", 1),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("99999999999999999999999", 31_622_400), ("5 ", 1),
        ])
    func retryAfter(value: String, seconds: Int) throws {
        let error = try #require(failure(response(429, "", [HTTPField(name: "retry-after", value: value)])))
        #expect(error == .rateLimited(retryAfter: seconds))
        #expect(error.message.contains("in \(seconds) s"))
    }

    @Test(
        "a body that is no JSON is told as such",
        arguments: ["", "{", "{\"page\":1,\"results\":[", "{}}", "\u{FEFF}{}"])
    func brokenJSON(body: String) throws {
        guard case .brokenJSON(let error) = failure(response(200, body)) else {
            Issue.record("no error")
            return
        }
        #expect(TMDBError.brokenJSON(error).message.contains("JSON"))
    }

    @Test("a web page in TMDB's place is told as such", arguments: [200, 302, 403, 451])
    func webPage(status: Int) {
        for body in ["<html></html>", " \r\n<!DOCTYPE html>"] {
            #expect(failure(response(status, body)) == .webPage(status: status))
        }
        #expect(TMDBError.webPage(status: 200).message.contains("sign in with a browser"))
        #expect(TMDBError.webPage(status: 403).message.contains("(403): a filter or firewall"))
    }

    @Test("text that is no Unicode is replaced, not refused")
    func invalidText() {
        let body: [UInt8] = Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8)
        #expect(read(.success(HTTPResponse(status: 200, body: body))) == .success(["a": "\u{FFFD}"]))
    }

    @Test("a failure of the transport is passed on with its words")
    func transport() {
        let error = failure(.failure(.cutOff))
        #expect(error == .transport(.cutOff))
        #expect(error?.message.contains(HTTPFailure.cutOff.message) == true)
    }
}
