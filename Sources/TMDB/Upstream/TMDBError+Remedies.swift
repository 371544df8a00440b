import HTTPTypes
import JSON

extension TMDBError {
    /// Whether the same request may be answered a little later.
    var isRetryable: Bool {
        switch self {
        case .rateLimited: true
        case .brokenJSON(let error): error.mayBeDamage
        case .serverFault(let status): status == 500 || (502...504).contains(status)
        case .transport(let failure): failure.isRetryable
        case .noCredential, .callerKeyMalformed, .callerKeyRefused, .unauthorized, .notFound, .refused,
            .unexpectedShape, .crowded, .late, .repeated:
            false
        }
    }

    /// Whether nothing reached TMDB, which the machine or a proxy said at once: mostly it stays so until somebody mends
    /// it, but a network or a server may be about to come back.
    var isUnreachable: Bool {
        switch self {
        case .transport(.nameNotResolved), .transport(.noNameServer), .transport(.nameLeadsHere),
            .transport(.connectionRefused), .transport(.connectionFailed), .transport(.noRoute), .transport(.proxy),
            .transport(.tls):
            true
        default: false
        }
    }

    /// Whether an answer past its time is better than this: TMDB has not said that there is another.
    var allowsStale: Bool {
        switch self {
        case .rateLimited, .brokenJSON, .serverFault, .crowded, .late, .repeated: true
        case .transport(.invalidRequest): false
        case .transport: true
        case .noCredential, .callerKeyMalformed, .callerKeyRefused, .unauthorized, .notFound, .refused,
            .unexpectedShape:
            false
        }
    }
}

extension JSONError {
    /// Whether a cut or damaged text looks like this. What else is wrong would be wrong again.
    fileprivate var mayBeDamage: Bool {
        switch reason {
        case .unexpectedEnd, .unexpectedByte, .controlCharacter: true
        case .byteOrderMark, .invalidUTF8, .loneSurrogate, .numberOutOfRange, .tooDeep, .tooManyBytes, .tooManyValues,
            .numberTooLong:
            false
        }
    }

    /// Whether the text is more than the parser takes.
    var isLimit: Bool {
        switch reason {
        case .tooDeep, .tooManyBytes, .tooManyValues, .numberTooLong: true
        case .unexpectedByte, .unexpectedEnd, .byteOrderMark, .controlCharacter, .invalidUTF8, .loneSurrogate,
            .numberOutOfRange:
            false
        }
    }
}

extension HTTPFailure {
    fileprivate var isRetryable: Bool {
        switch self {
        case .busy, .nameNotResolved, .noNameServer, .nameLeadsHere, .connectionRefused, .connectionFailed, .noRoute,
            .timedOut, .cutOff, .badEncoding, .badResponse, .other:
            true
        case .proxy(let fault): fault.isRetryable
        case .tls(let fault, _): fault.isRetryable
        case .invalidRequest, .tooLarge: false
        }
    }
}

extension HTTPFailure.ProxyFault {
    fileprivate var isRetryable: Bool {
        switch self {
        case .nameNotResolved, .connectionFailed, .handshake, .unreachable, .hostNotResolvedHere: true
        case .refused(let status): status >= 500
        case .tls(let fault): fault.isRetryable
        case .unusable, .credentialsMissing, .credentialsRefused, .otherAuthentication, .forbidden: false
        }
    }
}

extension HTTPFailure.TLSFault {
    fileprivate var isRetryable: Bool {
        switch self {
        case .noTLS, .cutOff, .refused, .handshake: true
        case .notTrusted, .expired, .notYetValid, .wrongHost, .badCertificate, .unreadable, .badRoots: false
        }
    }
}
