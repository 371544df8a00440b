import Bytes
package import HTTPTypes
package import JSON

/// Why TMDB gave no usable answer.
package enum TMDBError: Error, Equatable {
    case noCredential
    /// What the client sent as its key can be none of TMDB's.
    case callerKeyMalformed
    /// 401 for a key that the client sent, with TMDB's own words when it had some.
    case callerKeyRefused(reason: String? = nil)
    /// A person's own lists were asked for, and nothing tells whose.
    case noSession
    /// What is set or was sent as a session can be none of TMDB's.
    case sessionMalformed
    /// 401 for a request in a person's name, with TMDB's own words when it had some.
    case sessionRefused(reason: String? = nil)
    case transport(HTTPFailure)
    /// 401: TMDB does not know the key or the token, or has suspended it, with its own words when it had some.
    case unauthorized(reason: String? = nil)
    /// 404: no such movie, series or person, or a wrong base URL.
    case notFound
    /// 429. `retryAfter` is in seconds, when TMDB said.
    case rateLimited(retryAfter: Int?)
    /// 5xx, with TMDB's own words when it had some.
    case serverFault(status: Int, reason: String? = nil)
    /// Any other status but 200, with TMDB's own words when it had some.
    case refused(status: Int, reason: String?)
    case brokenJSON(JSONError)
    /// A web page, which TMDB's API never sends.
    case webPage(status: Int)
    /// JSON, but not what the endpoint documents.
    case unexpectedShape
    /// As many requests wait for their turn as may.
    case crowded
    /// The time was up, in milliseconds, before the request had its turn.
    case late(Int)
    /// What the last of so many attempts came to.
    indirect case repeated(TMDBError, attempts: Int)

    /// For the model and its user: what is wrong and what to do. Holds no secret.
    package var message: String {
        switch self {
        case .noCredential:
            "No TMDB API key is set. Get a free one at https://www.themoviedb.org/settings/api, set TMDB_API_KEY to it "
                + "(a v3 key or a v4 read access token) where this server is configured, and restart the server. An "
                + "HTTP client can send its own in the header X-TMDB-Api-Key instead."
        case .callerKeyMalformed:
            "The header X-TMDB-Api-Key that the client sent holds no TMDB API key: a v3 key has 32 hexadecimal digits, "
                + "a v4 read access token has three parts joined by dots. Fix it where the client is configured."
        case .callerKeyRefused(let reason):
            "TMDB refused the API key that the client sent in X-TMDB-Api-Key (401)\(said(reason)); the server's own "
                + "settings have no part in it. Fix it where the client is configured: "
                + "https://www.themoviedb.org/settings/api."
        case .noSession:
            "Nothing tells whose account this is about. Get a session id or a v4 user token of TMDB "
                + "(https://developer.themoviedb.org/reference/authentication-how-do-i-generate-a-session-id), and set "
                + "TMDB_SESSION to it where this server is configured, or over HTTP have the client send it in the "
                + "header X-TMDB-Session."
        case .sessionMalformed:
            "What TMDB_SESSION or the header X-TMDB-Session holds is no session of TMDB: a session id has 40 "
                + "hexadecimal digits, a v4 user token has three parts joined by dots. Fix it where it is set."
        case .sessionRefused(let reason):
            "TMDB refused the session, or the API key with it (401)\(said(reason)). A session may have been revoked, "
                + "and a token may only read: get a new one, and set it in TMDB_SESSION or the header X-TMDB-Session."
        case .transport(.busy), .crowded:
            "Too many requests wait for TMDB already: try again in a few seconds, with fewer at once."
        case .transport(let failure) where failure.hasReachedServer:
            "TMDB was reached, but its answer did not come through: \(failure.message)."
        case .transport(let failure):
            "TMDB could not be reached: \(failure.message)."
        case .unauthorized(let reason):
            "TMDB refused the API key (401)\(said(reason)). Check TMDB_API_KEY: a v3 key has 32 hexadecimal digits, "
                + "a v4 read access token has three parts joined by dots. Yours are at "
                + "https://www.themoviedb.org/settings/api."
        case .notFound:
            "TMDB found nothing there (404). If every call ends like this, check TMDB_BASE_URL."
        case .rateLimited(let seconds):
            "TMDB asks for fewer requests (429): try again \(seconds.map { "in \($0) s" } ?? "in a few seconds")."
        case .serverFault(let status, let reason):
            "TMDB has a fault of its own (\(status))\(said(reason)): try again in a minute."
        case .refused(let status, let reason):
            "TMDB refused the request (\(status))"
                + (reason.map { ": \($0)" } ?? ". Check TMDB_BASE_URL, and what answers on the way to TMDB.")
        case .brokenJSON(let error) where error.isLimit:
            "TMDB's answer is too large: \(error.message). Try to ask for less."
        case .brokenJSON(let error):
            "TMDB's answer is not JSON: \(error.message). It may have been cut off, or something between this machine "
                + "and TMDB may have answered: try again, then check TMDB_BASE_URL."
        case .webPage(200...399):
            "A web page came in place of TMDB's answer: something on the way has sent it, as the sign-in page of a "
                + "hotel or a company does: sign in with a browser, or check TMDB_BASE_URL."
        case .webPage(let status):
            "A web page came in place of TMDB's answer (\(status)): a filter or firewall on the way blocks TMDB, or "
                + "the network in front of TMDB refuses this machine. HTTPS_PROXY leads around; check TMDB_BASE_URL "
                + "too."
        case .unexpectedShape:
            "TMDB's answer has not the form that TMDB documents: check that TMDB_BASE_URL is the address of TMDB's "
                + "API, version 3."
        case .late(let milliseconds):
            "The time was up after \(milliseconds) ms, most of which the request waited here for its turn: TMDB is "
                + "asked for so many things a second (TMDB_RATE_LIMIT) and at once (TMDB_CONNECTIONS). Try again "
                + "later, with fewer at once."
        case .repeated(let last, let attempts):
            "\(last.message) It was tried \(attempts) times."
        }
    }
}

/// TMDB's own words within a sentence.
@inline(never)  // would be copied into each place
private func said(_ reason: String?) -> String {
    guard let reason else { return "" }
    let words = reason.hasSuffix(".") ? String(Substring(reason.utf8.dropLast())) : reason
    return ", saying \"\(words)\""
}

extension HTTPFailure {
    /// Whether something spoke HTTP, and what came of it was not all.
    fileprivate var hasReachedServer: Bool {
        switch self {
        case .timedOut(.waiting, _), .cutOff, .badEncoding, .tooLarge: true
        default: false
        }
    }
}

extension JSONError {
    /// Whether the text is more than the parser takes.
    fileprivate var isLimit: Bool {
        switch reason {
        case .tooDeep, .tooManyBytes, .tooManyValues, .numberTooLong: true
        case .unexpectedByte, .unexpectedEnd, .byteOrderMark, .controlCharacter, .invalidUTF8, .loneSurrogate,
            .numberOutOfRange:
            false
        }
    }
}
