import Bytes

extension HTTPFailure {
    package enum TLSFault: Equatable, Sendable {
        case notTrusted(Authorities)
        /// `today` is the day by this machine's clock, as 2026-01-31.
        case expired(today: String)
        case notYetValid(today: String)
        case wrongHost
        /// The certificate was refused for another reason.
        case badCertificate
        /// A certificate that was sent cannot be read: it has a critical extension that is not known, or another flaw.
        case unreadable(hasCriticalExtension: Bool, Authorities)
        /// The trusted roots could not be read.
        case badRoots
        /// What answered on the port speaks something else.
        case noTLS(port: UInt16)
        /// The connection ended in the middle.
        case cutOff
        /// No common version or cipher.
        case refused
        /// Any other failure before the connection stood.
        case handshake
    }

    /// Whose certificates are trusted.
    package struct Authorities: Equatable, Sendable {
        /// The file that SSL_CERT_FILE names; nil for those inside the program.
        package let file: String?
        /// The certificates of the file that are of no use.
        package let unusable: [UnusableCertificate]

        package init(file: String? = nil, unusable: [UnusableCertificate] = []) {
            self.file = file
            self.unusable = unusable
        }
    }
}

extension HTTPFailure.TLSFault {
    /// - Parameter peer: who should have spoken TLS.
    func message(of peer: String) -> String {
        switch self {
        case .notTrusted(let authorities):
            "the certificate of \(peer) is not signed by \(authorities.untrusted)"
        case .expired(let today):
            "the certificate of \(peer) has expired, as this machine's clock says \(today): set the clock if that is "
                + "wrong, or tell who runs the server"
        case .notYetValid(let today):
            "the certificate of \(peer) is not valid yet, as this machine's clock says \(today): set the clock"
        case .wrongHost:
            "the certificate does not belong to \(peer): check the address; something on the way may be intercepting, "
                + "such as a network that wants you to log in first (a captive portal)"
        case .badCertificate:
            "the certificate of \(peer) could not be verified: check this machine's clock and SSL_CERT_FILE"
        case .unreadable(let hasCriticalExtension, let authorities):
            "\(peer) sends a certificate "
                + (hasCriticalExtension
                    ? "with a critical extension that is not supported, such as name constraints"
                    : "that cannot be read")
                + ": ask who runs it, or the proxy that intercepts, for another"
                + (authorities.unusableMessage.map { "; \($0)" } ?? "")
        case .badRoots:
            "the trusted root certificates could not be used: check SSL_CERT_FILE and the free memory"
        case .noTLS(let port):
            "\(peer) port \(port) does not speak TLS: check the scheme and the port of TMDB_BASE_URL, and what answers "
                + "on the way"
        case .cutOff:
            "the connection to \(peer) was cut off in the TLS handshake: a firewall or a filter on the way may block "
                + "it by its name; HTTPS_PROXY leads around"
        case .refused:
            "\(peer) refused the handshake: it may not speak TLS 1.2 or newer on this port"
        case .handshake:
            "no secure connection to \(peer): the server may not speak TLS 1.2 or newer on this port"
        }
    }
}

extension HTTPFailure.Authorities {
    /// After "is not signed by".
    fileprivate var untrusted: String {
        guard let file else {
            return "a trusted authority: behind an intercepting proxy, name its root certificate in SSL_CERT_FILE"
        }
        guard let message = unusableMessage else {
            return "an authority in \(file), which SSL_CERT_FILE names: behind an intercepting proxy, add its root "
                + "certificate to the file; otherwise unset SSL_CERT_FILE"
        }
        return "an authority that can be used: \(message)"
    }

    /// What is wrong in the file; nil where nothing is.
    fileprivate var unusableMessage: String? {
        guard let file, let first = unusable.first else { return nil }
        let others = unusable.count > 1 ? "; \(unusable.count - 1) more cannot be used" : ""
        return "in \(file), which SSL_CERT_FILE names, \(first.message)\(others)"
    }
}
