import JSON
import MCP
import Testing

@Suite struct ProgressTests {
    private let hand = HandTool()

    private func started(_ revision: ProtocolVersion, token: JSONValue?) -> (Client, RequestContext?) {
        let client = Client(hand, revision)
        client.begin("tools/call", callParams, meta: token.map { ["progressToken": $0] } ?? [:])
        return (client, hand.requests.last)
    }

    @Test(
        "progress carries the client's token as it came",
        arguments: ["a", "", 0, -5, 9_007_199_254_740_993, "1"] as [JSONValue])
    func token(token: JSONValue) {
        for revision in revisions {
            let (client, request) = started(revision, token: token)
            request?.report(progress: 0.5, total: 2)
            let expected: JSONObject = ["progressToken": token, "progress": 0.5, "total": 2]
            #expect(client.received == [notification("notifications/progress", .object(expected))])
            #expect(client.received.first?["params"]?["progressToken"]?.text == token.text)
        }
    }

    @Test(
        "without a token that can be one nothing is sent", arguments: [nil, .null, 1.5, true, [1], [:]] as [JSONValue?])
    func noToken(token: JSONValue?) {
        for revision in revisions {
            let (client, request) = started(revision, token: token)
            request?.report(progress: 1)
            #expect(client.received == [])
            #expect(hand.finishes.count > 0)
        }
    }

    @Test("progress grows: what does not is dropped")
    func growth() {
        let (client, request) = started(.v2025_11_25, token: 1)
        for progress in [-1, 0, 0, 5, 4, 5, 5.5, .nan, .infinity, -.infinity, 6] {
            request?.report(progress: progress)
        }
        #expect(client.received.map { $0["params"]?["progress"]?.double } == [-1, 0, 5, 5.5, 6])
    }

    @Test("progress is told only so often, and not at the beginning")
    func rate() {
        var time: Int64 = 1_000
        let wait = MCPLimits.progressNanoseconds
        let client = Client(makeServer(tools: [hand.tool], clock: { time }), .v2025_11_25)
        client.begin("tools/call", callParams, meta: ["progressToken": 1])
        client.begin("tools/call", callParams, meta: ["progressToken": 2])
        func report(_ progress: Double, after passed: Int64) {
            time += passed
            for request in hand.requests { request.report(progress: progress) }
        }
        report(1, after: wait - 1)
        #expect(client.received == [])
        report(2, after: 1)
        report(3, after: wait - 1)
        report(4, after: 1)
        hand.requests[0].report(progress: 5)
        #expect(
            client.received.map { [$0["params"]?["progressToken"]?.int64, $0["params"]?["progress"]?.int64] }
                == [[1, 2], [2, 2], [1, 4], [2, 4]])
    }

    @Test("a total that is no number is left out")
    func total() {
        let (client, request) = started(.v2025_11_25, token: 1)
        request?.report(progress: 1, total: .infinity)
        #expect(client.received.first?["params"]?.keys == ["progress", "progressToken"])
    }

    @Test("progress has words since 2025-03-26", arguments: revisions)
    func message(revision: ProtocolVersion) {
        let (client, request) = started(revision, token: 1)
        request?.report(progress: 1, message: "half")
        #expect(client.received.first?["params"]?["message"] == (revision == .v2024_11_05 ? nil : "half"))
    }

    @Test("progress comes before the answer, and none after it", arguments: revisions)
    func order(revision: ProtocolVersion) {
        hand.immediate = .content([])
        hand.onRun = { $0.report(progress: 1) }
        let (client, request) = started(revision, token: 1)
        request?.report(progress: 2)
        #expect(client.received.map { $0["method"] } == ["notifications/progress", nil])
    }

    @Test("a request knows its _meta while its work begins", arguments: revisions)
    func meta(revision: ProtocolVersion) {
        let client = Client(hand, revision)
        hand.onRun = { request in
            #expect(request.meta("traceparent") == "00-a-b-01")
            #expect(request.meta("tracestate") == nil)
        }
        client.begin("tools/call", callParams, meta: ["traceparent": "00-a-b-01"])
        #expect(hand.requests.last?.version == revision)
    }
}
