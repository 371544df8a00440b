import HTTPTypes

/// The root certificates that handles are told to trust.
enum TrustStore {
    /// Those inside the program; the system's where the program was built without.
    case builtIn
    case file(TrustFile)

    /// For failures to name.
    var authorities: HTTPFailure.Authorities {
        switch self {
        case .builtIn: HTTPFailure.Authorities()
        case .file(let file): file.authorities
        }
    }

    init(_ trust: HTTPClientConfiguration.Trust) throws(HTTPClientError) {
        switch trust {
        case .builtIn: self = .builtIn
        case .file(let path): self = .file(try TrustFile(path: path))
        }
    }
}
