import JSON
import MCP
import Testing

/// What lists say in each revision.
@Suite struct ListingTests {
    private static let icons = [
        Icon(source: "https://example.com/a.png", mimeType: "image/png", sizes: ["48x48", "96x96"]),
        Icon(source: "data:,"),
    ]
    private static let iconsJSON: JSONValue = [
        ["src": "https://example.com/a.png", "mimeType": "image/png", "sizes": ["48x48", "96x96"]], ["src": "data:,"],
    ]
    private static let annotations = Annotations(audience: [.user, .assistant], priority: 0.5)

    private let server = Server(
        implementation: Implementation(
            name: "s", title: "S", version: "1", description: "D", websiteURL: "https://example.com", icons: icons),
        instructions: "",
        tools: [
            Tool(
                name: "t", title: "T", description: "D", icons: icons, input: InputSchema([]),
                outputSchema: ["type": "object"], annotations: ToolAnnotations(.readsOnly, isOpenWorld: true)
            ) { _, _, _ in {} }
        ],
        resources: [
            Resource(
                uri: "a://b", name: "r", title: "R", description: "D", mimeType: "text/plain", icons: icons,
                annotations: annotations
            ) { _, _ in {} }
        ],
        resourceTemplates: [
            ResourceTemplate(
                uri: URITemplate("a://{b}"), name: "rt", title: "RT", description: "D", mimeType: "text/plain",
                icons: icons, annotations: annotations
            ) { _, _, _, _ in {} }
        ],
        prompts: [
            Prompt(
                name: "p", title: "P", description: "D", icons: icons,
                arguments: [
                    Prompt.Argument("x", title: "X", description: "the x", isRequired: true),
                    Prompt.Argument("y", title: "Y", description: "the y"),
                ]
            ) { _, _, _ in {} }
        ])

    private static func hasTitles(_ revision: ProtocolVersion) -> Bool {
        ![.v2024_11_05, .v2025_03_26].contains(revision)
    }

    private static func hasIcons(_ revision: ProtocolVersion) -> Bool {
        [.v2025_11_25, .v2026_07_28].contains(revision)
    }

    private func entry(_ method: String, _ member: String, _ revision: ProtocolVersion) -> JSONValue? {
        Client(server, revision).ask(method)?.result?[member]?[0]
    }

    private func expected(_ members: JSONObject, title: String, _ revision: ProtocolVersion) -> JSONValue {
        var members = members
        members["description"] = "D"
        if Self.hasTitles(revision) { members["title"] = .string(title) }
        if Self.hasIcons(revision) { members["icons"] = Self.iconsJSON }
        return .object(members)
    }

    @Test("a tool has what its revision has a place for", arguments: revisions)
    func tools(revision: ProtocolVersion) {
        var members: JSONObject = ["name": "t", "inputSchema": InputSchema([]).json]
        if Self.hasTitles(revision) { members["outputSchema"] = ["type": "object"] }
        if revision != .v2024_11_05 {
            members["annotations"] = ["title": "T", "readOnlyHint": true]
        }
        #expect(entry("tools/list", "tools", revision) == expected(members, title: "T", revision))
    }

    @Test("a resource has what its revision has a place for", arguments: revisions)
    func resources(revision: ProtocolVersion) {
        let annotations: JSONValue = ["audience": ["user", "assistant"], "priority": 0.5]
        let resource: JSONObject = [
            "uri": "a://b", "name": "r", "mimeType": "text/plain", "annotations": annotations,
        ]
        #expect(entry("resources/list", "resources", revision) == expected(resource, title: "R", revision))
        let template: JSONObject = [
            "uriTemplate": "a://{b}", "name": "rt", "mimeType": "text/plain", "annotations": annotations,
        ]
        let listed = entry("resources/templates/list", "resourceTemplates", revision)
        #expect(listed == expected(template, title: "RT", revision))
    }

    @Test("a prompt has what its revision has a place for", arguments: revisions)
    func prompts(revision: ProtocolVersion) {
        var first: JSONObject = ["name": "x", "description": "the x", "required": true]
        var second: JSONObject = ["name": "y", "description": "the y", "required": false]
        if Self.hasTitles(revision) {
            first["title"] = "X"
            second["title"] = "Y"
        }
        let members: JSONObject = ["name": "p", "arguments": [.object(first), .object(second)]]
        #expect(entry("prompts/list", "prompts", revision) == expected(members, title: "P", revision))
    }

    @Test("a server has icons since 2025-11-25", arguments: legacyRevisions)
    func serverIcons(revision: ProtocolVersion) {
        let info = Client(server).ask(initialize(revision.text))?.result?["serverInfo"]
        let icons = Self.hasIcons(revision) ? Optional(Self.iconsJSON) : nil
        #expect(info?["icons"] == icons)
    }

    @Test("capabilities name what there is")
    func capabilities() {
        let completion = Completion(argument: "b", from: [])
        let table: [(Server, [String])] = [
            (makeServer(), ["logging"]), (makeServer(tools: [tool()]), ["logging", "tools"]),
            (makeServer(resources: [resource("a")]), ["logging", "resources"]),
            (makeServer(templates: [template("a{b}")]), ["logging", "resources"]),
            (makeServer(prompts: [prompt("p")]), ["logging", "prompts"]),
            (
                makeServer(templates: [template("a{b}", completions: [completion])]),
                ["completions", "logging", "resources"]
            ),
            (makeServer(prompts: [prompt("p", completions: [completion])]), ["completions", "logging", "prompts"]),
        ]
        for (server, names) in table {
            for revision in legacyRevisions {
                let result = Client(server).ask(initialize(revision.text))?.result
                let known = revision == .v2024_11_05 ? names.filter { $0 != "completions" } : names
                #expect(result?["capabilities"]?.keys == known)
            }
            #expect(Client(server, .v2026_07_28).ask("server/discover")?.result?["capabilities"]?.keys == names)
        }
    }

    @Test("a server whose offer may change says so, and lets nobody keep its lists")
    func dynamic() {
        let server = makeServer(
            tools: [tool()], resources: [resource("a")], prompts: [prompt("p")], isDynamic: true)
        let expected: JSONValue = [
            "logging": [:], "tools": ["listChanged": true], "prompts": ["listChanged": true],
            "resources": ["subscribe": true, "listChanged": true],
        ]
        #expect(Client(server).ask(initialize("2025-11-25"))?.result?["capabilities"] == expected)
        let client = Client(server, .v2026_07_28)
        #expect(client.ask("server/discover")?.result?["capabilities"] == expected)
        for method in ["server/discover", "tools/list", "resources/list", "prompts/list"] {
            #expect(client.ask(method)?.result?["ttlMs"] == 0)
        }
    }
}
