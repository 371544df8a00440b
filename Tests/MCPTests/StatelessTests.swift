import JSON
import MCP
import Testing

/// Requests of the modern era without a session, as HTTP brings them.
@Suite struct StatelessTests {
    private let hand = HandTool()

    /// Serves one request, and keeps what it is sent.
    private final class Exchange {
        private(set) var received: [JSONValue] = []
        private(set) var cancellations = 0
        private(set) var request: RequestContext?

        init(_ server: Server, _ method: String, _ params: JSONObject, _ capabilities: JSONObject = [:]) throws {
            var params = params
            params["_meta"] = .object(modernMeta(capabilities))
            let meta = try RequestMeta(params)
            request = server.serve(id: .string("x"), method: method, params: params, meta: meta) {
                [unowned self] reply in
                switch reply {
                case .message(let message), .progress(let message), .answer(let message):
                    if let value = parsed(message) { received.append(value) }
                case .pause: break
                case .cancelled: cancellations += 1
                }
            }
        }
    }

    @Test("a request is answered with its id, at once or later")
    func answer() throws {
        let server = makeServer(tools: [hand.tool])
        let listing = try Exchange(server, "tools/list", [:])
        #expect(listing.received.map { $0["id"] } == ["x"])
        #expect(listing.request?.isEnded == true)
        let call = try Exchange(server, "tools/call", callParams)
        #expect(call.received == [])
        #expect(call.request?.isEnded == false)
        hand.finishes[0](.failure("later"))
        #expect(text(of: call.received.last?.result) == "later")
        #expect(call.received.last?.result?["_meta"] == resultMeta)
    }

    @Test("a client that goes away cancels its request")
    func cancelled() throws {
        let call = try Exchange(makeServer(tools: [hand.tool]), "tools/call", callParams)
        call.request?.cancel()
        call.request?.cancel()
        hand.finishes[0](.failure("late"))
        #expect(hand.cancelled == [0])
        #expect(call.cancellations == 1)
        #expect(call.received == [])
    }

    @Test("a subscription lives until its client goes away or the server ends it", arguments: [true, false])
    func subscription(isEnded: Bool) throws {
        let server = makeServer(tools: [tool()], isDynamic: true)
        let wanted: JSONObject = ["notifications": ["toolsListChanged": true]]
        let exchange = try Exchange(server, "subscriptions/listen", wanted)
        server.changes.publish(.tools)
        #expect(exchange.received.count == 2)
        if isEnded { exchange.request?.endSubscription() } else { exchange.request?.cancel() }
        server.changes.publish(.tools)
        #expect(exchange.received.count == (isEnded ? 3 : 2))
        #expect(exchange.cancellations == (isEnded ? 0 : 1))
        #expect(server.changes.listenerCount == 0)
    }

    @Test(
        "methods of the legacy era are unknown",
        arguments: [
            "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "made/up",
        ])
    func unknown(method: String) throws {
        let server = makeServer(tools: [tool()], resources: [resource("a")], isDynamic: true)
        #expect(try Exchange(server, method, ["uri": "a"]).received.map(\.code) == [-32601])
    }

    @Test("the revision that a request names is found whether it is served or not")
    func names() {
        let key = "io.modelcontextprotocol/protocolVersion"
        #expect(RequestMeta.namedVersion(["_meta": [key: "2027-01-01"]]) == "2027-01-01")
        #expect(RequestMeta.namedVersion(["_meta": [key: 5]]) == nil)
        #expect(RequestMeta.namedVersion([:]) == nil)
        #expect(RequestMeta.isModern(["_meta": [key: 5]]))
        #expect(!RequestMeta.isModern(["_meta": ["progressToken": 5]]))
        #expect(!RequestMeta.isModern(["_meta": 5]))
    }
}
