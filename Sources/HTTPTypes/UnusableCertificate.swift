import Bytes

/// A certificate in a file of root certificates that cannot be used.
package struct UnusableCertificate: Equatable, Sendable {
    /// Where it begins, from 1.
    package let line: Int
    package let reason: Reason

    package enum Reason: Equatable, Sendable {
        /// The line that ends it is missing.
        case cutOff
        /// Not base64, or not of the length that it says.
        case damaged
        /// It has a critical extension (RFC 5280 section 4.2) of this number that is not known here.
        case criticalExtension(String)
        /// TLS knows no such key or form: its error.
        case unsupported(code: Int)
    }

    package init(line: Int, reason: Reason) {
        self.line = line
        self.reason = reason
    }

    /// For people: what is wrong, and what to do.
    package var message: String {
        let what =
            switch reason {
            case .cutOff: "has no line -----END CERTIFICATE-----: copy it again, whole"
            case .damaged: "is damaged: copy it again"
            case .criticalExtension(let number):
                "has a critical extension that is not supported (\(Self.name(of: number))): put in its place a root "
                    + "without one, or an intermediate certificate without one that the servers send"
            case .unsupported(let code):
                "has a key or a form that is not supported (mbedTLS error \(code)): RSA and the NIST curves are"
            }
        return "the certificate at line \(line) \(what)"
    }

    private static func name(of number: String) -> String {
        let name: String? =
            switch number {
            case "2.5.29.30": "name constraints"
            case "2.5.29.32": "certificate policies"
            case "2.5.29.33": "policy mappings"
            case "2.5.29.36": "policy constraints"
            case "2.5.29.54": "inhibit any policy"
            default: nil
            }
        return name.map { "\($0), \(number)" } ?? number
    }
}
