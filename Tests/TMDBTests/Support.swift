import Upstream
import Foundation
import HTTPTypes
import JSON
import MCP
import TMDB

let v3Key = "0123456789abcdef0123456789abcdef"
let v4Token = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiIwMTIzNDU2Nzg5In0." + String(repeating: "s1G-n_", count: 25)

/// The HTTP that a client asks for: requests are kept, and the test answers them. Each is tried once, nothing is kept,
/// and no time passes.
final class Upstream {
    typealias Outcome = Result<HTTPResponse, HTTPFailure>

    private(set) var requests: [HTTPRequest] = []
    private(set) var finishes: [(Outcome) -> Void] = []
    private(set) var cancelled = 0
    /// When set, each request is answered with it at once.
    var immediate: Outcome?
    /// When set, requests are answered with what it gives for their target, such as "/search/movie?query=a". The
    /// credential is left out.
    var answer: ((_ target: String) -> Outcome?)?

    init(_ immediate: Outcome? = nil) { self.immediate = immediate }

    /// The targets that were asked for, but for the lists of genres, which any answer in another language needs.
    var targets: [String] { requests.map { Upstream.target($0.url) }.filter { !$0.hasPrefix("/genre/") } }

    private static func target(_ url: String) -> String {
        let rest = url.dropFirst("https://api.example.com/3".count)
        let end = rest.range(of: "api_key=\(v3Key)")?.lowerBound ?? rest.endIndex
        return String(rest[..<end].dropLast())
    }

    func client(_ key: String? = v3Key, base: String = "https://api.example.com/3") -> TMDBClient? {
        guard let url = BaseURL(base) else { return nil }
        return plainClient(url, key) { [self] in fetch($0, $1) }
    }

    func fetch(_ request: HTTPRequest, _ finish: @escaping (Outcome) -> Void) -> Cancellation {
        requests.append(request)
        finishes.append(finish)
        if let outcome = immediate ?? answer?(Upstream.target(request.url)) { finish(outcome) }
        return { [self] in cancelled += 1 }
    }
}

/// A client that attempts each request once and keeps nothing, in a world where no time passes.
func plainClient(_ url: BaseURL, _ key: String?, _ fetch: @escaping TMDBClient.Fetch) -> TMDBClient {
    var configuration = UpstreamConfiguration()
    configuration.attemptsMax = 1
    configuration.cacheBytesMax = 0
    configuration.requestsPerSecond = 1_000_000
    return TMDBClient(
        userAgent: "tmdb-mcp/1.2.3", baseURL: url, credential: key.map { Credential($0) },
        configuration: configuration, dependencies: HandClock().dependencies, fetch: fetch)
}

func response(_ status: Int, _ body: String = "", _ fields: [HTTPField] = []) -> Upstream.Outcome {
    .success(HTTPResponse(status: status, fields: HTTPFields(fields), body: Array(body.utf8)))
}

/// What a client makes of an answer, nil when it made nothing.
func read(_ outcome: Upstream.Outcome, key: String = v3Key) -> Result<JSONValue, TMDBError>? {
    var result: Result<JSONValue, TMDBError>?
    guard let request = try? makeRequest() else { return nil }
    _ = Upstream(outcome).client(key)?.get("/x", for: request) { result = $0 }
    return result
}

func failure(_ outcome: Upstream.Outcome, key: String = v3Key) -> TMDBError? {
    if case .failure(let error) = read(outcome, key: key) { error } else { nil }
}

/// A request as a tool is given it, of a client that can do nothing and listens to nothing.
func makeRequest(from caller: Caller = .local) throws -> RequestContext {
    let meta: JSONObject = [
        "_meta": [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
        ]
    ]
    let implementation = Implementation(name: "", title: "", version: "", description: "", websiteURL: "")
    let server = Server(implementation: implementation, instructions: "")
    let id = RequestID.string("")
    return server.serve(
        id: id, method: "server/discover", params: meta, meta: try RequestMeta(meta), caller: caller
    ) { _ in }
}
