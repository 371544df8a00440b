import JSON
import MCP
import Testing

/// subscriptions/listen of 2026-07-28.
@Suite struct SubscriptionTests {
    private static let everything: JSONValue = [
        "toolsListChanged": true, "promptsListChanged": true, "resourcesListChanged": true,
        "resourceSubscriptions": ["app://about", "app://item/1"],
    ]
    private let server = makeServer(
        tools: [tool()], resources: [resource("app://about")], templates: [template("app://item/{id}")],
        prompts: [prompt("p")], isDynamic: true)

    private func publishAll() {
        for change in [ChangeFeed.Change.tools, .prompts, .resources] { server.changes.publish(change) }
        for uri in ["app://about", "app://item/1", "app://item/2"] { server.changes.publish(.resource(uri: uri)) }
    }

    private func listen(_ client: Client, _ id: JSONValue, _ wanted: JSONValue) {
        client.send(request(id, "subscriptions/listen", ["notifications": wanted], in: .v2026_07_28))
    }

    private func subscription(_ id: JSONValue) -> JSONValue { ["io.modelcontextprotocol/subscriptionId": id] }

    @Test(
        "what is told is acknowledged first, then told with the id of the subscription",
        arguments: ["a", 7, "7"] as [JSONValue])
    func everything(id: JSONValue) {
        let client = Client(server, .v2026_07_28)
        listen(client, id, Self.everything)
        #expect(
            client.received == [
                notification(
                    "notifications/subscriptions/acknowledged",
                    ["_meta": subscription(id), "notifications": Self.everything])
            ])
        client.clear()
        publishAll()
        #expect(
            client.methods == [
                "notifications/tools/list_changed", "notifications/prompts/list_changed",
                "notifications/resources/list_changed", "notifications/resources/updated",
                "notifications/resources/updated",
            ])
        for message in client.received { #expect(message["params"]?["_meta"] == subscription(id)) }
        #expect(client.received.map { $0["params"]?["uri"] } == [nil, nil, nil, "app://about", "app://item/1"])
        #expect(client.requestsInFlight == 0)
    }

    @Test(
        "only what is wanted and can be had is acknowledged and told",
        arguments: [
            ([:], [:], 0), (["toolsListChanged": true], ["toolsListChanged": true], 1),
            (["toolsListChanged": false, "promptsListChanged": true], ["promptsListChanged": true], 1),
            (["resourcesListChanged": true, "made up": true], ["resourcesListChanged": true], 1),
            (["toolsListChanged": 1, "promptsListChanged": "true"], [:], 0),
            (
                ["resourceSubscriptions": ["app://item/2", "app://nothing/1", 5, nil]],
                ["resourceSubscriptions": ["app://item/2"]], 1
            ),
            (["resourceSubscriptions": ["app://nothing/1"]], [:], 0),
            (["resourceSubscriptions": "app://about"], [:], 0),
        ] as [(JSONValue, JSONValue, Int)])
    func filter(wanted: JSONValue, agreed: JSONValue, told: Int) {
        let client = Client(server, .v2026_07_28)
        listen(client, 1, wanted)
        #expect(client.received.first?["params"]?["notifications"] == agreed)
        publishAll()
        #expect(client.received.count == 1 + told)
    }

    @Test("a server agrees to nothing that it does not have or that never changes")
    func others() {
        let bare = makeServer(tools: [tool()], isDynamic: true)
        let fixed = makeServer(
            tools: [tool()], resources: [resource("app://about")], prompts: [prompt("p")])
        let table: [(Server, JSONValue)] = [(bare, ["toolsListChanged": true] as JSONValue), (fixed, [:] as JSONValue)]
        for (server, agreed) in table {
            let client = Client(server, .v2026_07_28)
            listen(client, 1, Self.everything)
            #expect(client.received.first?["params"]?["notifications"] == agreed)
        }
    }

    @Test("a subscription takes resources up to the limit; with one more it is refused")
    func limit() {
        for (count, isTaken) in [(MCPLimits.subscriptionsMax, true), (MCPLimits.subscriptionsMax + 1, false)] {
            let client = Client(server, .v2026_07_28)
            let uris = (0..<count).map { JSONValue.string("app://item/\($0)") }
            listen(client, 1, ["resourceSubscriptions": .array(uris)])
            #expect((client.received.first?["method"] != nil) == isTaken)
            #expect((client.received.first?.code == -32602) == !isTaken)
        }
    }

    @Test("a subscription needs an object that says to what", arguments: [nil, [], true, "all"] as [JSONValue])
    func malformed(wanted: JSONValue) {
        let client = Client(server, .v2026_07_28)
        listen(client, 1, wanted)
        #expect(client.received.map(\.code) == [-32602])
        #expect(server.changes.listenerCount == 0)
    }

    @Test("a cancelled subscription is told nothing more, and others are")
    func cancelled() {
        let client = Client(server, .v2026_07_28)
        listen(client, 1, ["toolsListChanged": true])
        listen(client, 2, ["toolsListChanged": true])
        client.clear()
        client.send(cancel(1))
        publishAll()
        #expect(client.received.map { $0["params"]?["_meta"] } == [subscription(2)])
        #expect(client.cancellations == 1)
        #expect(server.changes.listenerCount == 1)
    }

    @Test(
        "a server that stops ends its subscriptions with a result, and leaves calls alone",
        arguments: ["a", 7] as [JSONValue])
    func end(id: JSONValue) {
        let hand = HandTool()
        let server = makeServer(tools: [hand.tool], isDynamic: true)
        let client = Client(server, .v2026_07_28)
        listen(client, id, ["toolsListChanged": true])
        client.begin("tools/call", callParams)
        client.clear()
        #expect(client.requestsInFlight == 1)
        client.session?.endSubscriptions()
        client.session?.endSubscriptions()
        let meta: JSONValue = [
            "io.modelcontextprotocol/subscriptionId": id, "io.modelcontextprotocol/serverInfo": fullServerInfo,
        ]
        let result: JSONValue = ["resultType": "complete", "_meta": meta]
        #expect(client.received == [["jsonrpc": "2.0", "id": id, "result": result]])
        #expect(server.changes.listenerCount == 0)
        #expect(hand.cancelled == [])
        #expect(client.requestsInFlight == 1)
    }

    @Test("closing the session ends its subscriptions without a word")
    func close() {
        let client = Client(server, .v2026_07_28)
        listen(client, 1, Self.everything)
        client.clear()
        client.session?.close()
        publishAll()
        #expect(client.received == [])
        #expect(server.changes.listenerCount == 0)
    }

    @Test("one who is stopped while a change is told hears no more of it")
    func stoppedWithin() {
        let clients = (0..<4).map { _ in Client(server, .v2026_07_28) }
        for client in clients {
            listen(client, 1, ["toolsListChanged": true])
            client.clear()
            client.onReceive = { [unowned client] _ in
                for other in clients where other !== client { other.session?.close() }
            }
        }
        server.changes.publish(.tools)
        #expect(clients.reduce(0) { $0 + $1.received.count } == 1)
        for client in clients { client.onReceive = nil }
    }

    @Test("older revisions have no such method", arguments: legacyRevisions)
    func legacy(revision: ProtocolVersion) {
        #expect(Client(server, revision).ask("subscriptions/listen", ["notifications": [:]])?.code == -32601)
    }
}
