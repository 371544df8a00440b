/// Why a request brought no response. A status such as 404 is a response, not a failure.
///
/// A failure holds the host and port at most: never the URL, its query, a header or a proxy's address, since each of
/// them may hold a key or a password.
package enum HTTPFailure: Error, Equatable, Sendable {
    /// The request was refused before anything was sent.
    case invalidRequest(InvalidPart)
    /// As many requests as the client takes are under way.
    case busy(requestsMax: Int)
    case nameNotResolved(host: String)
    case connectionRefused(host: String, port: UInt16)
    case connectionFailed(host: String, port: UInt16)
    case proxy(ProxyFault)
    case tls(TLSFault, host: String)
    case timedOut(Phase, milliseconds: Int)
    /// The connection ended, or the chunked framing broke, before the response was whole.
    case cutOff
    /// The body could not be decoded as its Content-Encoding says.
    case badEncoding
    case tooLarge(Part, bytesMax: Int)
    /// What came is not an HTTP response.
    case badResponse
    /// Any other failure: libcurl's code and its words for it.
    case other(code: Int, reason: String)

    package enum InvalidPart: Equatable, Sendable {
        case url, scheme, field
    }

    package enum Part: Equatable, Sendable {
        case head, body
    }

    package enum Phase: Equatable, Sendable {
        /// Waiting for a free connection, the name, TCP, the proxy or TLS.
        case connecting
        /// The request was sent and its response is not whole.
        case waiting
    }

    package enum ProxyFault: Equatable, Sendable {
        /// The proxy's setting is no URL of a known kind.
        case unusable
        case nameNotResolved
        case connectionFailed
        /// The proxy answered CONNECT with this status.
        case refused(status: Int)
        /// The proxy broke off or spoke another protocol.
        case handshake
    }

    package enum TLSFault: Equatable, Sendable {
        case notTrusted
        case expired
        case notYetValid
        case wrongHost
        /// The certificate was refused for another reason.
        case badCertificate
        /// The trusted roots could not be read.
        case badRoots
        /// No common version or cipher, or no TLS at all.
        case handshake
    }
}
