package import Reactor

/// Why a client could not be made.
package enum HTTPClientError: Error, Equatable, Sendable {
    case trustFileUnreadable(path: String, SystemError)
    case trustFileWithoutCertificate(path: String)
    /// libcurl could not start.
    case library(code: Int)

    /// For people: what is wrong, and what to do.
    package var message: String {
        switch self {
        case .trustFileUnreadable(let path, let error):
            "could not read the root certificates in \(path): \(error.message): check SSL_CERT_FILE"
        case .trustFileWithoutCertificate(let path):
            "\(path) holds no certificate in PEM form: check SSL_CERT_FILE"
        case .library(let code):
            "libcurl could not start (error \(code)): check the free memory"
        }
    }
}
