public import JSON

/// What a request needs from its client before it can be answered (2026-07-28, basic/patterns/mrtr). Older clients are
/// asked by requests of the server's, and the work begins anew with their answers, so it is written once for both eras.
public struct InputRequired: Equatable, Sendable {
    public struct Question: Equatable, Sendable {
        /// Names the answer among `RequestContext.inputResponses`.
        public let key: String
        public let kind: Kind

        public init(_ key: String, _ kind: Kind) {
            self.key = key
            self.kind = kind
        }
    }

    public enum Kind: Equatable, Sendable {
        /// Ask the user; the parameters of elicitation/create.
        case elicitation(JSONObject)
        /// Ask the client's model; the parameters of sampling/createMessage.
        case sampling(JSONObject)
        /// Ask for the folders that the client works in.
        case roots
    }

    public let questions: [Question]
    /// Comes back with the answers. The client can read and change it: whoever relies on it must seal it.
    public let state: String?

    public init(_ questions: [Question], state: String? = nil) {
        // A client that gets neither has nothing to do (2026-07-28, basic/patterns/mrtr, Server Requirements).
        assert(!questions.isEmpty || state != nil)
        self.questions = questions
        self.state = state
    }

    var result: JSONObject {
        var object: JSONObject = ["resultType": "input_required"]
        let requests = questions.map { ($0.key, JSONValue.object($0.kind.request)) }
        if !questions.isEmpty { object.set("inputRequests", to: .object(JSONObject(requests))) }
        if let state { object.set("requestState", to: .string(state)) }
        return object
    }

    /// The capabilities that the questions need and the client did not declare, each once.
    public func missingCapabilities(_ capabilities: ClientCapabilities) -> [String] {
        var names: [String] = []
        for question in questions where !question.kind.isOffered(by: capabilities) {
            if !names.contains(question.kind.capability) { names.append(question.kind.capability) }
        }
        return names
    }
}

extension InputRequired.Kind {
    var method: String {
        switch self {
        case .elicitation: "elicitation/create"
        case .sampling: "sampling/createMessage"
        case .roots: "roots/list"
        }
    }

    var params: JSONObject {
        switch self {
        case .elicitation(let params), .sampling(let params): params
        case .roots: [:]
        }
    }

    /// The request as it stands among `inputRequests`.
    public var request: JSONObject { ["method": .string(method), "params": .object(params)] }

    var capability: String {
        switch self {
        case .elicitation: "elicitation"
        case .sampling: "sampling"
        case .roots: "roots"
        }
    }

    func isOffered(by capabilities: ClientCapabilities) -> Bool {
        switch self {
        case .elicitation: capabilities.elicitation
        case .sampling: capabilities.sampling
        case .roots: capabilities.roots
        }
    }
}
