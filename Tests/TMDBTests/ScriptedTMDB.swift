import Foundation
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// A TMDB that answers each path with a body, and remembers what it was asked.
final class ScriptedTMDB {
    typealias Parameters = [String: String]
    typealias Answer = (_ path: String, _ query: Parameters) -> (status: Int, body: String)?

    private(set) var requests: [(path: String, query: Parameters)] = []
    private(set) var waiting: [(path: String, answer: () -> Void)] = []
    private(set) var cancelled = 0
    /// The requests as they were sent.
    private(set) var sent: [HTTPRequest] = []
    /// Who calls the tools.
    var caller = Caller.local
    /// Whether answers wait until `answerAll`.
    var isSlow = false
    var answer: Answer
    /// Nanoseconds.
    var time: Int64 = 0
    private(set) var context: TMDBContext?
    private var tools: [Tool] = []

    init(language: String = "en-US", region: String? = nil, key: String? = v3Key, _ answer: @escaping Answer) throws {
        self.answer = answer
        let url = try #require(BaseURL("https://api.example.com/3"))
        let client = plainClient(url, key) { [unowned self] request, finish in receive(request, finish) }
        context = TMDBContext(client: client, language: language, region: region, clock: { [unowned self] in time })
    }

    /// One body for each path; 404 for others.
    convenience init(language: String = "en-US", _ bodies: [String: String]) throws {
        try self.init(language: language) { path, _ in bodies[path].map { (200, $0) } }
    }

    var paths: [String] { requests.map(\.path) }

    /// The query that a path was last asked with, without the language and the key.
    func query(_ path: String) -> Parameters? {
        guard var query = requests.last(where: { $0.path == path })?.query else { return nil }
        query["api_key"] = nil
        query["language"] = nil
        return query
    }

    func answerAll() {
        while !waiting.isEmpty { waiting.removeFirst().answer() }
    }

    func tool(_ name: String) throws -> Tool {
        if tools.isEmpty {
            tools =
                TMDBServer.make(
                    version: "1.2.3", context: try #require(context), tools: try ToolSelection(["all", "account"])
                ).tools
        }
        return try #require(tools.first { $0.name == name })
    }

    /// Starts a call; a refusal by the schema counts as a failure.
    func begin(
        _ name: String, _ arguments: JSONObject, _ finish: @escaping (CallToolResult) -> Void
    ) throws -> Cancellation {
        let tool = try tool(name)
        let checked: Arguments
        do {
            checked = try tool.input.check(arguments)
        } catch {
            finish(.failure(error.message))
            return {}
        }
        return tool.run(checked, try makeRequest(from: caller), finish)
    }

    func call(_ name: String, _ arguments: JSONObject) throws -> CallToolResult {
        var results: [CallToolResult] = []
        _ = try begin(name, arguments) { results.append($0) }
        answerAll()
        #expect(results.count == 1)
        return try #require(results.first)
    }

    /// The result of a call that succeeds, after a look at its schema.
    func object(
        _ name: String, _ arguments: JSONObject, at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let result = try call(name, arguments)
        guard case .structured(let content) = result else {
            Issue.record("\(result)", sourceLocation: location)
            return .null
        }
        let value = try content.value
        let problems = SchemaCheck.problems(value, try #require(try tool(name).outputSchema))
        #expect(problems == [], sourceLocation: location)
        return value
    }

    func failure(
        _ name: String, _ arguments: JSONObject, at location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let result = try call(name, arguments)
        if case .failure(let message) = result { return message }
        Issue.record("\(result)", sourceLocation: location)
        return ""
    }

    private func receive(
        _ request: HTTPRequest, _ finish: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void
    ) -> Cancellation {
        let parts = request.url.dropFirst("https://api.example.com/3".count).split(separator: "?", maxSplits: 1)
        var query: Parameters = [:]
        for item in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            query[String(pair[0])] = pair.count > 1 ? String(pair[1]).removingPercentEncoding : ""
        }
        let path = String(parts.first ?? "")
        requests.append((path, query))
        sent.append(request)
        let send = { [unowned self] in
            let reply = answer(path, query) ?? (404, "{}")
            finish(.success(HTTPResponse(status: reply.status, body: Array(reply.body.utf8))))
        }
        if isSlow { waiting.append((path, send)) } else { send() }
        return { [weak self] in self?.cancelled += 1 }
    }
}
