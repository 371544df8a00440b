import Bytes
import CCurl
import HTTPTypes
import System

/// What is known of a transfer that brought no response, and what it says of the cause.
struct Ending {
    private let transfer: Transfer
    private let handle: EasyHandle
    private let origin: Origin
    private let proxy: ProxySetting?
    let usesProxy: Bool

    init(_ transfer: Transfer, _ handle: EasyHandle, _ origin: Origin) {
        self.transfer = transfer
        self.handle = handle
        self.origin = origin
        proxy = ProxySetting(forTLS: origin.isSecure)
        // libcurl before 8.7 does not tell.
        usesProxy = handle.usedProxy ?? (proxy != nil)
    }

    private var attempts: Attempts { transfer.attempts }
    private var connectCode: Int { handle.long(CURLINFO_HTTP_CONNECTCODE) }

    // MARK: The name and the connection

    var unresolved: HTTPFailure {
        // libcurl before 8.7 has one code for a host and a SOCKS proxy.
        let words = handle.errorWords
        if words.begin(with: "Could not resolve host: "), !words.contain(": \(origin.host)") { return unresolvedProxy }
        return NameServers.areMissing ? .noNameServer(host: origin.host) : .nameNotResolved(host: origin.host)
    }

    var unresolvedProxy: HTTPFailure {
        if handle.errorWords.begin(with: "Unsupported proxy") { return .proxy(.unusable) }
        return NameServers.areMissing ? .noNameServer(host: nil) : .proxy(.nameNotResolved)
    }

    var unconnected: HTTPFailure {
        let words = handle.errorWords
        if words.begin(with: "Unsupported proxy") { return .proxy(.unusable) }
        // libcurl before 8.7 tells only in words whom it tried to reach.
        let usedProxy =
            handle.usedProxy
            ?? (proxy != nil && words.begin(with: "Failed to connect to ")
                && !words.begin(with: "Failed to connect to \(origin.host) port \(origin.port) "))
        if usedProxy { return .proxy(.connectionFailed) }
        if let local = localAddress { return .nameLeadsHere(host: origin.host, address: local) }
        switch Int32(truncatingIfNeeded: handle.long(CURLINFO_OS_ERRNO)) {
        case ECONNREFUSED: return .connectionRefused(host: origin.host, port: origin.port)
        case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL:
            guard let address = attempts.addresses.first?.text else { break }
            return .noRoute(host: origin.host, address: address)
        default: break
        }
        return .connectionFailed(host: origin.host, port: origin.port)
    }

    /// Where a name leads to this machine alone, and does not say that it does.
    private var localAddress: String? { usesProxy || origin.isLocal ? nil : attempts.onlyLocal?.text }

    /// A connection that was never ready for the request, and yet existed, was one to a proxy, or TLS's.
    var brokenOff: HTTPFailure {
        if handle.isConnected { return .cutOff }
        if connectCode >= 300 { return .proxy(refused(with: connectCode)) }
        // OpenSSL in a tunnel over TLS; 1 stands for no result.
        if handle.long(CURLINFO_SSL_VERIFYRESULT) > 1 { return withoutTLS(certificateFault) }
        if connectCode >= 200 || !usesProxy { return withoutTLS(.cutOff) }
        return .proxy(.handshake)
    }

    func timedOut(after span: TimeSpan) -> HTTPFailure { .timedOut(phase, milliseconds: span.milliseconds) }

    private var phase: HTTPFailure.Phase {
        if handle.isConnected { return .waiting }
        if attempts.isResolving {
            return usesProxy && attempts.addresses.isEmpty ? .resolvingProxy : .resolving(host: origin.host)
        }
        if isOfProxy, attempts.connectedFamily != nil { return .handshakeWithProxy }
        let isThrough = usesProxy ? connectCode == 200 : attempts.connectedFamily != nil
        return isThrough && origin.isSecure ? .handshake(host: origin.host) : .connecting
    }

    /// The family of addresses that took a connection and was silent from then on; nil where anything came, or where an
    /// older connection was used.
    var silentFamily: Int32? { transfer.assembly.isUntouched ? attempts.connectedFamily : nil }

    // MARK: Proxies

    /// What a proxy means that answers CONNECT, or any request, with this status.
    func refused(with status: Int) -> HTTPFailure.ProxyFault {
        switch status {
        case 407:
            let schemes = Challenges.schemes(transfer.assembly.fields.values(of: "Proxy-Authenticate"))
            let takesBasic = schemes.isEmpty || schemes.contains { Challenges.isBasic($0) }
            return takesBasic ? withoutCredentials(status) : .otherAuthentication(schemes)
        case 403: return .forbidden(host: origin.host, status: status)
        case 502...504: return .unreachable(host: origin.host, status: status)
        default: return .refused(status: status)
        }
    }

    private func withoutCredentials(_ status: Int?) -> HTTPFailure.ProxyFault {
        proxy?.hasCredentials == true ? .credentialsRefused(status: status) : .credentialsMissing(status: status)
    }

    var refusedBySocks: HTTPFailure.ProxyFault {
        switch CURLproxycode(rawValue: UInt32(clamping: handle.long(CURLINFO_PROXY_ERROR))) {
        case CURLPX_RESOLVE_HOST: .hostNotResolvedHere(host: origin.host)
        case CURLPX_REPLY_HOST_UNREACHABLE, CURLPX_REPLY_NETWORK_UNREACHABLE, CURLPX_REPLY_CONNECTION_REFUSED,
            CURLPX_REPLY_TTL_EXPIRED, CURLPX_REPLY_GENERAL_SERVER_FAILURE, CURLPX_REQUEST_FAILED:
            .unreachable(host: origin.host, status: nil)
        case CURLPX_REPLY_NOT_ALLOWED: .forbidden(host: origin.host, status: nil)
        case CURLPX_NO_AUTH, CURLPX_USER_REJECTED: withoutCredentials(nil)
        default: .handshake
        }
    }

    // MARK: TLS

    /// Whether a failure of TLS is the proxy's. It comes first: with a tunnel to the host it has answered CONNECT.
    private var isOfProxy: Bool { usesProxy && proxy?.isOverTLS == true && connectCode == 0 }

    func withoutTLS(_ fault: HTTPFailure.TLSFault) -> HTTPFailure {
        if isOfProxy { return .proxy(.tls(fault)) }
        guard let address = localAddress else { return .tls(fault, host: origin.host) }
        switch fault {
        case .notTrusted, .wrongHost, .noTLS, .cutOff, .refused, .handshake:
            return .nameLeadsHere(host: origin.host, address: address)
        case .expired, .notYetValid, .badCertificate, .unreadable, .badRoots: return .tls(fault, host: origin.host)
        }
    }

    private var authorities: HTTPFailure.Authorities { handle.trust.authorities }

    /// OpenSSL leaves its verification result (X509_V_ERR_...), but for a wrong host; mbedTLS leaves only words.
    var certificateFault: HTTPFailure.TLSFault {
        let words = handle.errorWords
        switch handle.long(isOfProxy ? CURLINFO_PROXY_SSL_VERIFYRESULT : CURLINFO_SSL_VERIFYRESULT) {
        case 18...21, 27: return .notTrusted(authorities)
        case 9: return .notYetValid(today: CalendarClock.today())
        case 10: return .expired(today: CalendarClock.today())
        case 34: return .unreadable(hasCriticalExtension: true, authorities)
        case 62, 64: return .wrongHost
        default: break
        }
        if words.contain("not correctly signed by the trusted CA") { return .notTrusted(authorities) }
        if words.contain("validity has expired") { return .expired(today: CalendarClock.today()) }
        if words.contain("validity starts in the future") { return .notYetValid(today: CalendarClock.today()) }
        if words.contain("(CN) does not match") || words.contain("certificate subject name") { return .wrongHost }
        return .badCertificate
    }

    var handshakeFault: HTTPFailure.TLSFault {
        let words = handle.errorWords
        guard let code = words.hexNumber(after: "ssl_handshake returned: (-0x") else { return openSSLFault(words) }
        switch code {
        case 0x7200: return .noTLS(port: origin.port)  // INVALID_RECORD
        // CONN_EOF, and what libcurl hands mbedTLS where reading failed.
        case 0x7280, 0x0001: return .cutOff
        // FATAL_ALERT_MESSAGE: what this side refuses, such as a version, is not told as the other's refusal.
        case 0x7780: return .refused
        // INVALID_EXTENSIONS with UNEXPECTED_TAG is how a critical one is told, FEATURE_UNAVAILABLE one that is half
        // known.
        case 0x2562, 0x2080: return .unreadable(hasCriticalExtension: true, authorities)
        case 0x2080..<0x2880: return .unreadable(hasCriticalExtension: false, authorities)
        default: return .handshake
        }
    }

    private func openSSLFault(_ words: ErrorText) -> HTTPFailure.TLSFault {
        if ["wrong version number", "packet length too long", "http request"].contains(where: { words.contain($0) }) {
            return .noTLS(port: origin.port)
        }
        if ["unexpected eof", "SSL_ERROR_SYSCALL", "reset by peer"].contains(where: { words.contain($0) }) {
            return .cutOff
        }
        return words.contain("alert ") ? .refused : .handshake
    }
}
