import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// TMDB's server with an upstream that answers by path.
final class Asking {
    private(set) var urls: [String] = []
    private let answers: [String: JSONValue]
    let server: Server

    /// - Parameter answers: by what the path begins with; the longest that fits. Other paths get TMDB's 404.
    init(_ answers: [String: JSONValue], language: String = "en-US") throws {
        self.answers = answers
        var fetch: ((HTTPRequest) -> Upstream.Outcome)?
        let url = try #require(BaseURL("https://api.example.com/3"))
        let client = plainClient(url, v3Key) { request, finish in
            if let outcome = fetch?(request) { finish(outcome) }
            return {}
        }
        server = TMDBServer.make(version: "1.2.3", context: TMDBContext(client: client, language: language))
        fetch = { [unowned self] in answer($0) }
    }

    /// The result of a request of the modern era; nil when it was refused.
    func result(_ method: String, _ params: JSONObject = [:]) throws -> JSONValue? {
        try reply(method, params)["result"]
    }

    func error(_ method: String, _ params: JSONObject = [:]) throws -> JSONValue? {
        try reply(method, params)["error"]
    }

    private func reply(_ method: String, _ params: JSONObject) throws -> JSONValue {
        var params = params
        params.set(
            "_meta",
            to: [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": [:],
            ])
        var bytes: [UInt8] = []
        _ = server.serve(id: .string("1"), method: method, params: params, meta: try RequestMeta(params)) { reply in
            if case .answer(let message) = reply { message.write(into: &bytes) }
        }
        return try JSONValue(parsing: bytes)
    }

    private func answer(_ request: HTTPRequest) -> Upstream.Outcome {
        let url = String(request.url.dropFirst("https://api.example.com/3".count))
        urls.append(String(url.prefix { $0 != "?" }))
        let found = answers.filter { url.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }
        guard let found else {
            return response(404, #"{"success":false,"status_code":34,"status_message":"The resource ..."}"#)
        }
        return response(200, found.value.text)
    }
}
