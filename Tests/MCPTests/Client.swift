import JSON
import MCP
import Testing

/// A client of one session: what it sends goes in as bytes, and what it is sent comes out as bytes and is parsed.
final class Client {
    let revision: ProtocolVersion?
    private let capabilities: JSONObject
    /// All that was sent to it since `clear`, in order.
    private(set) var received: [JSONValue] = []
    /// How many replies said that nothing more comes, without an answer.
    private(set) var cancellations = 0
    private(set) var pauses: [Int64] = []
    /// Called after each message that was received.
    var onReceive: ((JSONValue) -> Void)?
    private(set) var session: Session?
    private var nextID: Int64 = 1000

    /// With a revision of the legacy era, `initialize` has been sent and its answer cleared.
    init(_ server: Server, _ revision: ProtocolVersion? = nil, capabilities: JSONObject = [:]) {
        self.revision = revision
        self.capabilities = capabilities
        session = Session(server: server) { [unowned self] in take($0) }
        if let revision, revision.era == .legacy {
            send(initialize(revision.text, capabilities))
            clear()
        }
    }

    convenience init(_ hand: HandTool, _ revision: ProtocolVersion? = nil, capabilities: JSONObject = [:]) {
        self.init(makeServer(tools: [hand.tool]), revision, capabilities: capabilities)
    }

    /// Whether the session says that an answer comes.
    @discardableResult
    func send(_ text: String) -> Bool { send(IncomingPayload(parsing: text.utf8.span)) }

    @discardableResult
    func send(_ message: JSONValue) -> Bool { send(message.text) }

    @discardableResult
    func send(_ payload: IncomingPayload) -> Bool {
        session?.receive(payload) { [unowned self] in take($0) } ?? false
    }

    /// Sends a request in the client's revision. Its id leads to its answer.
    @discardableResult
    func begin(_ method: String, _ params: JSONObject = [:], meta: JSONObject = [:]) -> JSONValue {
        nextID += 1
        let id = JSONValue.number(JSONNumber(nextID))
        let revision = revision ?? .newestLegacy
        send(request(id, method, params, in: revision, capabilities: capabilities, meta: meta))
        return id
    }

    /// Sends a request that is answered at once.
    func ask(_ method: String, _ params: JSONObject = [:], meta: JSONObject = [:]) -> JSONValue? {
        answer(to: begin(method, params, meta: meta))
    }

    /// Sends a message that is answered at once with one message.
    func ask(_ message: JSONValue) -> JSONValue? {
        let count = received.count
        send(message)
        #expect(received.count == count + 1)
        return received.last
    }

    func answer(to id: JSONValue) -> JSONValue? {
        let answers = received.filter { $0["id"] == id && $0["method"] == nil }
        #expect(answers.count <= 1)
        return answers.first
    }

    func clear() { received = [] }

    func close() {
        session?.close()
        session = nil
    }

    var requestsInFlight: Int { session?.requestsInFlight ?? 0 }

    var methods: [String] { received.compactMap { $0["method"]?.string } }

    /// The requests of the server's.
    var questions: [JSONValue] { received.filter { $0["method"] != nil && $0["id"] != nil } }

    /// Answers a request of the server's.
    func reply(to question: JSONValue?, _ result: JSONValue) {
        send(["jsonrpc": "2.0", "id": question?["id"] ?? nil, "result": result])
    }

    func reply(to question: JSONValue?, error message: String) {
        send(["jsonrpc": "2.0", "id": question?["id"] ?? nil, "error": ["code": -1, "message": .string(message)]])
    }

    private func take(_ reply: Reply) {
        switch reply {
        case .message(let message), .progress(let message), .answer(let message): take(message)
        case .pause(let milliseconds): pauses.append(milliseconds)
        case .cancelled: cancellations += 1
        }
    }

    private func take(_ message: OutgoingMessage) {
        guard let value = parsed(message) else { return }
        received.append(value)
        onReceive?(value)
    }
}

/// The message as its bytes say it; no bytes are more than one line.
func parsed(_ message: OutgoingMessage) -> JSONValue? {
    var bytes: [UInt8] = []
    message.write(into: &bytes)
    #expect(!bytes.contains(UInt8(ascii: "\n")))
    let value = try? JSONValue(parsing: bytes.span)
    #expect(value != nil)
    return value
}

extension JSONValue {
    var result: JSONValue? { self["result"] }
    var error: JSONValue? { self["error"] }
    var code: Int64? { self["error"]?["code"]?.int64 }
    var message: String { self["error"]?["message"]?.string ?? "" }
    /// The names of its members, sorted.
    var keys: [String] { object?.map(\.key).sorted() ?? [] }
}
