import Bytes
import HTTPServer
import JSON
import HTTPTypes
public import MCP
public import EventLoop
public import System

/// MCP over HTTP: Streamable HTTP of both eras at `/mcp` and `/mcp/stream`, HTTP+SSE at `/mcp/sse`, and `/health`,
/// `/ready`, `/metrics` for those who run it.
public final class HTTPTransport {
    let loop: EventLoop
    let server: MCP.Server
    let limits: HTTPTransportLimits
    let keys: FieldKeys
    let sessions: SessionTable
    let accessPolicy: AccessPolicy
    let proxies: TrustedProxies
    let refusals: Refusals
    let pathPrefix: PathPrefix?
    private let takesTokenInPath: Bool
    var sseSessions: [UInt64: SSESession] = [:]
    /// Requests of the modern era that run.
    var modernRequests: [UInt64: RequestContext] = [:]
    var nextModernRequest: UInt64 = 0
    private(set) var openStreams = 0
    private let sealsWithToken: Bool
    private let metrics: Metrics
    private let readinessNote: () -> String?
    private let moreMetrics: (inout MetricsText) -> Void
    private let jsonFields = HTTPFields(HTTPResponse.jsonFields)
    /// Tells those who look after the server that it is this one that answers.
    private let healthFields: HTTPFields
    private let streamFields = HTTPFields([
        ("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache, no-transform"),
        ("X-Accel-Buffering", "no"), ("X-Content-Type-Options", "nosniff"),
    ])
    private var http: HTTPServer?
    package private(set) var isDraining = false

    /// - Parameter moreMetrics: adds what others have to say to `/metrics`.
    public init(
        loop: EventLoop, server: MCP.Server, metrics: Metrics, configuration: HTTPTransportConfiguration,
        moreMetrics: @escaping (inout MetricsText) -> Void = { _ in }
    ) {
        self.loop = loop
        self.server = server
        self.metrics = metrics
        self.moreMetrics = moreMetrics
        limits = configuration.limits
        keys = FieldKeys(forwarded: configuration.forwardedHeader, person: configuration.personHeader)
        proxies = TrustedProxies(configuration.trustedProxies)
        pathPrefix = configuration.pathPrefix
        takesTokenInPath = configuration.isTokenInPathTaken
        readinessNote = configuration.readinessNote
        refusals = Refusals(configuration, keys, proxies, loop)
        accessPolicy = AccessPolicy(configuration, keys, refusals)
        healthFields = HTTPFields(HTTPResponse.jsonFields + [("Server", configuration.name)])
        sessions = SessionTable(
            loop: loop, server: server, idleTime: configuration.sessionIdleTime, limits: configuration.limits,
            secret: configuration.sessionSecret ?? configuration.token)
        sealsWithToken = configuration.sessionSecret == nil
        let events = HTTPServer.Events(
            head: { [accessPolicy] head in accessPolicy.decision(head) },
            request: { [self] head, body, writer in serve(head, body, writer) },
            refusal: { [refusals] fault, peerAddress in
                refusals.note(fault, peerAddress)
                return fault.answer
            })
        http = HTTPServer(
            loop: loop, limits: configuration.serverLimits, fields: keys.catalog, events: events)
    }

    /// Clients need this token from now on; an empty one is not taken. What has begun goes on.
    public func replaceToken(_ token: [UInt8]) {
        accessPolicy.replaceToken(token)
        if sealsWithToken, !token.isEmpty { sessions.replaceSecret(token) }
    }

    /// Begins to take connections. Returns the port, which the system chooses when the address has 0.
    public func listen(on address: SocketAddress) throws(SystemError) -> UInt16 {
        guard let http else { return 0 }
        return try http.listen(on: address)
    }

    /// How many connections clients have.
    public var connections: Int { http?.openConnections ?? 0 }

    /// Says at `/ready` that the server will stop, and ends streams that would wait for ever. Connections are still
    /// taken, and each ends with its next response: proxies go on sending for a moment. `drain` is to follow.
    public func beginDrain() {
        guard !isDraining else { return }
        isDraining = true
        endWaiting(givingUp: false)
        http?.beginDrain()
    }

    /// Takes no more connections, ends streams that would wait for ever, finishes what is in progress, then calls
    /// `action`. The one who calls sets the limit of that time, and calls `giveUp` or `close` at its end.
    public func drain(then action: @escaping () -> Void) {
        beginDrain()
        http?.drain(then: action)
    }

    /// Answers what still runs with an error.
    public func giveUp() { endWaiting(givingUp: true) }

    /// - Parameter givesUp: ends also what works.
    private func endWaiting(givingUp givesUp: Bool) {
        for request in modernRequests.values { if givesUp { request.giveUp() } else { request.endSubscription() } }
        sessions.forEach { session in if givesUp { session.core.giveUp() } else { session.endWaiting() } }
        for session in sseSessions.values { if givesUp { session.giveUp() } else { session.endWhenDone() } }
    }

    /// Ends everything at once.
    public func close() {
        http?.closeAll()
        refusals.summarize()
        for request in modernRequests.values { request.cancel() }
        sessions.closeAll()
        for session in sseSessions.values { session.close() }
        http = nil
    }

    private func serve(_ head: RequestHead, _ body: Span<UInt8>, _ writer: ResponseWriter) {
        // The access policy lets nothing in that has no route.
        guard let place = Route.find(head, withToken: takesTokenInPath) else { return writer.respond(404) }
        place.route.handler(self, head, body, writer)
    }

    func answerHealth(_ head: RequestHead, _ writer: ResponseWriter) {
        writer.respond(200, permitted(healthFields, head)) { $0.append(contentsOf: "{\"status\":\"ok\"}".utf8) }
    }

    func answerReady(_ head: RequestHead, _ writer: ResponseWriter) {
        var body: JSONObject = ["status": .string(isDraining ? "draining" : "ready")]
        if let note = readinessNote() { body.set("note", to: .string(note)) }
        writer.respond(isDraining ? 503 : 200, fields(for: head)) { JSONValue.object(body).write(into: &$0) }
    }

    func answerMetrics(_ head: RequestHead, _ writer: ResponseWriter) {
        var text = MetricsText()
        metrics.write(into: &text)
        if let http {
            text.gauge("http_connections", "Open HTTP connections.", http.openConnections)
            text.counter("http_connections_total", "HTTP connections accepted.", http.counters.accepted)
            text.counter(
                "http_evicted_connections_total", "Idle HTTP connections closed to make room for others.",
                http.counters.evicted)
            text.counter("http_requests_total", "HTTP requests with a well-formed head.", http.counters.requests)
        }
        refusals.write(into: &text)
        text.gauge("mcp_sessions", "Sessions of the legacy era.", sessions.count + sseSessions.count)
        text.counter("mcp_sessions_expired_total", "Sessions that ended unused.", sessions.expired)
        text.counter(
            "mcp_sessions_restored_total", "Sessions made of their ids, as after a restart.", sessions.restored)
        text.gauge("mcp_streams", "Open event streams.", openStreams)
        moreMetrics(&text)
        var fields = HTTPFields([("Content-Type", "text/plain; version=0.0.4; charset=utf-8")])
        accessPolicy.browsers.permit(head, &fields)
        writer.respond(200, fields) { $0.append(contentsOf: text.bytes) }
    }

    /// Who sent a request. A client has as many connections and sessions as it likes: the network that it is in tells
    /// it apart from others, and on the loopback its session or its connection does. Those also tell the clients of one
    /// network apart, behind a reverse proxy or Docker's, where all have one address. A proxy that is trusted
    /// tells the addresses of its clients.
    ///
    /// - Parameter number: of the session that the request belongs to.
    func caller(_ head: RequestHead, _ writer: ResponseWriter, session number: Int64? = nil) -> Caller {
        var network = writer.peerNetwork
        if let client = refusals.client(head, writer.peerAddress) { network = PeerNetwork.number(of: client) }
        let (id, member) = HTTPTransport.callerNumbers(
            network: network, session: number, connection: writer.connectionNumber)
        return Caller(
            id: id, member: member, forwardedHeader: HTTPTransport.value(of: keys.forwarded, head),
            personHeader: HTTPTransport.value(of: keys.person, head))
    }

    /// An empty field is what a client's template leaves when its user has set nothing.
    private static func value(of key: FieldKey?, _ head: RequestHead) -> String? {
        key.flatMap { head.value(of: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// No two ids are the same: networks have the lowest numbers, sessions even ones and connections odd ones above 0,
    /// which is the local client.
    public static func callerNumbers(
        network: Int64?, session: Int64?, connection: Int64
    ) -> (id: Int64, member: Int64) {
        let member = session.map { $0 * 2 } ?? connection * 2 + 1
        return (network.map { Int64.min + $0 } ?? member, member)
    }

    // MARK: Responses

    /// The fields of a response in JSON.
    func fields(for head: RequestHead) -> HTTPFields { permitted(jsonFields, head) }

    /// The fields of a response without a body.
    func bareFields(for head: RequestHead) -> HTTPFields { permitted(HTTPFields(), head) }

    /// The fields of a stream.
    func streamFields(for head: RequestHead) -> HTTPFields { permitted(streamFields, head) }

    private func permitted(_ fields: HTTPFields, _ head: RequestHead) -> HTTPFields {
        guard head.has(.origin) else { return fields }
        var fields = fields
        accessPolicy.browsers.permit(head, &fields)
        return fields
    }

    /// What the server cannot do is no refusal.
    func fail(_ head: RequestHead, _ writer: ResponseWriter, _ message: String) {
        writer.respond(accessPolicy.browsers.refusal(head, 500, message, []))
    }

    func refuse(
        _ head: RequestHead, _ writer: ResponseWriter, _ reason: Refusal.Reason, _ status: Int, _ message: String,
        _ more: [(name: String, value: String)] = []
    ) {
        refusals.note(reason, status, head)
        writer.respond(accessPolicy.browsers.refusal(head, status, message, more))
    }

    /// Makes a response a stream; `closed` is called once, when the client has disconnected.
    func openStream(_ writer: ResponseWriter, _ fields: HTTPFields, closed: @escaping () -> Void) -> EventStream {
        openStreams += 1
        return EventStream(
            writer, fields, loop: loop, interval: limits.keepAliveInterval, onEnd: { [self] in openStreams -= 1 },
            closed: closed)
    }
}
