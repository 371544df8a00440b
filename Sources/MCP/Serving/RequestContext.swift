import Bytes
public import JSON

/// One request while it is served: what a tool, resource or prompt may know of its client and tell it on the way.
///
/// It ends once: answered, or cancelled. What is told after that goes nowhere.
public final class RequestContext {
    public let version: ProtocolVersion
    public let clientCapabilities: ClientCapabilities
    public let caller: Caller
    /// What the client said of the trace that the request is part of.
    public let traceParent: TraceParent?
    /// What the server's own code keeps of the request; the observer gets it at the end.
    public var storage: AnyObject?
    let id: RequestID
    /// Nil for a name that is none; see `methodName`.
    let method: Method?
    /// The client's word.
    let methodName: String
    private(set) var params: JSONObject
    /// The tool or prompt that is called, or the extension's method, once it is known to exist.
    var name: String?
    /// The tool or prompt that there is not.
    var unknownName: String?
    /// Answers to `InputRequired` by key, empty at first. A client's own words: check them.
    public internal(set) var inputResponses: JSONObject
    /// The state of the `InputRequired` that these are the answers to. A client may forge it.
    public internal(set) var requestState: String?

    private let server: Server
    private let logLevel: LoggingLevel?
    private let progressToken: JSONValue?
    private var lastProgress: Double?
    /// When progress was told last, at first when the request began; by the server's clock.
    private var progressTime: Int64
    private var machine = RequestStateMachine()
    /// Nil once the request has ended.
    private var reply: ((Reply) -> Void)?
    private var cancellation: Cancellation?
    /// Asks a client of the legacy era, and starts the work anew; set by the session.
    var ask: ((InputRequired) -> Void)?
    /// Called once, at the end.
    var onEnd: (() -> Void)?
    var isSubscription = false
    /// How often the client was asked.
    var rounds = 0
    private let began: Int64
    private var resultMeta = JSONObject()

    @inline(never)  // would be copied into each path of a request
    init(
        _ server: Server, id: RequestID, method methodName: String, params: JSONObject, version: ProtocolVersion,
        clientCapabilities: ClientCapabilities, logLevel: LoggingLevel?, caller: Caller,
        reply: @escaping (Reply) -> Void
    ) {
        self.server = server
        self.id = id
        self.methodName = methodName
        method = Method(rawValue: methodName)
        self.params = params
        self.version = version
        self.clientCapabilities = clientCapabilities
        self.logLevel = logLevel
        self.caller = caller
        self.reply = reply
        traceParent = params["_meta"]?["traceparent"]?.string.flatMap { TraceParent($0) }
        // Text or a whole number, as an id is (basic/utilities/progress).
        progressToken = params["_meta"]?["progressToken"].flatMap(RequestID.init)?.json
        inputResponses = [:]
        progressTime = server.clock?() ?? 0
        began = server.observer?.clock() ?? 0
    }

    public var isEnded: Bool { !machine.isOpen }

    /// A value of the request's `_meta`, such as "traceparent". Gone once the work has begun: read it there.
    public func meta(_ key: String) -> JSONValue? { params["_meta"]?[key] }

    /// Tells how far the work is. Values must grow (basic/utilities/progress): one that does not is dropped, and so is
    /// one that comes soon after another, or just before the end. `total` is in the same unit. Nothing is sent unless
    /// the client asked for it.
    public func report(progress: Double, total: Double? = nil, message: String? = nil) {
        guard let progressToken, let number = JSONNumber(shortest: progress),
            lastProgress.map({ $0 < progress }) ?? true
        else { return }
        if let now = server.clock?() {
            guard now - progressTime >= MCPLimits.progressNanoseconds else { return }
            progressTime = now
        }
        lastProgress = progress
        var params: JSONObject = ["progressToken": progressToken, "progress": .number(number)]
        if let total, let number = JSONNumber(shortest: total) { params.set("total", to: .number(number)) }
        if let message, version.hasToolAnnotations { params.set("message", to: .string(message)) }
        reply?(.progress(.notification(method: "notifications/progress", params: params)))
    }

    /// Tells the client about the work, when it asked for messages of that level. No secrets.
    public func log(_ level: LoggingLevel, _ data: JSONValue, logger: String? = nil) {
        guard let logLevel, level.rawValue >= logLevel.rawValue else { return }
        var params: JSONObject = ["level": .string(level.name)]
        if let logger { params.set("logger", to: .string(logger)) }
        params.set("data", to: data)
        notify("notifications/message", params)
    }

    /// Adds a member to the `_meta` of the result, if the request ends with one. Its name has a prefix of its own
    /// (basic/index, `_meta`).
    public func addResultMeta(_ key: String, _ value: JSONValue) { resultMeta.set(key, to: value) }

    /// Closes the connection that waits for the answer, where the transport lets the client come back for it
    /// (2025-11-25, basic/transports, Streamable HTTP: polling). Elsewhere nothing happens. The work goes on.
    public func disconnect(retryAfterMilliseconds milliseconds: Int64) {
        reply?(.pause(retryAfterMilliseconds: milliseconds))
    }

    /// Stops the work. The request is not answered.
    public func cancel() {
        guard machine.requestCancelled() else { return }
        let cancellation = cancellation
        sendLast(.cancelled, .cancelled)
        cancellation?()
    }

    /// Calls `action` at the end, before the last reply.
    public func whenEnded(_ action: @escaping () -> Void) { onEnd = action }

    /// Stops the work and answers with an error, as a server that stops does to what would wait for ever.
    public func refuse(_ error: RPCError) {
        stopWork()
        deliver(.refused(error))
    }

    /// Stops the work and tells the client that the server cannot wait for its end.
    @inline(never)  // would be copied into each loop
    package func giveUp() {
        stopWork()
        fail("The server is stopping and gives this up: ask again.")
    }

    func notify(_ method: String, _ params: JSONObject) {
        reply?(.message(.notification(method: method, params: params)))
    }

    func send(_ message: OutgoingMessage) { reply?(.message(message)) }

    /// Ends with what a model can read where it is a tool's call, else with an error.
    func fail(_ words: String) {
        guard method == .callTool else { return refuse(RPCError(.internalError, words)) }
        deliver(CallToolResult.failure(words).outcome(for: version))
    }

    /// What stops the work that goes on.
    func setWork(_ cancellation: @escaping Cancellation) {
        if machine.workReturned(machine.workBegan()) == .keepCancellation { self.cancellation = cancellation }
    }

    /// Starts work that may go on after this returns.
    func start(_ work: () -> Cancellation) {
        let number = machine.workBegan()
        let cancellation = work()
        switch machine.workReturned(number) {
        case .none: break
        case .keepCancellation: self.cancellation = cancellation
        case .stopWork: cancellation()
        }
    }

    /// Takes what a client of the modern era sends again with its request. A legacy one is asked by the session.
    func readInputResponses() throws(RPCError) {
        guard version.era == .modern else { return }
        if let responses = params["inputResponses"] {
            guard let object = responses.object else {
                throw RPCError(.invalidParams, "inputResponses must be an object.")
            }
            inputResponses = object
        }
        if let state = params["requestState"] {
            guard let text = state.string else { throw RPCError(.invalidParams, "requestState must be a string.") }
            requestState = text
        }
    }

    /// Gives up what the client sent, which may be long, while the work goes on. A request that may begin anew keeps
    /// it.
    func forgetParams() {
        if ask == nil { params = [:] }
    }

    /// Ends the work of a request that will be answered all the same.
    func stopWork() {
        let cancellation = cancellation
        self.cancellation = nil
        cancellation?()
    }

    func deliver(_ outcome: RequestOutcome) {
        guard !isEnded else { return }
        switch outcome {
        case .complete, .structured, .prepared: answer(outcome, .success)
        case .failed: answer(outcome, .toolFailure)
        case .refused(let error): answer(.error(id: id, error, version), .refused(error.code))
        case .inputRequired(let input):
            // The work is over, and begins anew.
            cancellation = nil
            let missingNames = input.missingCapabilities(clientCapabilities)
            if !missingNames.isEmpty {
                deliver(missing(missingNames))
            } else if let ask {
                ask(input)
            } else {
                answer(.complete(input.result), .success)
            }
        }
    }

    /// A client of the legacy era knows no error for it; a model can read a tool's failure.
    private func missing(_ capabilities: [String]) -> RequestOutcome {
        if version.era == .modern { return .refused(.missingCapabilities(capabilities)) }
        let words = "This needs a client that declares \(ClientCapabilities.words(capabilities))."
        guard method == .callTool else { return .refused(RPCError(.invalidRequest, words)) }
        return CallToolResult.failure(words).outcome(for: version)
    }

    private func seal(_ result: JSONObject) -> JSONObject {
        var result = result
        if !resultMeta.isEmpty {
            var meta = result["_meta"]?.object ?? [:]
            for (key, value) in resultMeta { meta.set(key, to: value) }
            result.set("_meta", to: .object(meta))
        }
        return version.era == .modern ? server.sealed(result) : result
    }

    /// Nil for an outcome that is no result.
    func result(of outcome: RequestOutcome) -> OutgoingMessage.Result? {
        switch outcome {
        case .complete(let result), .failed(let result): .object(seal(result))
        case .structured(let content):
            .structured(content, isTextAlone: !server.isStructured(version), rest: seal([:]))
        case .prepared(let text): .prepared(text)
        case .refused, .inputRequired: nil
        }
    }

    private func answer(_ outcome: RequestOutcome, _ recorded: RequestRecord.Outcome) {
        if let result = result(of: outcome) { answer(.result(id: id, result), recorded) }
    }

    private func answer(_ message: OutgoingMessage, _ outcome: RequestRecord.Outcome) {
        if machine.answerGiven() { sendLast(.answer(message), outcome) }
    }

    private func sendLast(_ last: Reply, _ outcome: RequestRecord.Outcome) {
        let reply = reply
        self.reply = nil
        cancellation = nil
        ask = nil
        let onEnd = onEnd
        self.onEnd = nil
        onEnd?()
        if let observer = server.observer {
            let duration = observer.clock() - began
            let known = outcome == .refused(.methodNotFound) ? nil : method
            observer.record(
                RequestRecord(
                    method: known, name: name,
                    unknown: known == nil && name == nil ? methodName.shortened : unknownName,
                    outcome: outcome,
                    nanoseconds: duration, storage: storage, traceParent: traceParent))
        }
        reply?(last)
    }
}

extension JSONNumber {
    /// Without a fraction where there is none.
    fileprivate init?(shortest value: Double) {
        guard let number = JSONNumber(value) else { return nil }
        self = number.int64.map { JSONNumber($0) } ?? number
    }
}
