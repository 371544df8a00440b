import JSON
import MCP
import Testing

/// What clients of the legacy era are told of changes, and what a server offers after them.
@Suite struct ChangesTests {
    private let server = makeServer(
        tools: [tool("old")], resources: [resource("app://about")], templates: [template("app://item/{id}")],
        prompts: [prompt("old")], isDynamic: true)

    private func update(_ uri: String) -> JSONValue {
        notification("notifications/resources/updated", ["uri": .string(uri)])
    }

    @Test("a session is told of new lists", arguments: legacyRevisions)
    func lists(revision: ProtocolVersion) {
        let client = Client(server, revision)
        for change in [ChangeFeed.Change.tools, .prompts, .resources] { server.changes.publish(change) }
        #expect(
            client.received == [
                notification("notifications/tools/list_changed", [:]),
                notification("notifications/prompts/list_changed", [:]),
                notification("notifications/resources/list_changed", [:]),
            ])
    }

    @Test("before initialize, after close, and in the modern era nobody is told")
    func silence() {
        let closed = Client(server, .v2025_11_25)
        closed.session?.close()
        let clients = [Client(server), Client(server, .v2026_07_28), closed]
        server.changes.publish(.tools)
        for client in clients { #expect(client.received == []) }
        #expect(server.changes.listenerCount == 0)
    }

    @Test("one whose session is closed while a change is told hears no more of it")
    func closedWithin() {
        let clients = (0..<4).map { _ in Client(server, .v2025_11_25) }
        for client in clients {
            client.onReceive = { [unowned client] _ in
                for other in clients where other !== client { other.session?.close() }
            }
        }
        server.changes.publish(.tools)
        #expect(clients.reduce(0) { $0 + $1.received.count } == 1)
        for client in clients { client.onReceive = nil }
    }

    @Test("a second initialize does not tell twice")
    func twice() {
        let client = Client(server, .v2025_11_25)
        client.send(initialize("2025-06-18"))
        client.clear()
        server.changes.publish(.tools)
        #expect(client.received.count == 1)
    }

    @Test("a session is told of the resources that it subscribed to, until it has enough", arguments: legacyRevisions)
    func resources(revision: ProtocolVersion) {
        let client = Client(server, revision)
        for uri in ["app://about", "app://item/1", "app://item/1"] {
            #expect(client.ask("resources/subscribe", ["uri": .string(uri)])?.result == [:])
        }
        client.clear()
        for uri in ["app://item/1", "app://item/2", "app://about"] { server.changes.publish(.resource(uri: uri)) }
        #expect(client.received == [update("app://item/1"), update("app://about")])
        #expect(client.ask("resources/unsubscribe", ["uri": "app://item/1"])?.result == [:])
        #expect(client.ask("resources/unsubscribe", ["uri": "app://never"])?.result == [:])
        client.clear()
        for uri in ["app://item/1", "app://about"] { server.changes.publish(.resource(uri: uri)) }
        #expect(client.received == [update("app://about")])
    }

    @Test("one cannot subscribe to what is not there, or is no URI")
    func refused() {
        let client = Client(server, .v2025_11_25)
        let missing = client.ask("resources/subscribe", ["uri": "app://nothing/1"])
        #expect(missing?.code == -32002)
        #expect(missing?.error?["data"] == ["uri": "app://nothing/1"])
        for uri in [5, nil, [], [:]] as [JSONValue] {
            #expect(client.ask("resources/subscribe", ["uri": uri])?.code == -32602)
            #expect(client.ask("resources/unsubscribe", ["uri": uri])?.code == -32602)
        }
    }

    @Test("a session subscribes up to the limit; one more is refused until one is given up")
    func limit() {
        let client = Client(server, .v2025_11_25)
        func subscribe(_ method: String, _ number: Int) -> JSONValue? {
            client.clear()
            return client.ask("resources/\(method)", ["uri": .string("app://item/\(number)")])
        }
        for number in 0..<MCPLimits.subscriptionsMax { #expect(subscribe("subscribe", number)?.result != nil) }
        let refused = subscribe("subscribe", MCPLimits.subscriptionsMax)
        #expect(refused?.code == -32602)
        #expect(refused?.message.contains("\(MCPLimits.subscriptionsMax)") == true)
        #expect(subscribe("subscribe", 5)?.result != nil)
        #expect(subscribe("unsubscribe", 5)?.result != nil)
        #expect(subscribe("subscribe", MCPLimits.subscriptionsMax)?.result != nil)
    }

    @Test("a server that never changes has no subscriptions", arguments: revisions)
    func fixed(revision: ProtocolVersion) {
        let client = Client(makeServer(resources: [resource("a")]), revision)
        #expect(client.ask("resources/subscribe", ["uri": "a"])?.code == -32601)
        #expect(client.ask("resources/unsubscribe", ["uri": "a"])?.code == -32601)
    }

    @Test("the modern era has subscriptions/listen instead")
    func modern() {
        let client = Client(server, .v2026_07_28)
        #expect(client.ask("resources/subscribe", ["uri": "app://about"])?.code == -32601)
    }

    @Test("replaced tools are listed and called from then on, and clients are told", arguments: revisions)
    func replacedTools(revision: ProtocolVersion) {
        let server = makeServer(tools: [tool("old")], isDynamic: true)
        let client = Client(server, revision)
        func names() -> [JSONValue?]? { client.ask("tools/list")?.result?["tools"]?.array?.map { $0["name"] } }
        #expect(names() == ["old"])
        client.clear()
        server.replaceTools([tool("new", .failure("from new")), tool("other")])
        #expect(client.methods == (revision.era == .legacy ? ["notifications/tools/list_changed"] : []))
        #expect(names() == ["new", "other"])
        #expect(client.ask("tools/call", ["name": "old"])?.code == -32602)
        #expect(text(of: client.ask("tools/call", ["name": "new"])?.result) == "from new")
        server.replaceTools([])
        #expect(names() == [])
        #expect(client.ask("tools/call", ["name": "new"])?.code == -32602)
    }

    @Test("replaced prompts are listed and got from then on, and clients are told", arguments: revisions)
    func replacedPrompts(revision: ProtocolVersion) {
        let server = makeServer(prompts: [prompt("old")], isDynamic: true)
        let client = Client(server, revision)
        func names() -> [JSONValue?]? { client.ask("prompts/list")?.result?["prompts"]?.array?.map { $0["name"] } }
        #expect(names() == ["old"])
        client.clear()
        server.replacePrompts([prompt("new")])
        #expect(client.methods == (revision.era == .legacy ? ["notifications/prompts/list_changed"] : []))
        #expect(names() == ["new"])
        #expect(client.ask("prompts/get", ["name": "old"])?.code == -32602)
        #expect(client.ask("prompts/get", ["name": "new"])?.result != nil)
        server.replacePrompts([])
        #expect(names() == [])
    }

    @Test("a call goes on with the tool that it began with")
    func replacedWhileRunning() {
        let hand = HandTool()
        let server = makeServer(tools: [hand.tool], isDynamic: true)
        let client = Client(server, .v2025_11_25)
        let id = client.begin("tools/call", callParams)
        server.replaceTools([])
        hand.finishes[0](.failure("done"))
        #expect(text(of: client.answer(to: id)?.result) == "done")
    }
}
