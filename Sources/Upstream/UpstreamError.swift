package import HTTPTypes
package import JSON

/// Why upstream gave no usable response.
package enum UpstreamError: Error, Equatable {
    case transport(HTTPFailure)
    /// 429. `retryAfter` is in seconds, when upstream said.
    case rateLimited(retryAfter: Int?)
    /// 5xx. The body is empty where it is too long to hold words.
    case serverFault(status: Int, body: [UInt8] = [])
    /// Any other status but 200.
    case refused(status: Int, body: [UInt8])
    case brokenJSON(JSONError)
    /// A web page, with any status but 5xx: something on the way has answered in upstream's place.
    case webPage(status: Int)
    /// As many requests are queued as may be.
    case crowded
    /// The deadline, so many milliseconds after the beginning, was reached in the queue.
    case late(Int)
    /// The error of the last of so many attempts.
    indirect case repeated(UpstreamError, attempts: Int)
}

extension UpstreamError {
    /// Whether the same request may succeed a little later.
    var isRetryable: Bool {
        switch self {
        case .rateLimited: true
        case .brokenJSON(let error): error.mayBeDamage
        // 520 to 530: what stands before upstream got no answer from it (Cloudflare), as with 502.
        case .serverFault(let status, _): status == 500 || (502...504).contains(status) || (520...530).contains(status)
        case .transport(let failure): failure.isRetryable
        case .refused, .webPage, .crowded, .late, .repeated: false
        }
    }

    /// Whether nothing reached upstream, which the machine or a proxy said at once: mostly it stays so until somebody
    /// fixes it, but a network or a server may be about to come back.
    var isUnreachable: Bool {
        switch self {
        case .transport(.nameNotResolved), .transport(.noNameServer), .transport(.nameLeadsHere),
            .transport(.connectionRefused), .transport(.connectionFailed), .transport(.noRoute), .transport(.proxy),
            .transport(.tls):
            true
        default: false
        }
    }

    /// Whether a stale response is better than this: upstream has not said that there is another.
    var allowsStale: Bool {
        switch self {
        case .rateLimited, .brokenJSON, .webPage, .serverFault, .crowded, .late, .repeated: true
        case .transport(.invalidRequest), .refused: false
        case .transport: true
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
