import JSON
import MCP
import Testing

/// A tool whose calls the test finishes, or that answers at once.
final class HandTool {
    private(set) var arguments: [Arguments] = []
    private(set) var requests: [RequestContext] = []
    private(set) var finishes: [(CallToolResult) -> Void] = []
    /// The numbers of the calls that were cancelled, in that order.
    private(set) var cancelled: [Int] = []
    /// When set, each call is answered with it before `run` returns.
    var immediate: CallToolResult?
    /// Called in each call, before it is answered.
    var onRun: ((RequestContext) -> Void)?

    var tool: Tool {
        Tool(
            name: "look", title: "Look up", description: "Looks things up.", input: HandTool.input,
            outputSchema: ["type": "object"], annotations: ToolAnnotations(.readsOnly, isOpenWorld: true)
        ) { [self] arguments, request, finish in
            let number = finishes.count
            self.arguments.append(arguments)
            requests.append(request)
            finishes.append(finish)
            onRun?(request)
            if let immediate { finish(immediate) }
            return { [self] in cancelled.append(number) }
        }
    }

    /// Drops what was kept of the calls, so that nothing here keeps a request.
    func forget() {
        requests = []
        finishes = []
        onRun = nil
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

func makeServer(
    tools: [Tool] = [], resources: [Resource] = [], templates: [ResourceTemplate] = [], prompts: [Prompt] = [],
    isDynamic: Bool = false, pageSize: Int = MCPLimits.pageSize, clock: (() -> Int64)? = nil,
    observer: RequestObserver? = nil
) -> Server {
    Server(
        implementation: implementation, instructions: "Look first.", tools: tools, resources: resources,
        resourceTemplates: templates, prompts: prompts, isDynamic: isDynamic, pageSize: pageSize, clock: clock,
        observer: observer)
}

/// A tool that answers at once.
func tool(_ name: String = "look", _ result: CallToolResult = .structured(StructuredContent([:]))) -> Tool {
    Tool(
        name: name, title: "T", description: "D", input: InputSchema([]),
        annotations: ToolAnnotations(.readsOnly, isOpenWorld: false)
    ) { _, _, finish in
        finish(result)
        return {}
    }
}

/// A resource that answers at once, with its text by default.
func resource(_ uri: String, _ result: ResourceResult? = nil) -> Resource {
    Resource(uri: uri, name: "n", title: "T", description: "D", mimeType: "text/plain") { _, finish in
        finish(result ?? .contents([ResourceContents(uri: uri, mimeType: nil, .text("text"))], .none))
        return {}
    }
}

/// A template whose resources hold their variables as "name=value" lines.
func template(_ uri: String, completions: [Completion] = []) -> ResourceTemplate {
    ResourceTemplate(
        uri: URITemplate(uri), name: "n", title: "T", description: "D", mimeType: "text/plain", completions: completions
    ) { uri, variables, _, finish in
        let text = variables.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
        finish(.contents([ResourceContents(uri: uri, mimeType: nil, .text(text))], .none))
        return {}
    }
}

/// A prompt that answers at once.
func prompt(
    _ name: String, _ arguments: [Prompt.Argument] = [], completions: [Completion] = [],
    result: PromptResult = .messages([])
) -> Prompt {
    Prompt(name: name, title: "T", description: "D", arguments: arguments, completions: completions) { _, _, finish in
        finish(result)
        return {}
    }
}

/// What the server says of itself to a client of 2026-07-28.
let fullServerInfo: JSONValue = [
    "name": "sample", "title": "A sample", "version": "1.2.3", "description": "For tests",
    "websiteUrl": "https://example.com",
]

/// The `_meta` of every result of 2026-07-28.
let resultMeta: JSONValue = ["io.modelcontextprotocol/serverInfo": fullServerInfo]

/// The `_meta` of a request of 2026-07-28.
func modernMeta(_ capabilities: JSONObject = [:]) -> JSONObject {
    [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": .object(capabilities),
    ]
}

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
    _ id: JSONValue, _ method: String, _ params: JSONObject = [:], in revision: ProtocolVersion,
    capabilities: JSONObject = [:], meta: JSONObject = [:]
) -> JSONValue {
    var params = params
    var whole = revision.era == .modern ? modernMeta(capabilities) : [:]
    for (key, value) in meta { whole.set(key, to: value) }
    if !whole.isEmpty { params.set("_meta", to: .object(whole)) }
    return request(id, method, params)
}

let callParams: JSONObject = ["name": "look", "arguments": ["words": "a"]]

func call(_ id: JSONValue, _ arguments: JSONValue = ["words": "a"]) -> JSONValue {
    request(id, "tools/call", ["name": "look", "arguments": arguments])
}

func cancel(_ id: JSONValue) -> JSONValue { notification("notifications/cancelled", ["requestId": id]) }

func initialize(_ revision: String, _ capabilities: JSONObject = [:]) -> JSONValue {
    request(0, "initialize", ["protocolVersion": .string(revision), "capabilities": .object(capabilities)])
}

func text(of result: JSONValue?) -> String? { result?["content"]?[0]?["text"]?.string }
