import TestSupport
import HTTPServer
import MCPHTTP
import JSON
import MCP
import EventLoop
import System
import Testing

/// A transport on a loop, one tool behind it, and clients on the loopback, all on one thread.
final class Bench {
    let loop: EventLoop
    let tool = HandTool()
    let server: MCP.Server
    /// Set before `start`.
    var configuration = HTTPTransportConfiguration(name: "bench", token: nil)
    private(set) var transport: HTTPTransport?
    private(set) var port: UInt16 = 0

    /// - Parameter clock: the loop's, where a test moves the time by hand, between runs.
    init(clock: @escaping () -> Instant = Instant.readClock) throws {
        try Signal.prepareProcess(receiving: [])
        loop = try EventLoop(clock: { [ahead] in clock() + TimeSpan(nanoseconds: ahead.nanoseconds) })
        let metrics = Metrics()
        server = MCP.Server(
            implementation: Implementation(
                name: "bench", title: "Bench", version: "1", description: "For tests",
                websiteURL: "https://example.com"),
            instructions: "Look.", tools: [tool.tool], extensions: [Bench.extension], isDynamic: true,
            observer: metrics.observer)
        self.metrics = metrics
        configuration.serverLimits.sweepInterval = .milliseconds(10)
        configuration.limits.sweepInterval = .milliseconds(10)
    }

    /// One method, which is answered at once.
    private static var `extension`: Extension {
        let method = ExtensionMethod(name: "echo/say", mirroredParam: "word") { params, _, finish in
            finish(.complete(["word": params["word"] ?? .null]))
            return {}
        }
        return Extension(identifier: "com.example/echo", methods: [method])
    }

    private let metrics: Metrics
    private let ahead = Ahead()

    deinit { transport?.close() }

    func start() throws {
        let transport = HTTPTransport(loop: loop, server: server, metrics: metrics, configuration: configuration)
        self.transport = transport
        port = try transport.listen(on: try #require(SocketAddress(host: "127.0.0.1", port: 0)))
    }

    /// Ends the transport and forgets it.
    func stop() {
        transport?.close()
        transport = nil
    }

    // MARK: Requests

    static let json = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"

    static func text(_ method: String, _ path: String, _ fields: String, _ body: String = "") -> String {
        let length = method == "POST" ? "Content-Length: \(body.utf8.count)\r\n" : ""
        return "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(length)\(fields)\r\n\(body)"
    }

    func client(receiveBufferBytes: Int32? = nil) throws -> Client {
        try Client(port: port, receiveBufferBytes: receiveBufferBytes)
    }

    func send(_ method: String, _ path: String, _ fields: String, _ body: String = "") throws -> Client {
        let client = try client()
        try client.send(Bench.text(method, path, fields, body))
        return client
    }

    /// Posts to a session.
    func post(_ body: String, session: String?, _ fields: String = Bench.json) throws -> Client {
        try send("POST", "/mcp", fields + (session.map { "Mcp-Session-Id: \($0)\r\n" } ?? ""), body)
    }

    /// Opens the session's own stream, or one that is taken up again.
    func get(session: String, after last: String? = nil) throws -> Client {
        let lastID = last.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        return try send("GET", "/mcp", "Accept: text/event-stream\r\nMcp-Session-Id: \(session)\r\n\(lastID)")
    }

    /// Posts a request of the modern era.
    func modern(
        _ method: String, _ params: String = "", name: String? = nil, _ fields: String = Bench.json
    ) throws -> Client {
        try send(
            "POST", "/mcp",
            fields + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: \(method)\r\n"
                + (name.map { "Mcp-Name: \($0)\r\n" } ?? ""), Bench.modernBody(method, params))
    }

    static func modernBody(_ method: String, _ params: String = "") -> String {
        let meta = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{},"progressToken":"t"}
            """
        let members = params.isEmpty ? meta : "\(params),\(meta)"
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"\(method)\",\"params\":{\(members)}}"
    }

    static func initialize(_ version: String, capabilities: String = "{}") -> String {
        """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\(version)",\
        "capabilities":\(capabilities),"clientInfo":{"name":"c","version":"1"}}}
        """
    }

    /// A call of a legacy client that wants to know of progress.
    static func call(_ id: Int = 1) -> String {
        """
        {"jsonrpc":"2.0","id":\(id),"method":"tools/call",\
        "params":{"name":"look","arguments":{"words":"a"},"_meta":{"progressToken":"t"}}}
        """
    }

    static let ping = #"{"jsonrpc":"2.0","id":5,"method":"ping"}"#

    /// Opens a session and returns its id.
    func open(_ version: String = "2025-11-25", capabilities: String = "{}") throws -> String {
        let client = try post(Bench.initialize(version, capabilities: capabilities), session: nil)
        let response = try whole(client)
        try #require(response.status == 200)
        return try #require(response.fields["mcp-session-id"])
    }

    /// Runs until the whole response has come.
    func whole(_ client: Client, _ location: SourceLocation = #_sourceLocation) throws -> Response {
        try run(location) { client.whole != nil }
        return try #require(client.whole)
    }

    /// The status of a ping in the session.
    func status(ofPingIn session: String) throws -> Int {
        try whole(post(Bench.ping, session: session)).status
    }

    /// What `/metrics` says.
    func metric(_ name: String) throws -> Int {
        let text = try whole(send("GET", "/metrics", "Connection: close\r\n")).body
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name + " ") })
        return try #require(Int(line.dropFirst(name.count + 1)))
    }

    /// Runs until the server knows that no client reads a stream.
    func noStreams() throws {
        let end = Instant.readClock() + .seconds(60)
        while try metric("mcp_streams") != 0 { try #require(Instant.readClock() < end) }
    }

    // MARK: The loop

    /// Runs turns until the condition holds; it is asked after each.
    func run(_ location: SourceLocation = #_sourceLocation, until isDone: @escaping () -> Bool) throws {
        let deadline = Instant.readClock() + .seconds(60)
        poll {
            if isDone() { return true }
            guard Instant.readClock() > deadline else { return false }
            Issue.record("nothing came of it", sourceLocation: location)
            return true
        }
        // The loop waits for events; without any, the deadline is looked at all the same.
        let look = loop.schedule(after: .seconds(61)) {}
        try loop.run()
        loop.cancel(look)
    }

    /// Lets the time of the loop pass at once.
    func advance(_ span: TimeSpan) { ahead.nanoseconds += span.nanoseconds }

    /// Runs for as long as a few looks for what has expired take.
    func run(for span: TimeSpan) throws {
        var isOver = false
        loop.schedule(after: span) { isOver = true }
        try run { isOver }
    }

    private func poll(_ isDone: @escaping () -> Bool) {
        loop.atEndOfTurn { [unowned self] in
            if isDone() { loop.stop() } else { poll(isDone) }
        }
    }
}

/// How far the time of a loop is ahead of the machine's.
private final class Ahead {
    var nanoseconds: Int64 = 0
}

extension Bench {
    /// A stream of HTTP+SSE whose session is initialized, and the path that its client posts to.
    func openLegacySSE() throws -> (stream: Client, path: String) {
        let stream = try send("GET", "/mcp/sse", "Accept: text/event-stream\r\n")
        try run { stream.events.count == 1 }
        let path = stream.events[0].data
        _ = try whole(send("POST", path, Bench.json, Bench.initialize("2024-11-05")))
        return (stream, path)
    }
}
