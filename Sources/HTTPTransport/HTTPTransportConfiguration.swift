package import HTTPServer
package import System

/// How MCP is served over HTTP.
package struct HTTPTransportConfiguration {
    /// The name of the protected area in `WWW-Authenticate` (RFC 9110, section 11.5), and `Server` of `/health`.
    package var name: String
    /// The bearer token that every MCP path asks for; nil lets everyone in.
    package var token: [UInt8]?
    /// Called before a token is judged, and urgently before one is refused: the time to take a token that has changed
    /// (`HTTPTransport.replaceToken`).
    package var refreshToken: (_ isUrgent: Bool) -> Void = { _ in }
    /// The name of a header that is handed on to the server's own code as `Caller.forwardedHeader`, such as one with a
    /// client's own key for the service behind the server; nil for none.
    package var forwardedHeader: String?
    package var hosts = HostRule.loopback
    package var origins = OriginRule.loopback()
    /// A session of the legacy era ends when it has been unused for so long.
    package var sessionIdleTime = TimeSpan.seconds(1800)
    package var limits = HTTPTransportLimits()
    package var serverLimits = HTTPServerLimits()

    package init(name: String, token: [UInt8]?) {
        self.name = name
        self.token = token
    }

    /// Takes no more connections at a time than these, and no more than before.
    package mutating func limitConnections(to most: Int) {
        serverLimits.connectionsMax = min(serverLimits.connectionsMax, most)
    }
}
