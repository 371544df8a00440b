import Bytes
import JSON

/// One client: the messages that belong together, without their input and output.
///
/// On stdio that is all of a connection, and both eras are served: a request whose `_meta` names a revision stands
/// alone (2026-07-28), the others belong to what `initialize` settled (2025-11-25 and earlier). Over HTTP it is one
/// session of the legacy era.
public final class Session {
    let server: Server
    /// Takes messages that belong to no request: changes, for clients of the legacy era.
    private let notify: (OutgoingMessage) -> Void
    /// What `initialize` has settled; nil before it.
    package private(set) var settled: Settled?
    private var logLevel = LoggingLevel.info
    /// An error that is none of a request's: the client is told of it, once it has said that its session has begun.
    public var note: String?
    private var running: [UInt64: RequestContext] = [:]
    private var nextRequest: UInt64 = 0
    private var questions = OpenQuestions()
    private var subscriptions: [String] = []
    private var listener: ChangeFeed.ListenerID?

    /// What a client and a server agree on for the rest of a session.
    package struct Settled: Equatable {
        package let version: ProtocolVersion
        package let clientCapabilities: ClientCapabilities

        package init(version: ProtocolVersion, clientCapabilities: ClientCapabilities) {
            self.version = version
            self.clientCapabilities = clientCapabilities
        }
    }

    public convenience init(server: Server, notify: @escaping (OutgoingMessage) -> Void) {
        self.init(server: server, settled: nil, notify: notify)
    }

    /// - Parameter settled: in a session that another process has begun, and this one goes on with. What its client
    ///   wanted since, such as a log level and subscriptions, is not known.
    package init(server: Server, settled: Settled?, notify: @escaping (OutgoingMessage) -> Void) {
        self.server = server
        self.notify = notify
        if let settled { settle(settled) }
    }

    /// The revision that `initialize` settled on.
    public var version: ProtocolVersion? { settled?.version }

    /// Requests that still owe an answer, subscriptions left out: they end when the client or the server wants.
    public var requestsInFlight: Int { running.values.reduce(0) { $0 + ($1.isSubscription ? 0 : 1) } }

    /// Takes what one line or HTTP body held. Says whether `reply` is called, now or later: what holds no request is
    /// not answered.
    @discardableResult
    @inline(never)  // would be copied with what it calls into each transport
    public func receive(
        _ payload: IncomingPayload, from caller: Caller = .local, reply: @escaping (Reply) -> Void
    ) -> Bool {
        switch payload {
        case .message(let message): return receive(message, caller, reply)
        case .batch(let messages): return receiveBatch(messages, caller, reply)
        case .malformed(let malformed):
            reply(.answer(.error(id: malformed.id, malformed.error, version ?? .v2026_07_28)))
            return true
        }
    }

    /// Ends what would wait for ever, in good order. Requests that work go on.
    public func endSubscriptions() {
        for request in running.values { request.endSubscription() }
    }

    /// Fails what waits for answers of the client, which will send nothing more.
    public func endQuestions() {
        while let pendingInput = questions.first {
            questions.remove(of: pendingInput)
            pendingInput.request.fail("The client went away before it answered a question of the server's.")
        }
    }

    /// Answers every request that runs with an error.
    public func giveUp() {
        for request in running.values { request.giveUp() }
    }

    /// Cancels every request and forgets what the client wanted. The session must not be used after it.
    public func close() {
        for request in running.values { request.cancel() }
        running = [:]
        if let listener { server.changes.stop(listener) }
        listener = nil
    }

    private func receive(_ message: IncomingMessage, _ caller: Caller, _ reply: @escaping (Reply) -> Void) -> Bool {
        switch message {
        case .request(let id, let method, let params):
            serve(id, method, params, caller, reply)
            return true
        case .notification(let method, let params):
            if method == "notifications/cancelled" { cancel(params["requestId"]) }
            if method == "notifications/initialized" { tellNote() }
            return false
        case .response(let id, let answer):
            if let id { takeAnswer(id, answer) }
            return false
        }
    }

    private func tellNote() {
        guard let text = note, settled != nil else { return }
        note = nil
        let params: JSONObject = ["level": .string(LoggingLevel.error.name), "data": .string(text)]
        notify(.notification(method: "notifications/message", params: params))
    }

    private func receiveBatch(_ messages: [JSONValue], _ caller: Caller, _ reply: @escaping (Reply) -> Void) -> Bool {
        guard version == .v2025_03_26, (1...MCPLimits.batchMax).contains(messages.count) else {
            let words =
                version == .v2025_03_26
                ? "A batch must have at least one message and at most \(MCPLimits.batchMax)."
                : "Batches belong to revision 2025-03-26: send one message at a time."
            let error = RPCError(.invalidRequest, words)
            return receive(.malformed(IncomingMessage.Malformed(id: nil, error: error)), reply: reply)
        }
        let payloads = messages.map { IncomingPayload(batched: $0) }
        let open = payloads.reduce(0) { $0 + ($1.wantsAnswer ? 1 : 0) }
        let batch = Batch(open: open, reply: reply)
        for payload in payloads { receive(payload, from: caller) { batch.add($0) } }
        return open > 0
    }

    // MARK: Requests

    private func serve(
        _ id: RequestID, _ method: String, _ params: JSONObject, _ caller: Caller, _ reply: @escaping (Reply) -> Void
    ) {
        do throws(RPCError) {
            if RequestMeta.isModern(params) {
                let meta = try RequestMeta(params)
                run(
                    RequestContext(
                        server, id: id, method: method, params: params, version: meta.version,
                        clientCapabilities: meta.clientCapabilities, logLevel: meta.logLevel, caller: caller,
                        reply: reply))
            } else {
                try serveLegacy(id, method, params, caller, reply)
            }
        } catch {
            reply(.answer(.error(id: id, error, version ?? .v2026_07_28)))
        }
    }

    private func serveLegacy(
        _ id: RequestID, _ name: String, _ params: JSONObject, _ caller: Caller, _ reply: @escaping (Reply) -> Void
    ) throws(RPCError) {
        let method = Method(rawValue: name)
        let isOpen = method == .initialize || method == .ping
        guard let version = version ?? (isOpen ? .newestLegacy : nil), method != .discover else {
            throw Session.outOfPlace(name)
        }
        let request = RequestContext(
            server, id: id, method: name, params: params, version: version,
            clientCapabilities: settled?.clientCapabilities ?? ClientCapabilities([:]), logLevel: logLevel,
            caller: caller, reply: reply)
        do throws(RPCError) {
            switch method {
            case .initialize: request.deliver(.complete(try initialize(params)))
            case .ping: request.deliver(.complete([:]))
            case .setLoggingLevel:
                logLevel = try LoggingLevel(params["level"] ?? .null)
                request.deliver(.complete([:]))
            case .subscribe where takesSubscriptions:
                try subscribe(params)
                request.deliver(.complete([:]))
            case .unsubscribe where takesSubscriptions:
                _ = try unsubscribe(params, .unsubscribe)
                request.deliver(.complete([:]))
            default:
                request.ask = { [self] input in ask(request, input) }
                run(request)
            }
        } catch {
            request.deliver(.refused(error))
        }
    }

    private static func outOfPlace(_ method: String) -> RPCError {
        if Method(rawValue: method) == .discover {
            return RPCError(
                .invalidParams, "server/discover needs params._meta with the revision and the capabilities.")
        }
        return RPCError(
            .invalidParams,
            "\(method.shortened) came before initialize. Send initialize first (revisions to 2025-11-25), or name the "
                + "revision and the client's capabilities in params._meta (2026-07-28).")
    }

    /// Serves a request and keeps it while it runs, so that it can be cancelled.
    private func run(_ request: RequestContext) {
        guard running.count < MCPLimits.callsMax else {
            let busy = "\(MCPLimits.callsMax) requests are running: wait for answers before the next one."
            guard request.method == .callTool else { return request.refuse(RPCError(.internalError, busy)) }
            return request.deliver(CallToolResult.failure(busy).outcome(for: request.version))
        }
        let key = nextRequest
        nextRequest += 1
        running[key] = request
        request.onEnd = { [self] in running[key] = nil }
        server.serve(request)
    }

    private func cancel(_ id: JSONValue?) {
        guard let id = id.flatMap(RequestID.init) else { return }
        var newest: UInt64?
        // Should a client have given one id to several, they are numbered in order.
        for (key, request) in running where request.id == id { newest = max(newest ?? key, key) }
        if let newest { running[newest]?.cancel() }
    }

    private func initialize(_ params: JSONObject) throws(RPCError) -> JSONObject {
        guard let wanted = params["protocolVersion"]?.string else {
            throw RPCError(.invalidParams, "initialize needs protocolVersion, such as \"2025-11-25\".")
        }
        // A client that asks for a revision unknown here is offered the newest of that era (2025-11-25,
        // basic/lifecycle, Version Negotiation).
        let version = ProtocolVersion(wanted).flatMap { $0.era == .legacy ? $0 : nil } ?? .newestLegacy
        let capabilities = ClientCapabilities(params["capabilities"]?.object ?? [:])
        settle(Settled(version: version, clientCapabilities: capabilities))
        return server.initializeResult(for: version)
    }

    private func settle(_ settled: Settled) {
        self.settled = settled
        if server.isDynamic, listener == nil { listener = server.changes.listen { [self] in tell($0) } }
    }

    // MARK: Changes

    private var takesSubscriptions: Bool { server.isDynamic && server.offersResources }

    private func unsubscribe(_ params: JSONObject, _ method: Method) throws(RPCError) -> String {
        guard let uri = params["uri"]?.string else {
            throw RPCError(.invalidParams, "\(method.rawValue) needs the uri of a resource.")
        }
        subscriptions.removeAll { $0 == uri }
        return uri
    }

    private func subscribe(_ params: JSONObject) throws(RPCError) {
        let uri = try unsubscribe(params, .subscribe)
        guard server.hasResource(uri) else {
            throw ResourceResult.notFoundError(uri, version ?? .newestLegacy)
        }
        guard subscriptions.count < MCPLimits.subscriptionsMax else {
            throw RPCError(.invalidParams, "A session takes \(MCPLimits.subscriptionsMax) subscriptions at most.")
        }
        subscriptions.append(uri)
    }

    private func tell(_ change: ChangeFeed.Change) {
        if case .resource(let uri) = change, !subscriptions.contains(uri) { return }
        let (method, params) = change.notification
        notify(.notification(method: method, params: params))
    }

    // MARK: Questions

    /// Asks a client of the legacy era by requests of the server's.
    private func ask(_ request: RequestContext, _ input: InputRequired) {
        guard request.rounds < MCPLimits.roundsMax else {
            let words = "It took more than \(MCPLimits.roundsMax) rounds of questions."
            return request.refuse(RPCError(.internalError, words))
        }
        let pendingInput = PendingInputRequests(request, input)
        guard pendingInput.open > 0 else { return resume(pendingInput) }
        request.setWork { [self] in questions.remove(of: pendingInput) }
        // All are known before the first one is sent, since an answer may come in before the next question is out.
        let ids = input.questions.map { questions.add($0.key, of: pendingInput) }
        for (id, question) in zip(ids, input.questions) {
            request.send(.request(id: id, method: question.kind.method, params: question.kind.params))
        }
    }

    private func takeAnswer(_ id: Int64, _ answer: ClientAnswer) {
        guard let (pendingInput, key) = questions.remove(id) else { return }
        switch answer {
        case .result(let result):
            pendingInput.record(result, for: key)
            if pendingInput.open == 0 { resume(pendingInput) }
        case .error(let message):
            questions.remove(of: pendingInput)
            pendingInput.request.fail("The client refused a question of the server's: \(message)")
        }
    }

    private func resume(_ pendingInput: PendingInputRequests) {
        guard !pendingInput.request.isEnded else { return }
        pendingInput.close()
        server.serve(pendingInput.request)
    }
}
