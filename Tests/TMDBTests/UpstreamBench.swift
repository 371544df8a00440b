import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// A client of TMDB's on a clock that is moved by hand, and a TMDB whose answers the test gives.
final class UpstreamBench {
    /// One request that TMDB was sent.
    final class Try {
        let request: HTTPRequest
        let time: Double
        private let finish: (Upstream.Outcome) -> Void
        private(set) var isCancelled = false
        private(set) var isAnswered = false

        init(_ request: HTTPRequest, _ time: Double, _ finish: @escaping (Upstream.Outcome) -> Void) {
            self.request = request
            self.time = time
            self.finish = finish
        }

        var isOpen: Bool { !isCancelled && !isAnswered }
        /// What follows the base URL, without the key.
        var target: String {
            String(request.url.dropFirst("https://api.example.com/3".count).prefix { $0 != "?" })
        }

        func answer(_ outcome: Upstream.Outcome) {
            #expect(isOpen)
            isAnswered = true
            finish(outcome)
        }

        func cancel() {
            #expect(isOpen)
            isCancelled = true
        }
    }

    /// One call of a client's.
    final class Call {
        fileprivate(set) var request: RequestContext?
        fileprivate(set) var results: [Result<JSONValue, TMDBError>] = []
        fileprivate(set) var endedAt: Double?
        /// The result as the client gets it.
        fileprivate(set) var answer: JSONValue?

        var value: JSONValue? { try? results.first?.get() }
        var error: TMDBError? { if case .failure(let error) = results.first { error } else { nil } }
        var isOpen: Bool { results.isEmpty }
        var stale: JSONValue? { answer?["result"]?["_meta"]?["tmdb-mcp/stale"] }

        func cancel() { request?.cancel() }
    }

    let clock = HandClock()
    var configuration = UpstreamConfiguration()
    var key: String? = v3Key
    private(set) var attempts: [Try] = []
    /// When set, attempts are answered with what it returns, before the sending returns.
    var onTry: ((Try) -> Upstream.Outcome?)?
    private var begin: ((RequestContext) -> Cancellation)?

    private let base: BaseURL

    init() throws { base = try #require(BaseURL("https://api.example.com/3")) }

    private(set) lazy var client = TMDBClient(
        userAgent: "test", baseURL: base, credential: key.map { Credential($0) },
        configuration: configuration, dependencies: clock.dependencies
    ) { [unowned self] request, finish in
        let attempt = Try(request, clock.seconds, finish)
        attempts.append(attempt)
        if let outcome = onTry?(attempt) { attempt.answer(outcome) }
        return { attempt.cancel() }
    }

    private lazy var server = Server(
        implementation: Implementation(name: "", title: "", version: "", description: "", websiteURL: ""),
        instructions: "",
        tools: [
            Tool(
                name: "get", title: "", description: "", input: InputSchema([]),
                annotations: ToolAnnotations(.readsOnly, isOpenWorld: true)
            ) { [unowned self] _, request, finish in
                ended = finish
                return begin?(request) ?? {}
            }
        ])
    private var ended: ((CallToolResult) -> Void)?

    var open: [Try] { attempts.filter(\.isOpen) }
    var targets: [String] { attempts.map(\.target) }

    /// Calls a tool that asks TMDB for one thing, as a client of 2026-07-28 does.
    @discardableResult
    func call(
        _ path: String = "/a", _ query: [(name: String, value: String)] = [], from caller: Caller = .local
    ) throws -> Call {
        let params: JSONObject = [
            "name": "get",
            "_meta": [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": [:],
            ],
        ]
        let call = Call()
        begin = { [unowned self] request in
            let finish = ended
            return client.get(path, query: query, for: request) { [unowned self] result in
                call.results.append(result)
                call.endedAt = clock.seconds
                switch result {
                case .success(let value): finish?(.structured(StructuredContent(["value": value])))
                case .failure(let error): finish?(.failure(error.message))
                }
            }
        }
        call.request = server.serve(
            id: .string("1"), method: "tools/call", params: params, meta: try RequestMeta(params), caller: caller
        ) { reply in
            guard case .answer(let message) = reply else { return }
            var bytes: [UInt8] = []
            message.write(into: &bytes)
            call.answer = try? JSONValue(parsing: bytes)
        }
        begin = nil
        return call
    }

    /// Calls, and answers at once.
    @discardableResult
    func call(
        _ path: String = "/a", _ query: [(name: String, value: String)] = [], from caller: Caller = .local,
        answer outcome: Upstream.Outcome
    ) throws -> Call {
        let count = attempts.count
        let call = try call(path, query, from: caller)
        try #require(attempts.count == count + 1)
        attempts[count].answer(outcome)
        return call
    }

    /// Nothing is left of what was under way.
    func expectIdle(_ location: SourceLocation = #_sourceLocation) {
        #expect(clock.openTimers == 0, sourceLocation: location)
        #expect(open.isEmpty, sourceLocation: location)
        #expect(client.waiting == 0, sourceLocation: location)
    }
}

/// An answer that stays fresh so long, perhaps with more fields.
func fresh(_ seconds: Int64, _ body: String = "1", _ fields: [HTTPField] = []) -> Upstream.Outcome {
    response(200, body, [HTTPField(name: "Cache-Control", value: "public, max-age=\(seconds)")] + fields)
}

func field(_ name: String, _ value: String) -> HTTPField { HTTPField(name: name, value: value) }
