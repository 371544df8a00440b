import Bytes

extension HTTPFailure {
    package enum ProxyFault: Equatable, Sendable {
        /// The proxy's setting is no URL of a known kind.
        case unusable
        case nameNotResolved
        case connectionFailed
        /// The proxy asks for a user and a password, and its setting has none. `status` as below.
        case credentialsMissing(status: Int?)
        case credentialsRefused(status: Int?)
        /// The proxy asks for these ways to authenticate alone, none of which is known here.
        case otherAuthentication([String])
        /// The proxy does not allow the host. `status` is what it answered CONNECT with, nil with SOCKS.
        case forbidden(host: String, status: Int?)
        /// The proxy has found no way to the host.
        case unreachable(host: String, status: Int?)
        /// With `socks4` and `socks5` the name is looked up here, in vain.
        case hostNotResolvedHere(host: String)
        /// The proxy answered CONNECT with another status.
        case refused(status: Int)
        /// The proxy broke off or spoke another protocol.
        case handshake
        /// Of TLS with the proxy itself.
        case tls(TLSFault)
    }
}

extension HTTPFailure.ProxyFault {
    var message: String {
        switch self {
        case .unusable:
            "the proxy's address is not usable: check HTTPS_PROXY, http_proxy and ALL_PROXY"
        case .nameNotResolved:
            "could not resolve the proxy's name: check HTTPS_PROXY, ALL_PROXY and DNS, or exempt the host in NO_PROXY"
        case .connectionFailed:
            "could not connect to the proxy: check HTTPS_PROXY and ALL_PROXY, or exempt the host in NO_PROXY"
        case .credentialsMissing(let status):
            "the proxy asks for a user and a password\(Self.shown(status)): put them into HTTPS_PROXY, as in "
                + "http://user:password@proxy.example:3128"
        case .credentialsRefused(let status):
            "the proxy refused the user and the password\(Self.shown(status)): check them in HTTPS_PROXY, where "
                + "characters other than letters and digits must be percent-encoded, @ as %40"
        case .otherAuthentication(let schemes):
            "the proxy takes \(schemes.joined(separator: ", ")) alone (407), which is not supported: ask who runs it "
                + "for Basic, or name in HTTPS_PROXY a local proxy that speaks it, such as cntlm or px"
        case .forbidden(let host, let status):
            "the proxy does not allow connections to \(host)\(Self.shown(status)): ask who runs it to allow the host, "
                + "or exempt it in NO_PROXY"
        case .unreachable(let host, let status):
            "the proxy could not reach \(host)\(Self.shown(status)): check the proxy's own network and DNS, or exempt "
                + "the host in NO_PROXY"
        case .hostNotResolvedHere(let host):
            "could not resolve the host \(host), which with socks4:// and socks5:// is looked up here: write "
                + "socks5h:// in HTTPS_PROXY, so that the proxy looks it up, or check DNS"
        case .refused(let status):
            "the proxy refused the connection with status \(status): ask who runs it, or exempt the host in NO_PROXY"
        case .handshake:
            "the proxy broke off or speaks another protocol: check the scheme and the port in HTTPS_PROXY"
        case .tls(.noTLS), .tls(.cutOff), .tls(.refused), .tls(.handshake):
            "the proxy does not speak TLS: write http:// in place of https:// in HTTPS_PROXY, or check its port"
        case .tls(let fault):
            fault.message(of: "the proxy")
        }
    }

    private static func shown(_ status: Int?) -> String { status.map { " (\($0))" } ?? "" }
}
