package import HTTPTypes
package import JSON
package import MCP
package import Upstream

/// Asks TMDB's API, version 3, on behalf of a server's clients: with whose credential, under what URL. When and how
/// often is `UpstreamScheduler`'s matter.
package final class TMDBClient {
    /// Sends a request and calls `finish` once, unless the closure that it returns is called first. A try that takes
    /// longer than `UpstreamConfiguration.attemptNanoseconds` is its matter to end.
    package typealias Fetch = (
        _ request: HTTPRequest, _ finish: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void
    ) -> Cancellation

    /// The server's own. What is asked with an earlier one goes on with that.
    package var credential: Credential?
    private var entries = CredentialTable()
    private let scheduler: UpstreamScheduler
    /// Of requests in a person's name, each of which has a number of its own below that of the server.
    private var personalRequests: Int64 = 0

    /// - Parameters:
    ///   - userAgent: the name and version of the program, for TMDB's logs.
    ///   - credential: the server's own; clients may bring theirs.
    package init(
        userAgent: String, baseURL: BaseURL, credential: Credential?,
        configuration: UpstreamConfiguration = UpstreamConfiguration(), dependencies: Dependencies,
        fetch: @escaping Fetch
    ) {
        self.credential = credential
        scheduler = UpstreamScheduler(configuration, dependencies) { inFlight, finish in
            fetch(TMDBClient.request(inFlight, baseURL, userAgent), finish)
        }
    }

    package var counters: UpstreamCounters { scheduler.counters }
    package var cachedResponses: Int { scheduler.cachedResponses }
    package var cachedBytes: Int { scheduler.cachedBytes }
    /// Requests that wait for their turn.
    package var waiting: Int { scheduler.waiting }

    /// Seconds since the beginning of 1970, UTC.
    var calendar: Int64 { scheduler.dependencies.calendar() }

    /// When a call that begins now must have ended, on the monotonic clock.
    ///
    /// - Parameter nanoseconds: how long it may take, where that is less than the configuration allows.
    func deadline(after nanoseconds: Int64 = .max) -> Int64 {
        scheduler.dependencies.now() + min(nanoseconds, scheduler.configuration.totalNanoseconds)
    }

    /// Gets one endpoint for a request of a client's, with the credential that came with it, else with the server's.
    ///
    /// - Parameters:
    ///   - path: begins with a slash, such as `/search/multi`.
    ///   - deadline: when it must have ended, as `deadline(after:)` tells. Nil for the configuration's time from now
    ///     on.
    ///   - finish: called once unless the closure that is returned is called first; perhaps before this returns.
    package func get(
        _ path: String, query: [(name: String, value: String)] = [], for request: RequestContext,
        deadline: Int64? = nil, finish: @escaping (Result<JSONValue, TMDBError>) -> Void
    ) -> Cancellation {
        let requester: Requester
        switch self.requester(of: request) {
        case .success((let it, _)): requester = it
        case .failure(let error):
            finish(.failure(error))
            return {}
        }
        return scheduler.ask(
            path, query, requester, for: request.upstream, deadline: deadline,
            notify: { request.tell($0, requester) },
            finish: { [self] result in finish(read(result, requester, of: request)) })
    }

    /// Asks in a person's name. Nothing of it is kept, or shared with another request.
    ///
    /// - Parameters:
    ///   - body: JSON; empty for none.
    ///   - finish: as of `get`.
    func ask(
        _ path: String, query: [(name: String, value: String)], method: HTTPMethod, body: [UInt8],
        as session: AccountSession, for request: RequestContext, deadline: Int64,
        finish: @escaping (Result<JSONValue, TMDBError>) -> Void
    ) -> Cancellation {
        let credential: Credential
        var queueKey = QueueKey(caller: request.caller.id, member: request.caller.member)
        switch session {
        case .userToken(let token): credential = .bearerToken(token)
        case .session(let id):
            switch requester(of: request) {
            case .success((let program, _)):
                credential = .session(name: "session_id", id, program.credential)
                queueKey = program.queueKey
            case .failure(let error):
                finish(.failure(error))
                return {}
            }
        }
        personalRequests += 1
        let person = Requester(
            credential: credential, credentialNumber: -personalRequests, queueKey: queueKey, isPerson: true)
        return scheduler.ask(
            path, query, person, method: method, body: body, for: request.upstream, deadline: deadline,
            notify: { request.tell($0, person) },
            finish: { result in finish(result.mapError { TMDBError($0, person) }) })
    }

    /// Notes whether TMDB accepted a caller's key.
    private func read(
        _ result: Result<JSONValue, UpstreamError>, _ requester: Requester, of request: RequestContext
    ) -> Result<JSONValue, TMDBError> {
        switch result {
        case .success(let value):
            if let text = request.caller.forwardedHeader { entries.accept(text, requester.credentialNumber) }
            return .success(value)
        case .failure(let failure):
            let error = TMDBError(failure, requester)
            if case .callerKeyRefused = error, let text = request.caller.forwardedHeader { entries.refuse(text) }
            return .failure(error)
        }
    }

    /// Who asks, with the credential that came with the request, else with the server's; and whether TMDB is known to
    /// accept it.
    private func requester(of request: RequestContext) -> Result<(Requester, isAccepted: Bool), TMDBError> {
        let queueKey = QueueKey(caller: request.caller.id, member: request.caller.member)
        guard let text = request.caller.forwardedHeader else {
            guard let credential else { return .failure(.noCredential) }
            return .success(
                (Requester(credential: credential, credentialNumber: CredentialTable.server, queueKey: queueKey), true))
        }
        guard let own = Credential(ofCaller: text) else { return .failure(.callerKeyMalformed) }
        let (credentialNumber, isAccepted) = entries.find(text)
        // The connections of one who has a key take turns as one. Until TMDB has accepted it, it may be invented.
        let ownKey = isAccepted ? QueueKey(caller: -credentialNumber, member: 0) : queueKey
        return .success((Requester(credential: own, credentialNumber: credentialNumber, queueKey: ownKey), isAccepted))
    }

    /// What names the result of a call in the cache; nil without a cache, and while there is no credential that may
    /// have one there.
    func resultKey(_ tool: String, _ arguments: Arguments, _ request: RequestContext) -> RequestKey? {
        guard scheduler.configuration.cacheBytesMax > 0, case .success((let requester, true)) = requester(of: request)
        else {
            return nil
        }
        return RequestKey(credentialNumber: requester.credentialNumber, result: tool, arguments: arguments.json)
    }

    /// The result that was kept of an equal call, while all that it was made of is fresh.
    func result(of key: RequestKey, for request: RequestContext) -> StructuredContent? {
        (scheduler.result(of: key, for: request.upstream) as? KeptContent)?.content
    }

    /// Keeps the result of a request's call for as long as TMDB's answers to it are fresh. Returns the result, ready to
    /// be sent again where it is kept.
    func cache(
        _ content: StructuredContent, for key: RequestKey, of request: RequestContext
    ) -> StructuredContent {
        guard scheduler.isFresh(request.upstream) else { return content }
        let content = content.prepared
        scheduler.cacheResult(KeptContent(content), byteCount: content.byteCount, for: key, of: request.upstream)
        return content
    }

    /// Calls the action at a time as `deadline(after:)` tells, unless the closure that it returns is called first.
    func schedule(at time: Int64, _ action: @escaping () -> Void) -> Cancellation {
        let dependencies = scheduler.dependencies
        return dependencies.schedule(max(0, time - dependencies.now()), action)
    }

    /// The client's trace context is left out: it would tell a third party of its user, and many may share a request.
    private static func request(_ inFlight: InFlightRequest, _ baseURL: BaseURL, _ userAgent: String) -> HTTPRequest {
        var query = inFlight.query
        var fields = HTTPFields()
        fields.append("Accept", "application/json")
        fields.append("User-Agent", userAgent)
        if let etag = inFlight.etag { fields.append("If-None-Match", etag) }
        inFlight.credential.authorize(query: &query, fields: &fields)
        if !inFlight.body.isEmpty { fields.append("Content-Type", "application/json") }
        var base = baseURL
        var path = inFlight.path
        if path.utf8.starts(with: version4.utf8), let root = BaseURL(root(of: baseURL)) {
            base = root
            path = String(Substring(path.utf8.dropFirst()))
        }
        return HTTPRequest(
            url: base.appending(path: path, query: query), headers: fields, method: inFlight.method,
            body: inFlight.body)
    }

    /// What a path of version 4 of the API begins with.
    static let version4 = "//4"

    /// The base URL without the 3 of version 3.
    private static func root(of baseURL: BaseURL) -> String {
        baseURL.text.hasSuffix("/3") ? String(Substring(baseURL.text.utf8.dropLast(2))) : baseURL.text
    }
}

/// A result in the cache, which keeps objects.
private final class KeptContent {
    let content: StructuredContent

    init(_ content: StructuredContent) { self.content = content }
}
