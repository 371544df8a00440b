public import HTTPServer
public import HTTPTypes
public import System

/// How MCP is served over HTTP.
public struct HTTPTransportConfiguration {
    /// The name of the protected area in `WWW-Authenticate` (RFC 9110, section 11.5), and `Server` of `/health`.
    public var name: String
    /// The bearer token that every MCP path asks for; nil lets everyone in.
    public var token: [UInt8]?
    /// What the ids of sessions are sealed by: processes with the same go on with each other's sessions. Nil for the
    /// token, or where there is none either, for something random: then no session outlives the process.
    public var sessionSecret: [UInt8]?
    /// Called before a token is judged, and urgently before one is refused: the time to take a token that has changed
    /// (`HTTPTransport.replaceToken`).
    public var refreshToken: (_ isUrgent: Bool) -> Void = { _ in }
    /// The name of a header that is handed on to the server's own code as `Caller.forwardedHeader`, such as one with a
    /// client's own key for the service behind the server; nil for none.
    public var forwardedHeader: String?
    /// The name of another one, `Caller.personHeader`: with what the service knows the client's user by; nil for none.
    public var personHeader: String?
    /// What `/ready` adds for people: requests are served, but something is amiss. Nil for nothing.
    public var readinessNote: () -> String? = { nil }
    /// Whether the token may also be the last part of the path, `/mcp/<token>`, for clients that can send nothing but a
    /// URL. URLs are kept in more places than headers are.
    public var takesTokenInPath = false
    /// Reverse proxies whose X-Forwarded-For and X-Forwarded-Prefix are believed.
    public var trustedProxies: [IPNetwork] = []
    /// What a proxy takes off the front of the path, such as `/tmdb`: HTTP+SSE has to name the whole path.
    public var pathPrefix: PathPrefix?
    /// Told of requests that were refused, no more than a log can bear, and how many of them were not told of.
    public var onRefusal: (Refusal) -> Void = { _ in }
    public var onUntoldRefusals: (_ count: Int64) -> Void = { _ in }
    public var hosts = HostRule.loopback
    public var origins = OriginRule.loopback()
    /// A session of the legacy era ends when it has been unused for so long.
    public var sessionIdleTime = TimeSpan.seconds(1800)
    public var limits = HTTPTransportLimits()
    public var serverLimits = HTTPServerLimits()

    public init(name: String, token: [UInt8]?) {
        self.name = name
        self.token = token
    }

    var isTokenInPathTaken: Bool { takesTokenInPath && token?.isEmpty == false }

    /// Takes no more connections at a time than these, and no more than before.
    public mutating func limitConnections(to most: Int) {
        serverLimits.connectionsMax = min(serverLimits.connectionsMax, most)
    }
}
