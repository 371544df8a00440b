import JSON
import MCP
import Testing

/// Methods and capabilities that a server has beyond the protocol's own.
struct ExtensionTests {
    private static let identifier = "com.example/echo"
    private static let params: JSONObject = ["word": "x"]

    /// Echoes its params to clients that have declared the extension, once it is told to.
    private final class Echo {
        var finishes: [() -> Void] = []
        var cancellations = 0

        func method(_ name: String) -> ExtensionMethod {
            ExtensionMethod(name: name, mirroredParam: "word") { [self] params, request, finish in
                guard request.declares(ExtensionTests.identifier) else {
                    finish(.refused(.missingExtension(ExtensionTests.identifier)))
                    return {}
                }
                finishes.append { finish(.complete(["word": params["word"] ?? .null])) }
                return { [self] in cancellations += 1 }
            }
        }
    }

    private let echo = Echo()

    private func server(observer: RequestObserver? = nil) -> Server {
        let methods = ["echo/say", "tools/list", "ping"].map { echo.method($0) }
        return Server(
            implementation: implementation, instructions: "", tools: [tool()],
            extensions: [Extension(identifier: Self.identifier, settings: ["loud": true], methods: methods)],
            observer: observer)
    }

    private func client(_ revision: ProtocolVersion, declares: Bool = true, observer: RequestObserver? = nil) -> Client
    {
        let capabilities: JSONObject = declares ? ["extensions": [Self.identifier: [:]]] : [:]
        return Client(server(observer: observer), revision, capabilities: capabilities)
    }

    @Test("a discovery tells of the extension and its settings; a handshake does not", arguments: revisions)
    func capabilities(revision: ProtocolVersion) {
        let client = Client(server())
        let capabilities =
            revision.era == .modern
            ? client.ask(request(1, "server/discover", in: revision))?.result?["capabilities"]
            : client.ask(initialize(revision.text))?.result?["capabilities"]
        #expect(capabilities?["tools"] != nil)
        #expect(capabilities?["extensions"] == (revision.era == .modern ? [Self.identifier: ["loud": true]] : nil))
    }

    @Test("a server without extensions tells of none")
    func none() {
        let answer = Client(makeServer(), .v2026_07_28).ask("server/discover")
        #expect(answer?.result?["capabilities"]?["extensions"] == nil)
    }

    @Test("a method is answered later, sealed as every result is")
    func answer() {
        let client = client(.v2026_07_28)
        let id = client.begin("echo/say", Self.params)
        #expect(client.answer(to: id) == nil)
        echo.finishes[0]()
        echo.finishes[0]()
        #expect(
            client.answer(to: id)?.result == ["word": "x", "resultType": "complete", "_meta": resultMeta])
    }

    @Test("a client that leaves stops the method")
    func cancellation() {
        let client = client(.v2026_07_28)
        client.send(cancel(client.begin("echo/say", Self.params)))
        #expect(echo.cancellations == 1)
    }

    @Test("the modern era alone has the method", arguments: legacyRevisions)
    func legacy(revision: ProtocolVersion) {
        #expect(client(revision).ask("echo/say", Self.params)?.code == -32601)
    }

    @Test("a client that has not declared the extension is told which it lacks")
    func undeclared() {
        let answer = client(.v2026_07_28, declares: false).ask("echo/say", Self.params)
        #expect(answer?.code == -32021)
        #expect(answer?.error?["data"] == ["requiredCapabilities": ["extensions": [Self.identifier: [:]]]])
    }

    static let declarations: [(capabilities: JSONObject, isDeclared: Bool)] = [
        (["extensions": [identifier: [:]]], true), (["extensions": [identifier: ["loud": false]]], true),
        (["extensions": [identifier: true]], false), (["extensions": [identifier: nil]], false),
        (["extensions": ["com.example/other": [:]]], false), (["extensions": .array([.string(identifier)])], false),
        ([identifier: [:]], false), ([:], false),
    ]

    @Test("an object under its identifier declares an extension", arguments: declarations)
    func declaration(capabilities: JSONObject, isDeclared: Bool) {
        let client = Client(server(), .v2026_07_28, capabilities: capabilities)
        let id = client.begin("echo/say", Self.params)
        #expect(client.answer(to: id)?.code == (isDeclared ? nil : -32021))
    }

    @Test("the protocol's own methods cannot be replaced")
    func ownMethods() {
        let client = client(.v2026_07_28)
        #expect(client.ask("tools/list")?.result?["tools"]?.array?.count == 1)
        // It has gone with the legacy era.
        #expect(client.ask("ping")?.code == -32601)
        #expect(client.ask("echo/none")?.code == -32601)
    }

    @Test("what the header Mcp-Name repeats is known of every method")
    func mirroredParam() {
        let server = server()
        let table = [
            ("echo/say", "word"), ("tools/call", "name"), ("resources/read", "uri"), ("tools/list", nil),
            ("echo/none", nil),
        ]
        for (method, param) in table { #expect(server.mirroredParam(of: method) == param) }
    }

    @Test("a request is recorded under the method's name, which is not a client's word")
    func record() {
        var records: [RequestRecord] = []
        let client = client(.v2026_07_28, observer: RequestObserver(clock: { 0 }, record: { records.append($0) }))
        client.begin("echo/say", Self.params)
        echo.finishes[0]()
        client.begin("echo/none")
        #expect(records.map(\.name) == ["echo/say", nil])
        #expect(records.map(\.unknown) == [nil, "echo/none"])
        #expect(records.allSatisfy { $0.method == nil })
    }

    @Test("a tool may answer with a result of the extension's kind")
    func result() {
        let kind = tool("look", .extended(["resultType": "echo", "word": "x"]))
        let client = Client(makeServer(tools: [kind]), .v2026_07_28)
        let result = client.ask("tools/call", ["name": "look"])?.result
        #expect(result == ["resultType": "echo", "word": "x", "_meta": resultMeta])
    }
}
