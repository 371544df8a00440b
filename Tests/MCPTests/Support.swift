import JSON
import MCP
import Testing

/// A tool whose calls the test finishes, or that answers at once.
final class HandTool {
    private(set) var arguments: [Arguments] = []
    private(set) var finishes: [(ToolResult) -> Void] = []
    /// The numbers of the calls that were cancelled, in that order.
    private(set) var cancelled: [Int] = []
    /// When set, each call is answered with it before `run` returns.
    var immediate: ToolResult?

    var tool: Tool {
        Tool(
            name: "look", title: "Look up", description: "Looks things up.", input: HandTool.input,
            outputSchema: ["type": "object"]
        ) { [self] arguments, finish in
            let number = finishes.count
            self.arguments.append(arguments)
            finishes.append(finish)
            if let immediate { finish(immediate) }
            return { [self] in cancelled.append(number) }
        }
    }

    static let input = InputSchema([
        Parameter("words", .text(length: 1...10), isRequired: true, description: "what to look for"),
        Parameter("page", .integer(1...5), default: 1, description: "the page"),
    ])
}

/// Every revision, and those that begin with `initialize`.
let revisions = ProtocolVersion.allCases
let legacyRevisions = revisions.filter { $0.era == .legacy }

let implementation = Implementation(
    name: "sample", title: "A sample", version: "1.2.3", description: "For tests", websiteURL: "https://example.com")

func makeServer(_ tool: Tool = HandTool().tool) -> Server {
    Server(implementation: implementation, instructions: "Look first.", tools: [tool])
}

/// What the server says of itself to a client of 2026-07-28.
let fullServerInfo: JSONValue = [
    "name": "sample", "title": "A sample", "version": "1.2.3", "description": "For tests",
    "websiteUrl": "https://example.com",
]

/// The `_meta` of a request of 2026-07-28.
let modernMeta: JSONValue = [
    "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
]

func request(_ id: JSONValue, _ method: String, _ params: JSONObject? = nil) -> JSONValue {
    var object: JSONObject = ["jsonrpc": "2.0", "id": id, "method": .string(method)]
    if let params { object.set("params", to: .object(params)) }
    return .object(object)
}

func notification(_ method: String, _ params: JSONValue? = nil) -> JSONValue {
    var object: JSONObject = ["jsonrpc": "2.0", "method": .string(method)]
    if let params { object.set("params", to: params) }
    return .object(object)
}

/// A request as a client of that revision makes it.
func request(
    _ id: JSONValue, _ method: String, _ params: JSONObject = [:], in revision: ProtocolVersion
) -> JSONValue {
    var params = params
    if revision.era == .modern { params.set("_meta", to: modernMeta) }
    return request(id, method, params)
}

func call(_ id: JSONValue, _ arguments: JSONValue = ["words": "a"]) -> JSONValue {
    request(id, "tools/call", ["name": "look", "arguments": arguments])
}

func cancel(_ id: JSONValue) -> JSONValue { notification("notifications/cancelled", ["requestId": id]) }

func initialize(_ revision: String) -> JSONValue {
    request(0, "initialize", ["protocolVersion": .string(revision)])
}

extension Session {
    /// A session as a client of that revision has it: after `initialize` where there is one.
    static func open(_ revision: ProtocolVersion, _ server: Server = makeServer()) -> Session {
        var session = Session(server: server)
        if revision.era == .legacy { _ = session.take(initialize(revision.text)) }
        return session
    }

    mutating func take(_ message: JSONValue) -> Action {
        do throws(IncomingMessage.Malformed) {
            return receive(try IncomingMessage(message))
        } catch {
            return refuse(id: error.id, error.error)
        }
    }
}

extension Session.Action {
    var isNone: Bool {
        if case .none = self { true } else { false }
    }

    var sent: JSONValue? {
        if case .send(let message) = self { message } else { nil }
    }

    var result: JSONValue? { sent?["result"] }

    var error: JSONValue? { sent?["error"] }

    var errorCode: Int64? { error?["code"]?.int64 }

    var errorMessage: String { error?["message"]?.string ?? "" }

    var started: Session.CallID? {
        if case .call(let id, _, _) = self { id } else { nil }
    }

    var cancelled: Session.CallID? {
        if case .cancel(let id) = self { id } else { nil }
    }
}

/// A connection and what it sent.
final class Client {
    private(set) var received: [JSONValue] = []
    private var connection: Connection?

    init(_ tool: Tool, revision: String? = nil) {
        connection = Connection(server: makeServer(tool)) { [unowned self] in received.append($0) }
        if let revision {
            send(initialize(revision))
            received = []
        }
    }

    var callsInFlight: Int { connection?.callsInFlight ?? 0 }

    func send(_ message: JSONValue) { send(message.text) }

    func send(_ text: String) { connection?.receive(text.utf8.span) }

    func sendTooLong() { connection?.receiveTooLong() }

    func cancelAll() { connection?.cancelAll() }
}

func text(of result: JSONValue?) -> String? { result?["content"]?[0]?["text"]?.string }
