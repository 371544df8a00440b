import Configuration
import HTTPClient
import HTTPTypes
import MCPHTTP
import System
import Upstream

// What the settings are for the parts of the server.

extension UpstreamConfiguration {
    init(_ configuration: Configuration) {
        self.init()
        requestsPerSecond = configuration.rateLimit
        concurrentRequestsMax = configuration.connections
        cacheBytesMax = configuration.cacheBytes
        totalNanoseconds = Int64(configuration.timeoutMilliseconds) * 1_000_000
    }
}

extension HTTPClientConfiguration {
    /// - Parameter attempt: how long one attempt may take, in nanoseconds.
    init(_ configuration: Configuration, attempt: Int64) {
        self.init()
        connectionsMax = configuration.connections
        totalTimeout = TimeSpan(nanoseconds: attempt)
        if let file = configuration.caFile { trust = .file(file) }
    }
}

extension HTTPTransportConfiguration {
    init(_ configuration: Configuration, token: Secret) {
        self.init(name: "tmdb-mcp", token: Array(token.reveal().utf8))
        forwardedHeader = "X-TMDB-Api-Key"
        personHeader = "X-TMDB-Session"
        takesTokenInPath = configuration.takesTokenInPath
        pathPrefix = configuration.pathPrefix
        trustedProxies = configuration.trustedProxies
        switch configuration.allowedHosts {
        case nil: break
        case .everything: hosts = .anything
        case .only(let names): hosts = .loopback(and: names.compactMap { Authority($0) })
        }
        switch configuration.allowedOrigins {
        case nil: break
        case .everything: origins = .anything
        case .only(let names): origins = .loopback(and: names)
        }
        sessionIdleTime = .seconds(configuration.sessionTimeoutSeconds)
    }
}
