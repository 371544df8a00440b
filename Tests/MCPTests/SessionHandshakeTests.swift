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
        var session = Session(server: makeServer())
        let result = session.take(initialize(wanted)).result
        #expect(result?["protocolVersion"]?.string == settled)
        #expect(result?["capabilities"] == ["tools": [:]])
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
        var session = Session(server: makeServer())
        #expect(session.take(initialize(revision)).result?["serverInfo"] == info)
    }

    @Test(
        "initialize without a revision is refused", arguments: [[:], ["protocolVersion": 20_251_125]] as [JSONObject])
    func noRevision(params: JSONObject) {
        var session = Session(server: makeServer())
        #expect(session.take(request(1, "initialize", params)).errorCode == -32602)
        #expect(session.take(request(2, "tools/list")).errorCode == -32602)
    }

    @Test("a second initialize settles anew")
    func again() {
        var session = Session.open(.v2025_03_26)
        #expect(session.takesBatches)
        _ = session.take(initialize("2024-11-05"))
        #expect(!session.takesBatches)
        #expect(session.take(request(1, "tools/list")).result?["tools"]?[0]?["annotations"] == nil)
    }

    @Test("only 2025-03-26 has batches", arguments: revisions)
    func batches(revision: ProtocolVersion) {
        #expect(Session.open(revision).takesBatches == (revision == .v2025_03_26))
    }

    @Test("server/discover tells what the server speaks and offers")
    func discover() {
        var session = Session(server: makeServer())
        let answer = session.take(request("d", "server/discover", in: .v2026_07_28))
        #expect(
            answer.sent == [
                "jsonrpc": "2.0", "id": "d",
                "result": [
                    "resultType": "complete",
                    "supportedVersions": ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"],
                    "capabilities": ["tools": [:]],
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
            var session = Session.open(.v2025_11_25)
            let answer = session.take(request(1, method, ["_meta": meta]))
            #expect(answer.errorCode == -32602)
            #expect(answer.errorMessage.contains("io.modelcontextprotocol/\(named)"))
        }
    }

    @Test(
        "a revision in _meta that is not served that way is refused with those that are",
        arguments: ["2027-01-01", "2025-11-25", "2024-11-05", "", "x"])
    func unsupported(revision: String) {
        var session = Session(server: makeServer())
        let meta: JSONValue = ["io.modelcontextprotocol/protocolVersion": .string(revision)]
        let answer = session.take(request(1, "tools/list", ["_meta": meta]))
        #expect(answer.errorCode == -32022)
        #expect(answer.error?["data"]?["requested"] == .string(revision))
        #expect(answer.error?["data"]?["supported"]?[0] == "2026-07-28")
    }

    @Test(
        "a _meta without those fields leaves the request to the session",
        arguments: [[:], ["progressToken": 1], "text", nil, [1]] as [JSONValue])
    func olderMeta(meta: JSONValue) {
        var session = Session.open(.v2025_11_25)
        #expect(session.take(request(1, "tools/list", ["_meta": meta])).result != nil)
    }

    @Test("methods of a session need initialize first", arguments: ["tools/list", "tools/call"])
    func beforeInitialize(method: String) {
        var session = Session(server: makeServer())
        let answer = session.take(request(1, method, ["name": "look"]))
        #expect(answer.errorCode == -32602)
        #expect(answer.errorMessage.contains("initialize"))
    }

    @Test("a ping is answered before and after initialize, with nothing", arguments: [nil] + legacyRevisions)
    func ping(revision: ProtocolVersion?) {
        var session = revision.map { Session.open($0) } ?? Session(server: makeServer())
        #expect(session.take(request("p", "ping")).sent == ["jsonrpc": "2.0", "id": "p", "result": [:]])
    }

    @Test(
        "what a revision does not have is an unknown method",
        arguments: [
            (.v2026_07_28, "ping"), (.v2026_07_28, "initialize"), (.v2026_07_28, "logging/setLevel"),
            (.v2025_11_25, "prompts/list"), (.v2025_11_25, ""), (.v2024_11_05, "Tools/list"),
            (.v2025_06_18, "tools/list "),
        ] as [(ProtocolVersion, String)])
    func unknownMethod(revision: ProtocolVersion, method: String) {
        var session = Session.open(revision)
        let answer = session.take(request(1, method, in: revision))
        #expect(answer.errorCode == -32601)
        #expect(answer.errorMessage.contains("\"\(method)\""))
    }

    @Test("server/discover without _meta is refused, though the method exists", arguments: [true, false])
    func bareDiscover(isOpen: Bool) {
        var session = isOpen ? Session.open(.v2025_11_25) : Session(server: makeServer())
        #expect(session.take(request(1, "server/discover")).errorCode == -32602)
    }

    @Test("a request of 2026-07-28 is served beside a session, and leaves it as it was", arguments: legacyRevisions)
    func bothEras(revision: ProtocolVersion) {
        var session = Session.open(revision)
        let before = session.take(request(1, "tools/list")).sent
        #expect(session.take(request(2, "tools/list", in: .v2026_07_28)).result?["resultType"] == "complete")
        #expect(session.take(request(1, "tools/list")).sent == before)
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
        var session = Session(server: makeServer())
        #expect(session.take(message).isNone)
        #expect(!session.takesBatches)
    }
}
