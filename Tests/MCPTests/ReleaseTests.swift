import JSON
import MCP
import Testing

/// Nothing keeps a request or a session once it has ended.
@Suite struct ReleaseTests {
    /// A tool that keeps nothing but, until its call ends, that call.
    private final class Loose {
        weak var request: RequestContext?
        var finish: ((CallToolResult) -> Void)?
        var count = 0

        var tool: Tool {
            Tool(
                name: "look", title: "T", description: "D", input: HandTool.input,
                annotations: ToolAnnotations(.readsOnly, isOpenWorld: false)
            ) { [self] _, request, finish in
                count += 1
                self.request = request
                self.finish = finish
                // A cancellation that holds what it stops, as one that captures a completion does.
                return { _ = (request, finish) }
            }
        }

        func end(_ result: CallToolResult) {
            let finish = finish
            self.finish = nil
            finish?(result)
        }
    }

    private static let asking = CallToolResult.inputRequired(
        InputRequired([InputRequired.Question("a", .roots), InputRequired.Question("b", .roots)]))
    private let loose = Loose()

    private func client(_ revision: ProtocolVersion) -> Client {
        Client(makeServer(tools: [loose.tool], isDynamic: true), revision, capabilities: ["roots": [:]])
    }

    @Test("a request that was answered is released", arguments: revisions)
    func answered(revision: ProtocolVersion) {
        let client = client(revision)
        client.begin("tools/call", callParams)
        #expect(loose.request != nil)
        loose.end(.content([]))
        #expect(loose.request == nil)
        #expect(client.received.count == 1)
    }

    @Test("a request that was cancelled is released", arguments: revisions)
    func cancelled(revision: ProtocolVersion) {
        let client = client(revision)
        let id = client.begin("tools/call", callParams)
        client.send(cancel(id))
        loose.finish = nil
        #expect(loose.request == nil)
    }

    @Test(
        "a request that asked its client is released, however that ends",
        arguments: ["answer", "error", "cancel", "close"])
    func asked(end: String) {
        let client = client(.v2025_11_25)
        let id = client.begin("tools/call", callParams)
        loose.end(Self.asking)
        #expect(client.questions.count == 2)
        client.reply(to: client.questions.first, [:])
        switch end {
        case "answer":
            client.reply(to: client.questions.last, [:])
            #expect(loose.count == 2)
            loose.end(.content([]))
        case "error": client.reply(to: client.questions.last, error: "no")
        case "cancel": client.send(cancel(id))
        default: client.session?.close()
        }
        #expect(loose.request == nil)
    }

    @Test("a request that asks what its client cannot do is released", arguments: revisions)
    func missingCapability(revision: ProtocolVersion) {
        let client = Client(makeServer(tools: [loose.tool]), revision)
        client.begin("tools/call", callParams)
        loose.end(Self.asking)
        #expect(loose.request == nil)
        #expect(client.received.count == 1)
    }

    @Test("a session that was closed is released, with all that it ran", arguments: revisions)
    func session(revision: ProtocolVersion) {
        let server = makeServer(tools: [loose.tool], isDynamic: true)
        let client = Client(server, revision, capabilities: ["roots": [:]])
        weak let session = client.session
        client.begin("tools/call", callParams)
        if revision.era == .modern {
            client.begin("subscriptions/listen", ["notifications": ["toolsListChanged": true]])
        }
        #expect(server.changes.listenerCount == 1)
        client.close()
        loose.finish = nil
        #expect(loose.request == nil)
        #expect(session == nil)
        #expect(server.changes.listenerCount == 0)
    }

    @Test("a session in which nothing runs needs no close when its server never changes")
    func idle() {
        let server = makeServer(tools: [tool()])
        weak var session: Session?
        do {
            let client = Client(server, .v2025_11_25)
            session = client.session
            #expect(client.ask("tools/call", ["name": "look"])?.result != nil)
        }
        #expect(session == nil)
    }
}
