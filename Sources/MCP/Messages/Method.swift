/// A request that a client may send: the methods of the schema's `ClientRequest`, of all revisions.
public enum Method: String, CaseIterable, Sendable {
    case initialize
    case ping
    case discover = "server/discover"
    case listTools = "tools/list"
    case callTool = "tools/call"
    case listResources = "resources/list"
    case listResourceTemplates = "resources/templates/list"
    case readResource = "resources/read"
    case subscribe = "resources/subscribe"
    case unsubscribe = "resources/unsubscribe"
    case listPrompts = "prompts/list"
    case getPrompt = "prompts/get"
    case complete = "completion/complete"
    case setLoggingLevel = "logging/setLevel"
    case listen = "subscriptions/listen"

    /// What a server offers when it has the method; nil for what every server has.
    public enum Capability: Equatable, Sendable {
        case tools, resources, prompts, completions
    }

    /// What a request is to a session.
    public enum Kind: Equatable, Sendable {
        /// It settles or changes what holds for the session, and is answered by it.
        case session
        /// It reads what the server offers.
        case listing
        /// It has the server's own code work.
        case work
        /// It is open until the client or the server ends it.
        case subscription
    }

    public var kind: Kind {
        switch self {
        case .initialize, .ping, .subscribe, .unsubscribe, .setLoggingLevel: .session
        case .discover, .listTools, .listResources, .listResourceTemplates, .listPrompts: .listing
        case .callTool, .readResource, .getPrompt, .complete: .work
        case .listen: .subscription
        }
    }

    var capability: Capability? {
        switch self {
        case .initialize, .ping, .discover, .setLoggingLevel, .listen: nil
        case .listTools, .callTool: .tools
        case .listResources, .listResourceTemplates, .readResource, .subscribe, .unsubscribe: .resources
        case .listPrompts, .getPrompt: .prompts
        case .complete: .completions
        }
    }

    /// Whether revisions of the era have it.
    public func exists(in era: ProtocolVersion.Era) -> Bool {
        switch self {
        case .initialize, .ping, .subscribe, .unsubscribe, .setLoggingLevel: era == .legacy
        case .discover, .listen: era == .modern
        case .listTools, .callTool, .listResources, .listResourceTemplates, .readResource, .listPrompts, .getPrompt,
            .complete:
            true
        }
    }

    /// The member of `params` that the header Mcp-Name repeats (2026-07-28, basic/transports/streamable-http, Request
    /// Metadata); nil when there is none.
    public var mirroredParam: String? {
        switch self {
        case .callTool, .getPrompt: "name"
        case .readResource: "uri"
        case .initialize, .ping, .discover, .listTools, .listResources, .listResourceTemplates, .subscribe,
            .unsubscribe, .listPrompts, .complete, .setLoggingLevel, .listen:
            nil
        }
    }

    /// What `params.name` names: "tool" or "prompt", as OpenTelemetry and people call it; nil when it names nothing.
    public var subject: String? {
        switch self {
        case .callTool: "tool"
        case .getPrompt: "prompt"
        case .initialize, .ping, .discover, .listTools, .listResources, .listResourceTemplates, .readResource,
            .subscribe, .unsubscribe, .listPrompts, .complete, .setLoggingLevel, .listen:
            nil
        }
    }
}
