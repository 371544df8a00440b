/// Why a request brought no response. A status such as 404 is a response, not a failure.
///
/// A failure holds the host, its address and port, and the file of root certificates: never the URL, its query, a
/// header or a proxy's address, since each of them may hold a key or a password.
package enum HTTPFailure: Error, Equatable, Sendable {
    /// The request was refused before anything was sent.
    case invalidRequest(InvalidPart)
    /// As many requests as the client takes are in progress.
    case busy(requestsMax: Int)
    case nameNotResolved(host: String)
    /// The machine's settings name no DNS server. The host is nil for the proxy's; `termux` is the folder of Termux's
    /// files where the program runs in it.
    case noNameServer(host: String?, termux: String?)
    /// The name's addresses are all of this machine, and what is wanted is not there.
    case nameLeadsHere(host: String, address: String)
    case connectionRefused(host: String, port: UInt16)
    case connectionFailed(host: String, port: UInt16)
    /// The machine knows no way to the address.
    case noRoute(host: String, address: String)
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
        /// DNS had not answered for the host.
        case resolving(host: String)
        /// DNS had not answered for the proxy's name.
        case resolvingProxy
        /// Waiting for a free connection, TCP or the proxy.
        case connecting
        /// TCP's connection stood, TLS's did not.
        case handshake(host: String)
        /// TCP's connection to a proxy that is reached over TLS stood, TLS's did not.
        case handshakeWithProxy
        /// The request was sent and its response is not whole.
        case waiting
    }
}
