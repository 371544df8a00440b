import Bytes
package import HTTPTypes
package import System

/// Why a client could not be made.
package enum HTTPClientError: Error, Equatable, Sendable {
    case trustFileUnreadable(path: String, SystemError)
    case trustFileWithoutCertificate(path: String, Content)
    /// None of its certificates can be used; this is what is wrong with the first.
    case trustFileUnusable(path: String, UnusableCertificate)
    /// libcurl could not start.
    case library(code: Int)

    /// What a file without certificates is instead.
    package enum Content: Error, Equatable, Sendable {
        case empty, privateKey, pkcs7, pkcs7DER, pkcs12, other
    }

    /// For people: what is wrong, and what to do.
    package var message: String {
        switch self {
        case .trustFileUnreadable(let path, let error):
            "could not read the root certificates in \(path): \(error.message): check SSL_CERT_FILE"
        case .trustFileWithoutCertificate(let path, let content):
            "\(path), which SSL_CERT_FILE names, \(content.message(path))"
        case .trustFileUnusable(let path, let certificate):
            "in \(path), which SSL_CERT_FILE names, \(certificate.message)"
        case .library(let code):
            "libcurl could not start (error \(code)): check the free memory"
        }
    }
}

extension HTTPClientError.Content {
    fileprivate func message(_ path: String) -> String {
        switch self {
        case .empty: "is empty: put root certificates into it, or unset SSL_CERT_FILE"
        case .privateKey: "holds a private key and no certificate: name the file of the certificate"
        case .pkcs7: "is in the form PKCS #7: openssl pkcs7 -print_certs -in \(path) -out roots.pem makes PEM of it"
        case .pkcs7DER:
            "is in the form PKCS #7: openssl pkcs7 -inform DER -print_certs -in \(path) -out roots.pem makes PEM of it"
        case .pkcs12: "is in the form PKCS #12: openssl pkcs12 -nokeys -in \(path) -out roots.pem makes PEM of it"
        case .other: "holds no certificate: name a file with certificates in PEM or DER form"
        }
    }
}
