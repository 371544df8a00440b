import JSON
import MCP
import Testing

@Suite struct MonitorTests {
    private final class Records {
        var now: Int64 = 100
        private(set) var operations: [RequestRecord] = []

        var observer: RequestObserver {
            RequestObserver(clock: { [self] in now }, record: { [self] in operations.append($0) })
        }

        var last: String {
            operations.last.map { "\($0.method?.rawValue ?? "-") \($0.name ?? "-") \($0.outcome) \($0.nanoseconds)" }
                ?? ""
        }
    }

    private let records = Records()
    private let hand = HandTool()

    private func server(isDynamic: Bool = false) -> Server {
        makeServer(
            tools: [hand.tool], prompts: [prompt("p")], isDynamic: isDynamic, observer: records.observer)
    }

    @Test("each request is recorded once, with its time by the clock", arguments: revisions)
    func time(revision: ProtocolVersion) {
        let client = Client(server(), revision)
        let before = records.operations.count
        client.begin("tools/call", callParams)
        #expect(records.operations.count == before)
        records.now += 5_000
        hand.finishes[0](.content([]))
        hand.finishes[0](.content([]))
        #expect(records.operations.count == before + 1)
        #expect(records.last == "tools/call look success 5000")
    }

    @Test("the outcome tells how it ended")
    func outcomes() {
        let client = Client(server(), .v2025_11_25)
        #expect(records.last == "initialize - success 0")
        let table: [(String, JSONObject, String)] = [
            ("ping", [:], "ping - success 0"), ("tools/list", [:], "tools/list - success 0"),
            ("logging/setLevel", ["level": "info"], "logging/setLevel - success 0"),
            ("prompts/get", ["name": "p"], "prompts/get p success 0"),
            ("prompts/get", ["name": "q"], "prompts/get - refused(MCP.RPCError.Code.invalidParams) 0"),
            ("tools/call", ["name": "other"], "tools/call - refused(MCP.RPCError.Code.invalidParams) 0"),
            ("tools/call", ["name": "look"], "tools/call look toolFailure 0"),
            ("made/up", [:], "- - refused(MCP.RPCError.Code.methodNotFound) 0"),
            ("resources/list", [:], "- - refused(MCP.RPCError.Code.methodNotFound) 0"),
        ]
        for (method, params, expected) in table {
            client.begin(method, params)
            #expect(records.last == expected)
        }
        let id = client.begin("tools/call", callParams)
        client.send(cancel(id))
        #expect(records.last == "tools/call look cancelled 0")
    }

    @Test("a method that a client makes up is never recorded, whatever else is wrong")
    func madeUp() {
        let client = Client(server(), .v2026_07_28)
        client.begin("made/up", ["inputResponses": 5])
        #expect(records.last.hasPrefix("- - refused"))
        for _ in 0..<MCPLimits.callsMax { client.begin("tools/call", callParams) }
        client.begin("made/up/too")
        #expect(records.last.hasPrefix("- - refused"))
        client.begin("tools/list")
        #expect(records.last == "tools/list - refused(MCP.RPCError.Code.internalError) 0")
    }

    @Test("a call that asks its client is one record in the legacy era")
    func pendingInput() {
        let client = Client(server(), .v2025_11_25, capabilities: ["roots": [:]])
        let before = records.operations.count
        client.begin("tools/call", callParams)
        hand.finishes[0](.inputRequired(InputRequired([InputRequired.Question("r", .roots)])))
        records.now += 7
        client.reply(to: client.questions.last, ["roots": []])
        #expect(records.operations.count == before)
        hand.finishes[1](.content([]))
        #expect(records.operations.count == before + 1)
        #expect(records.last == "tools/call look success 7")
    }

    @Test("a subscription is recorded at its end")
    func subscription() {
        let client = Client(server(isDynamic: true), .v2026_07_28)
        client.begin("subscriptions/listen", ["notifications": [:]])
        #expect(records.operations.count == 0)
        records.now += 9
        client.session?.endSubscriptions()
        #expect(records.last == "subscriptions/listen - success 9")
    }
}
