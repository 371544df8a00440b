import Bytes

extension HTTPFailure {
    /// For people: what is wrong, and what to do. Holds no secret.
    package var message: String {
        switch self {
        case .invalidRequest(let part):
            part.message
        case .busy(let requestsMax):
            "\(requestsMax) requests are under way already: try again when some have been answered"
        case .nameNotResolved(let host):
            "could not resolve the host \(host): check the name, the network and DNS"
        case .noNameServer(let host, nil):
            "could not resolve \(Self.named(host)): /etc/resolv.conf is missing or names no DNS server: put one there, "
                + "in a line such as nameserver 9.9.9.9"
        case .noNameServer(let host, let termux?):
            "could not resolve \(Self.named(host)): Termux keeps the names of the DNS servers where this program does "
                + "not look: start it with proot -b \(termux)/etc/resolv.conf:/etc/resolv.conf (pkg install proot)"
        case .nameLeadsHere(let host, let address):
            "\(host) resolves to \(address), this machine itself: unless that is meant, DNS or /etc/hosts blocks the "
                + "name, as Pi-hole and some providers do: allow it there or ask another DNS server; HTTPS_PROXY leads "
                + "around"
        case .connectionRefused(let host, let port):
            "\(host) refused the connection to port \(port): check the address, and that the server is running"
        case .connectionFailed(let host, let port):
            "could not connect to \(host) port \(port): check the network, the firewall and the proxy settings"
        case .noRoute(let host, let address):
            "no route leads from this machine to \(host) (\(address)): check the network"
        case .proxy(let fault):
            fault.message
        case .tls(let fault, let host):
            fault.message(of: host)
        case .timedOut(.resolving(let host), let milliseconds):
            "the time was up after \(milliseconds) ms before DNS had answered for \(host): check that the name servers "
                + "of this machine answer (/etc/resolv.conf)"
        case .timedOut(.resolvingProxy, let milliseconds):
            "the time was up after \(milliseconds) ms before DNS had answered for the name of the proxy: check "
                + "HTTPS_PROXY, ALL_PROXY, and that the name servers of this machine answer (/etc/resolv.conf)"
        case .timedOut(.handshake(let host), let milliseconds):
            "the time was up after \(milliseconds) ms in the TLS handshake with \(host): a firewall or a tunnel on the "
                + "way may swallow it; HTTPS_PROXY leads around"
        case .timedOut(.handshakeWithProxy, let milliseconds):
            "the time was up after \(milliseconds) ms in the TLS handshake with the proxy: if it does not speak TLS, "
                + "write http:// in place of https:// in HTTPS_PROXY"
        case .timedOut(.connecting, let milliseconds):
            "the time was up after \(milliseconds) ms without a connection: check the network, the firewall and the "
                + "proxy settings"
        case .timedOut(.waiting, let milliseconds):
            "the time was up after \(milliseconds) ms without a complete answer: try again later"
        case .cutOff:
            "the connection ended before the answer was complete: try again"
        case .badEncoding:
            "the answer's compression is broken: try again; if it stays so, a proxy on the way may be damaging it"
        case .tooLarge(.head, let bytesMax):
            "the answer's head is larger than the limit of \(bytesMax) bytes: check that the address is the right one"
        case .tooLarge(.body, let bytesMax):
            "the answer is larger than the limit of \(bytesMax) bytes: ask for less"
        case .badResponse:
            "what answered does not speak HTTP: check the address and the port"
        case .other(let code, let reason):
            "the request failed: \(reason) (libcurl error \(code))"
        }
    }

    private static func named(_ host: String?) -> String { host.map { "the host \($0)" } ?? "the proxy's name" }
}

extension HTTPFailure.InvalidPart {
    fileprivate var message: String {
        switch self {
        case .url: "the request's URL is malformed: check the configured base URL"
        case .scheme: "the request's URL is neither http nor https: check the configured base URL"
        case .field: "a header of the request holds a character that HTTP does not allow: check the configured key"
        }
    }
}
