package import System

/// How a client behaves. A proxy is none of it: libcurl reads `HTTPS_PROXY`, `NO_PROXY` and their like by itself.
package struct HTTPClientConfiguration: Sendable {
    /// From the start of a connection to its being ready for the request: name, TCP, proxy, TLS.
    package var connectTimeout: TimeSpan
    /// From `send` to the whole response, the wait for a free connection included.
    package var totalTimeout: TimeSpan
    /// Connections at most, to all hosts together.
    package var connectionsMax: Int
    /// The longest body that is accepted, in bytes after decoding.
    package var responseBytesMax: Int
    package var trust: Trust

    package init() {
        connectTimeout = HTTPClientLimits.connectTimeout
        totalTimeout = HTTPClientLimits.totalTimeout
        connectionsMax = HTTPClientLimits.connectionsMax
        responseBytesMax = HTTPClientLimits.responseBytesMax
        trust = .builtIn
    }

    /// The root certificates that a server's certificate must lead to.
    package enum Trust: Equatable, Sendable {
        /// Those inside the program; the system's where the program was built without.
        case builtIn
        /// Those of a PEM file, and no others.
        case file(String)
    }
}
