import JSON

/// What a server offers: its name, its words for the model, its tools. The same for every client and every connection.
package struct Server {
    package let implementation: Implementation
    /// How to use the server well, for a model. 2025-11-25, basic/lifecycle; 2026-07-28, server/discover.
    package let instructions: String
    package let tools: [Tool]

    package init(implementation: Implementation, instructions: String, tools: [Tool]) {
        self.implementation = implementation
        self.instructions = instructions
        self.tools = tools
    }

    /// How long a client may keep the answers that are the same until the server is replaced: an hour.
    private static let ttlMs: JSONValue = 3_600_000

    private static let capabilities: JSONValue = ["tools": [:]]

    func tool(named name: String) -> Tool? { tools.first { $0.name == name } }

    /// The answer to `initialize`. A client that asks for a revision unknown here is offered the newest of that era
    /// (2025-11-25, basic/lifecycle, Version Negotiation).
    func initializeResult(for version: ProtocolVersion) -> JSONObject {
        [
            "protocolVersion": .string(version.text),
            "capabilities": Server.capabilities,
            "serverInfo": implementation.json(for: version),
            "instructions": .string(instructions),
        ]
    }

    /// The answer to `server/discover` (2026-07-28, server/discover).
    func discoverResult() -> JSONObject {
        [
            "supportedVersions": Server.supportedVersions,
            "capabilities": Server.capabilities,
            "instructions": .string(instructions),
            "ttlMs": Server.ttlMs,
            "cacheScope": "public",
        ]
    }

    /// The answer to `tools/list`: one page. Its cache hints exist since 2026-07-28 (server/utilities/caching).
    func listToolsResult(for version: ProtocolVersion) -> JSONObject {
        var result: JSONObject = ["tools": .array(tools.map { $0.json(for: version) })]
        if version.era == .modern {
            result.set("ttlMs", to: Server.ttlMs)
            result.set("cacheScope", to: "public")
        }
        return result
    }

    /// Newest first, since clients may take the first that they know.
    static let supportedVersions = JSONValue.array(ProtocolVersion.allCases.reversed().map { .string($0.text) })
}
