import JSON
import MCP
import Testing

@Suite struct LoggingTests {
    private static let names = [
        "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
    ]
    private let hand = HandTool()

    /// The levels that arrive of all that a call logs.
    private func levels(_ client: Client, meta: JSONObject = [:]) -> [String] {
        client.clear()
        hand.immediate = .content([])
        hand.onRun = { request in
            for level in LoggingLevel.allCases { request.log(level, "x") }
        }
        client.begin("tools/call", callParams, meta: meta)
        hand.forget()
        return client.received.compactMap { $0["params"]?["level"]?.string }
    }

    @Test("a session hears what is as grave as it wants", arguments: names)
    func session(level: String) {
        for revision in legacyRevisions {
            let client = Client(hand, revision)
            #expect(client.ask("logging/setLevel", ["level": .string(level)])?.result == [:])
            #expect(levels(client) == Array(Self.names.drop { $0 != level }))
        }
    }

    @Test("a session that has not said what it wants hears all but debugging", arguments: legacyRevisions)
    func unset(revision: ProtocolVersion) {
        #expect(levels(Client(hand, revision)) == Array(Self.names.dropFirst()))
    }

    @Test("sessions have their own levels")
    func several() {
        let loud = Client(hand, .v2025_11_25)
        let quiet = Client(hand, .v2025_11_25)
        _ = loud.ask("logging/setLevel", ["level": "debug"])
        _ = quiet.ask("logging/setLevel", ["level": "emergency"])
        #expect(levels(loud).count == 8)
        #expect(levels(quiet) == ["emergency"])
    }

    @Test("a request of 2026-07-28 hears what it asks for, and nothing when it asks for nothing", arguments: names)
    func modern(level: String) {
        let client = Client(hand, .v2026_07_28)
        let key = "io.modelcontextprotocol/logLevel"
        #expect(levels(client, meta: [key: .string(level)]) == Array(Self.names.drop { $0 != level }))
        #expect(levels(client) == [])
        #expect(levels(client, meta: [key: nil]) == [])
    }

    @Test("the level of a session is none for requests of 2026-07-28 beside it")
    func beside() {
        let client = Client(hand, .v2025_11_25)
        _ = client.ask("logging/setLevel", ["level": "debug"])
        client.clear()
        hand.immediate = .content([])
        hand.onRun = { $0.log(.emergency, "x") }
        client.send(request(1, "tools/call", callParams, in: .v2026_07_28))
        hand.forget()
        #expect(client.methods == [])
    }

    @Test(
        "a level that there is none of is refused",
        arguments: ["loud", "", "Debug", "warn", 3, nil, [], ["debug"]] as [JSONValue])
    func unknown(level: JSONValue) {
        let client = Client(hand, .v2025_11_25)
        _ = client.ask("logging/setLevel", ["level": "error"])
        let answer = client.ask("logging/setLevel", ["level": level])
        #expect(answer?.code == -32602)
        #expect(answer?.message.contains("debug, info, notice") == true)
        #expect(levels(client) == ["error", "critical", "alert", "emergency"])
        guard !level.isNull else { return }
        let modern = Client(hand, .v2026_07_28)
        #expect(modern.ask("tools/list", meta: ["io.modelcontextprotocol/logLevel": level])?.code == -32602)
    }

    @Test("a message says who speaks when it is known")
    func message() {
        let client = Client(hand, .v2025_11_25)
        hand.onRun = { request in
            request.log(.warning, ["a": 1], logger: "tmdb")
            request.log(.warning, "b")
        }
        client.begin("tools/call", callParams)
        #expect(
            client.received == [
                notification("notifications/message", ["level": "warning", "logger": "tmdb", "data": ["a": 1]]),
                notification("notifications/message", ["level": "warning", "data": "b"]),
            ])
    }
}
