import JSON
import MCP
import Testing

@Suite struct ResourceTests {
    private let server = makeServer(
        resources: [
            resource("app://about"), resource("app://gone", .notFound), resource("app://broken", .failure("no disk")),
            resource("app://private", .refused(RPCError(.invalidRequest, "not yours"))),
            resource(
                "app://parts",
                .contents(
                    [
                        ResourceContents(uri: "app://parts/1", mimeType: "text/plain", .text("é")),
                        ResourceContents(uri: "app://parts/2", mimeType: nil, .blob("AAEC")),
                    ], CacheHint(milliseconds: 60_000, .everyone))),
        ],
        templates: [template("app://item/{id}"), template("app://{kind}/{id}")])

    private func read(_ uri: JSONValue, _ revision: ProtocolVersion) -> JSONValue? {
        Client(server, revision).ask("resources/read", ["uri": uri])
    }

    @Test("a resource is read by its URI, with all of its parts", arguments: revisions)
    func contents(revision: ProtocolVersion) {
        var expected: JSONObject = [
            "contents": [
                ["uri": "app://parts/1", "mimeType": "text/plain", "text": "é"],
                ["uri": "app://parts/2", "blob": "AAEC"],
            ]
        ]
        if revision.era == .modern {
            expected["ttlMs"] = 60_000
            expected["cacheScope"] = "public"
            expected["resultType"] = "complete"
            expected["_meta"] = resultMeta
        }
        #expect(read("app://parts", revision)?.result == .object(expected))
    }

    @Test("what must not be kept says so since 2026-07-28")
    func notKept() {
        let result = read("app://about", .v2026_07_28)?.result
        #expect(result?["ttlMs"] == 0)
        #expect(result?["cacheScope"] == "private")
    }

    @Test(
        "a resource that is not there is an error that repeats its URI",
        arguments: ["app://gone", "app://", "app://about/", "App://about", "", "x"])
    func notFound(uri: String) {
        for revision in revisions {
            let answer = read(.string(uri), revision)
            #expect(answer?.code == (revision.era == .modern ? -32602 : -32002))
            #expect(answer?.error?["data"] == ["uri": .string(uri)])
            #expect(answer?.message.contains("\"\(uri)\"") == true)
        }
    }

    @Test("a long URI is repeated in a bounded length", arguments: revisions)
    func longURI(revision: ProtocolVersion) {
        let longest = String(repeating: "é", count: MCPLimits.uriMax)
        #expect(read(.string(longest), revision)?.error?["data"]?["uri"] == .string(longest))
        let answer = read(.string(longest + "é"), revision)
        #expect(answer?.error?["data"]?["uri"] == .string(longest + "…"))
        #expect((answer?.message.utf8.count ?? .max) < 400)
    }

    @Test("a resource that fails is an error in the resource's words", arguments: revisions)
    func failure(revision: ProtocolVersion) {
        #expect(read("app://broken", revision)?.error == ["code": -32603, "message": "no disk"])
        #expect(read("app://private", revision)?.error == ["code": -32600, "message": "not yours"])
    }

    @Test("a URI must be text", arguments: [5, nil, [], ["app://about"], true] as [JSONValue])
    func noURI(uri: JSONValue) {
        for revision in revisions { #expect(read(uri, revision)?.code == -32602) }
    }

    @Test("a URI that is no resource's goes to the first template that it fits", arguments: revisions)
    func templates(revision: ProtocolVersion) {
        func text(_ uri: JSONValue) -> JSONValue? { read(uri, revision)?.result?["contents"]?[0]?["text"] }
        #expect(text("app://item/a%20b") == "id=a b")
        #expect(text("app://movie/5") == "kind=movie\nid=5")
        #expect(text("app://about") == "text")
        #expect(read("app://movie/5/cast", revision)?.result == nil)
        #expect(read("app://movie/", revision)?.result == nil)
    }

    @Test("a template's resource echoes the URI as the client spelt it")
    func spelling() {
        let result = read("app://item/%41", .v2025_11_25)?.result
        #expect(result?["contents"]?[0] == ["uri": "app://item/%41", "text": "id=A"])
    }

    @Test("reading may take its time and be cancelled")
    func later() {
        var finishes: [(ResourceResult) -> Void] = []
        var cancelled = 0
        let slow = Resource(uri: "a", name: "n", title: "T", description: "D", mimeType: "m") { _, finish in
            finishes.append(finish)
            return { cancelled += 1 }
        }
        let client = Client(makeServer(resources: [slow]), .v2025_11_25)
        let first = client.begin("resources/read", ["uri": "a"])
        let second = client.begin("resources/read", ["uri": "a"])
        client.send(cancel(first))
        for finish in finishes { finish(.notFound) }
        #expect(cancelled == 1)
        #expect(client.received.map { $0["id"] } == [second])
    }

    @Test("a server without resources has none of their methods", arguments: revisions)
    func none(revision: ProtocolVersion) {
        let client = Client(HandTool(), revision)
        for method in ["resources/list", "resources/templates/list", "resources/read", "resources/subscribe"] {
            #expect(client.ask(method, ["uri": "a"])?.code == -32601)
        }
    }

    @Test("a server of resources or of templates alone lists both", arguments: revisions)
    func halves(revision: ProtocolVersion) {
        for server in [makeServer(resources: [resource("a")]), makeServer(templates: [template("a{b}")])] {
            let client = Client(server, revision)
            let resources = client.ask("resources/list")?.result?["resources"]?.array
            let templates = client.ask("resources/templates/list")?.result?["resourceTemplates"]?.array
            #expect(resources?.count == server.resources.count)
            #expect(templates?.count == server.resourceTemplates.count)
        }
    }
}
