import JSON
import MCP
import Testing

@Suite struct SessionHandshakeTests {
    @Test(
        "initialize settles on the revision that the client wants, or offers the newest that has a handshake",
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
            ("2025-11-25", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("2099-01-01", "2025-11-25"),
            ("", "2025-11-25"), ("2025-11-25 ", "2025-11-25"),
        ])
    func negotiation(wanted: String, settled: String) {
        let client = Client(HandTool())
        let result = client.ask(initialize(wanted))?.result
        #expect(result?["protocolVersion"]?.string == settled)
        #expect(result?["capabilities"] == ["logging": [:], "tools": [:]])
        #expect(result?["instructions"] == "Look first.")
        #expect(result?["resultType"] == nil)
        #expect(result?["_meta"] == nil)
    }

    @Test(
        "a server says of itself what the revision has a place for",
        arguments: [
            ("2024-11-05", ["name": "sample", "version": "1.2.3"]),
            ("2025-03-26", ["name": "sample", "version": "1.2.3"]),
            ("2025-06-18", ["name": "sample", "title": "A sample", "version": "1.2.3"]),
            ("2025-11-25", fullServerInfo),
        ] as [(String, JSONValue)])
    func serverInfo(revision: String, info: JSONValue) {
        let client = Client(HandTool())
        #expect(client.ask(initialize(revision))?.result?["serverInfo"] == info)
    }

    @Test(
        "initialize without a revision is refused", arguments: [[:], ["protocolVersion": 20_251_125]] as [JSONObject])
    func noRevision(params: JSONObject) {
        let client = Client(HandTool())
        #expect(client.ask(request(1, "initialize", params))?.code == -32602)
        #expect(client.ask(request(2, "tools/list"))?.code == -32602)
    }

    @Test("a second initialize settles anew")
    func again() {
        let client = Client(HandTool(), .v2025_03_26)
        #expect(client.ask([request(1, "ping")])?.array?.count == 1)
        _ = client.ask(initialize("2024-11-05"))
        #expect(client.ask([request(1, "ping")])?.code == -32600)
        #expect(client.ask(request(1, "tools/list"))?.result?["tools"]?[0]?["annotations"] == nil)
    }

    @Test("server/discover tells what the server speaks and offers")
    func discover() {
        let client = Client(HandTool())
        let answer = client.ask(request("d", "server/discover", in: .v2026_07_28))
        #expect(
            answer == [
                "jsonrpc": "2.0", "id": "d",
                "result": [
                    "resultType": "complete",
                    "supportedVersions": ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"],
                    "capabilities": ["logging": [:], "tools": [:]],
                    "instructions": "Look first.",
                    "ttlMs": 3_600_000,
                    "cacheScope": "public",
                    "_meta": ["io.modelcontextprotocol/serverInfo": fullServerInfo],
                ],
            ])
    }

    @Test(
        "a _meta that lacks a field of 2026-07-28 is refused",
        arguments: [
            (["io.modelcontextprotocol/clientCapabilities": [:]], "protocolVersion"),
            (["io.modelcontextprotocol/protocolVersion": "2026-07-28"], "clientCapabilities"),
            (
                [
                    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                    "io.modelcontextprotocol/clientCapabilities": [],
                ], "clientCapabilities"
            ),
            (
                [
                    "io.modelcontextprotocol/protocolVersion": 2026,
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ], "protocolVersion"
            ),
            (["io.modelcontextprotocol/protocolVersion": nil], "protocolVersion"),
        ] as [(JSONValue, String)])
    func badMeta(meta: JSONValue, named: String) {
        for method in ["server/discover", "tools/list", "tools/call", "made/up"] {
            let client = Client(HandTool(), .v2025_11_25)
            let answer = client.ask(request(1, method, ["_meta": meta]))
            #expect(answer?.code == -32602)
            #expect(answer?.message.contains("io.modelcontextprotocol/\(named)") == true)
        }
    }

    @Test(
        "a revision in _meta that is not served that way is refused with those that are",
        arguments: ["2027-01-01", "2025-11-25", "2024-11-05", "", "x"])
    func unsupported(revision: String) {
        let client = Client(HandTool())
        let meta: JSONValue = ["io.modelcontextprotocol/protocolVersion": .string(revision)]
        let answer = client.ask(request(1, "tools/list", ["_meta": meta]))
        #expect(answer?.code == -32022)
        #expect(answer?.error?["data"]?["requested"] == .string(revision))
        #expect(answer?.error?["data"]?["supported"]?[0] == "2026-07-28")
    }

    @Test(
        "a _meta without those fields leaves the request to the session",
        arguments: [[:], ["progressToken": 1], "text", nil, [1]] as [JSONValue])
    func olderMeta(meta: JSONValue) {
        let client = Client(HandTool(), .v2025_11_25)
        #expect(client.ask(request(1, "tools/list", ["_meta": meta]))?.result != nil)
    }

    @Test("methods of a session need initialize first", arguments: ["tools/list", "tools/call"])
    func beforeInitialize(method: String) {
        let client = Client(HandTool())
        let answer = client.ask(request(1, method, ["name": "look"]))
        #expect(answer?.code == -32602)
        #expect(answer?.message.contains("initialize") == true)
    }

    @Test("a ping is answered before and after initialize, with nothing", arguments: [nil] + legacyRevisions)
    func ping(revision: ProtocolVersion?) {
        let client = Client(HandTool(), revision)
        #expect(client.ask(request("p", "ping")) == ["jsonrpc": "2.0", "id": "p", "result": [:]])
    }

    @Test(
        "what a revision does not have is an unknown method",
        arguments: [
            (.v2026_07_28, "ping"), (.v2026_07_28, "initialize"), (.v2026_07_28, "logging/setLevel"),
            (.v2025_11_25, "prompts/list"), (.v2025_11_25, ""), (.v2024_11_05, "Tools/list"),
            (.v2025_06_18, "tools/list "),
        ] as [(ProtocolVersion, String)])
    func unknownMethod(revision: ProtocolVersion, method: String) {
        let client = Client(HandTool(), revision)
        let answer = client.ask(request(1, method, in: revision))
        #expect(answer?.code == -32601)
        #expect(answer?.message.contains("\"\(method)\"") == true)
    }

    @Test("server/discover without _meta is refused, though the method exists", arguments: [true, false])
    func bareDiscover(isOpen: Bool) {
        let client = Client(HandTool(), isOpen ? .v2025_11_25 : nil)
        #expect(client.ask(request(1, "server/discover"))?.code == -32602)
    }

    @Test("a request of 2026-07-28 is served beside a session, and leaves it as it was", arguments: legacyRevisions)
    func bothEras(revision: ProtocolVersion) {
        let client = Client(HandTool(), revision)
        let before = client.ask(request(1, "tools/list"))
        #expect(client.ask(request(2, "tools/list", in: .v2026_07_28))?.result?["resultType"] == "complete")
        #expect(client.ask(request(1, "tools/list")) == before)
    }

    @Test(
        "a notification gets no answer, whatever it carries",
        arguments: [
            notification("notifications/initialized"), notification("made/up"), notification("tools/list"),
            notification("initialize", ["protocolVersion": "2025-03-26"]), notification("x", ["_meta": 5]),
            notification("x", [1]), notification("x", "text"), notification("x", nil),
            notification("notifications/cancelled", [1]),
        ])
    func notifications(message: JSONValue) {
        let client = Client(HandTool())
        #expect(!client.send(message))
        #expect(client.received == [])
        #expect(client.ask([request(1, "ping")])?.code == -32600)
    }
}
