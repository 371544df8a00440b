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
        case .connectionRefused(let host, let port):
            "\(host) refused the connection to port \(port): check the address, and that the server is running"
        case .connectionFailed(let host, let port):
            "could not connect to \(host) port \(port): check the network, the firewall and the proxy settings"
        case .proxy(let fault):
            fault.message
        case .tls(let fault, let host):
            fault.message(host: host)
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

extension HTTPFailure.ProxyFault {
    fileprivate var message: String {
        switch self {
        case .unusable:
            "the proxy's address is not usable: check HTTPS_PROXY, http_proxy and ALL_PROXY"
        case .nameNotResolved:
            "could not resolve the proxy's name: check HTTPS_PROXY, ALL_PROXY and DNS, or exempt the host in NO_PROXY"
        case .connectionFailed:
            "could not connect to the proxy: check HTTPS_PROXY and ALL_PROXY, or exempt the host in NO_PROXY"
        case .refused(let status) where status == 407:
            "the proxy asks for a user and a password (407): put them into HTTPS_PROXY"
        case .refused(let status):
            "the proxy refused the connection with status \(status): ask who runs it, or exempt the host in NO_PROXY"
        case .handshake:
            "the proxy broke off or speaks another protocol: check the scheme and the port in HTTPS_PROXY"
        }
    }
}

extension HTTPFailure.TLSFault {
    fileprivate func message(host: String) -> String {
        switch self {
        case .notTrusted:
            "the certificate of \(host) is not signed by a trusted authority: "
                + "behind an intercepting proxy, name its root certificate in SSL_CERT_FILE"
        case .expired:
            "the certificate of \(host) has expired: check this machine's clock, or tell who runs the server"
        case .notYetValid:
            "the certificate of \(host) is not valid yet: check this machine's clock"
        case .wrongHost:
            "the certificate does not belong to \(host): check the address; something on the way may be intercepting"
        case .badCertificate:
            "the certificate of \(host) could not be verified: check this machine's clock and SSL_CERT_FILE"
        case .badRoots:
            "the trusted root certificates could not be used: check SSL_CERT_FILE"
        case .handshake:
            "no secure connection to \(host): the server may not speak TLS 1.2 or newer on this port"
        }
    }
}
