public import JSON

/// What a server offers: its name, its words for the model, tools, resources and prompts. The same for every client.
public final class Server {
    public let implementation: Implementation
    /// How to use the server well, for a model. 2025-11-25, basic/lifecycle; 2026-07-28, server/discover.
    public let instructions: String
    public private(set) var tools: [Tool]
    public let resources: [Resource]
    public let resourceTemplates: [ResourceTemplate]
    let extensions: Extensions?
    public private(set) var prompts: [Prompt]
    public let changes = ChangeFeed()
    /// Whether tools and prompts may be replaced while clients are there, and resources be updated.
    let isDynamic: Bool
    /// Entries of one page of a list.
    let pageSize: Int
    let observer: RequestObserver?
    private let hasStructuredOutput: Bool
    /// A clock that never goes back, in nanoseconds.
    let clock: (() -> Int64)?
    /// Whether there are or were tools: a method that clients were told of stays, though its list be empty.
    private(set) var offersTools: Bool
    /// The same of prompts.
    private(set) var offersPrompts: Bool
    private var preparedLists: [ListKey: [UInt8]] = [:]
    private let sealMeta: JSONValue

    /// - Parameters:
    ///   - hasStructuredOutput: false leaves `outputSchema` and `structuredContent` out for every client, as for those
    ///     of revisions that have neither: some clients hand a model both forms of a result.
    ///   - clock: one that never goes back, in nanoseconds. Progress is told only so often by it
    ///     (`MCPLimits.progressNanoseconds`), and without it each time.
    public init(
        implementation: Implementation, instructions: String, tools: [Tool] = [], resources: [Resource] = [],
        resourceTemplates: [ResourceTemplate] = [], prompts: [Prompt] = [], extensions: Extensions? = nil,
        isDynamic: Bool = false, pageSize: Int = MCPLimits.pageSize, hasStructuredOutput: Bool = true,
        clock: (() -> Int64)? = nil, observer: RequestObserver? = nil
    ) {
        self.implementation = implementation
        self.instructions = instructions
        self.tools = tools
        self.resources = resources
        self.resourceTemplates = resourceTemplates
        self.prompts = prompts
        self.extensions = extensions
        self.isDynamic = isDynamic
        self.pageSize = pageSize
        self.hasStructuredOutput = hasStructuredOutput
        self.clock = clock
        self.observer = observer
        offersTools = !tools.isEmpty
        offersPrompts = !prompts.isEmpty
        // In every result: without what a client reads once.
        sealMeta = [RequestMeta.serverInfoKey: implementation.json(for: .v2026_07_28, hasIcons: false)]
    }

    /// Newest first, since clients may take the first that they know.
    public static let supportedVersions = JSONValue.array(
        ProtocolVersion.allCases.reversed().map { .string($0.text) })

    /// Offers other tools from now on, and tells who listens.
    public func replaceTools(_ tools: [Tool]) {
        self.tools = tools
        if !tools.isEmpty { offersTools = true }
        preparedLists = [:]
        changes.publish(.tools)
    }

    /// Offers other prompts from now on, and tells who listens.
    public func replacePrompts(_ prompts: [Prompt]) {
        self.prompts = prompts
        if !prompts.isEmpty { offersPrompts = true }
        preparedLists = [:]
        changes.publish(.prompts)
    }

    public func tool(named name: String) -> Tool? { tools.first { $0.name == name } }

    func prompt(named name: String) -> Prompt? { prompts.first { $0.name == name } }

    func resource(at uri: String) -> Resource? { resources.first { $0.uri == uri } }

    /// The member of `params` that the header Mcp-Name repeats in a request of the modern era; nil when there is none.
    public func mirroredParam(of method: String) -> String? {
        if let known = Method(rawValue: method) { return known.mirroredParam }
        return extensions?.mirroredParam(method)
    }

    /// The template that a URI belongs to, and what its variables stand for.
    func template(for uri: String) -> (ResourceTemplate, [URITemplate.Variable])? {
        for template in resourceTemplates {
            if let variables = template.uri.match(uri) { return (template, variables) }
        }
        return nil
    }

    func hasResource(_ uri: String) -> Bool { resource(at: uri) != nil || template(for: uri) != nil }

    /// What every result of the modern era carries (2026-07-28, basic/index, Responses and `_meta`).
    func sealed(_ result: JSONObject) -> JSONObject {
        var result = result
        if result["resultType"] == nil { result.set("resultType", to: "complete") }
        guard var meta = result["_meta"]?.object else {
            result.set("_meta", to: sealMeta)
            return result
        }
        for (name, value) in sealMeta.object ?? [:] where meta[name] == nil { meta.set(name, to: value) }
        result.set("_meta", to: .object(meta))
        return result
    }

    /// Whether results carry `structuredContent`.
    func isStructured(_ version: ProtocolVersion) -> Bool { hasStructuredOutput && version.hasStructuredContent }

    func capabilities(for version: ProtocolVersion) -> JSONValue {
        let changes: JSONObject = isDynamic ? ["listChanged": true] : [:]
        var object: JSONObject = ["logging": [:]]
        if offersTools { object.set("tools", to: .object(changes)) }
        if offersResources {
            object.set("resources", to: isDynamic ? ["subscribe": true, "listChanged": true] : [:])
        }
        if offersPrompts { object.set("prompts", to: .object(changes)) }
        if offersCompletions, version.hasToolAnnotations { object.set("completions", to: [:]) }
        if version.era == .modern, let extensions { object.set("extensions", to: extensions.capabilities) }
        return .object(object)
    }

    var offersResources: Bool { !resources.isEmpty || !resourceTemplates.isEmpty }

    var offersCompletions: Bool {
        prompts.contains { !$0.completions.isEmpty } || resourceTemplates.contains { !$0.completions.isEmpty }
    }

    /// The answer to `initialize` (2025-11-25, basic/lifecycle).
    func initializeResult(for version: ProtocolVersion) -> JSONObject {
        [
            "protocolVersion": .string(version.text),
            "capabilities": capabilities(for: version),
            "serverInfo": implementation.json(for: version),
            "instructions": .string(instructions),
        ]
    }

    /// The answer to `server/discover` (2026-07-28, server/discover).
    func discoverResult() -> JSONObject {
        var result: JSONObject = [
            "supportedVersions": Server.supportedVersions,
            "capabilities": capabilities(for: .v2026_07_28),
            "instructions": .string(instructions),
            "_meta": [RequestMeta.serverInfoKey: implementation.json(for: .v2026_07_28)],
        ]
        listCaching.add(to: &result)
        return result
    }

    /// Lists that may change are worth asking for again; listeners are told.
    private var listCaching: CacheHint { isDynamic ? CacheHint(milliseconds: 0, .everyone) : .fixed }

    /// A page of a list as JSON text. Made once for each revision, since it is the same for every client.
    func page(of list: List, from offset: Int, for version: ProtocolVersion) -> [UInt8] {
        let key = ListKey(list: list, version: version, offset: offset)
        if let text = preparedLists[key] { return text }
        let entries = entries(of: list, for: version)
        let end = min(offset + pageSize, entries.count)
        var result: JSONObject = [list.member: .array(Array(entries[offset..<end]))]
        if end < entries.count { result.set("nextCursor", to: .string(Cursor.text(for: end))) }
        if version.era == .modern {
            listCaching.add(to: &result)
            result = sealed(result)
        }
        let text = JSONValue.object(result).serialized()
        preparedLists[key] = text
        return text
    }

    func count(of list: List) -> Int {
        switch list {
        case .tools: tools.count
        case .resources: resources.count
        case .resourceTemplates: resourceTemplates.count
        case .prompts: prompts.count
        }
    }

    private func entries(of list: List, for version: ProtocolVersion) -> [JSONValue] {
        switch list {
        case .tools: tools.map { $0.json(for: version, hasOutput: isStructured(version)) }
        case .resources: resources.map { $0.json(for: version) }
        case .resourceTemplates: resourceTemplates.map { $0.json(for: version) }
        case .prompts: prompts.map { $0.json(for: version) }
        }
    }

    private struct ListKey: Hashable {
        let list: List
        let version: ProtocolVersion
        let offset: Int
    }
}
