package import HTTPTypes
package import JSON

/// Why TMDB gave no usable answer.
package enum TMDBError: Error, Equatable {
    case noCredential
    case transport(HTTPFailure)
    /// 401: TMDB does not know the key or the token.
    case unauthorized
    /// 404: no such movie, series or person, or a wrong base URL.
    case notFound
    /// 429. `retryAfter` is in seconds, when TMDB said.
    case rateLimited(retryAfter: Int?)
    /// 5xx.
    case serverFault(status: Int)
    /// Any other status but 200, with TMDB's own words when it had some.
    case refused(status: Int, reason: String?)
    case brokenJSON(JSONError)
    /// JSON, but not what the endpoint documents.
    case unexpectedShape

    /// For the model and its user: what is wrong and what to do. Holds no secret.
    package var message: String {
        switch self {
        case .noCredential:
            "No TMDB API key is set. Get a free one at https://www.themoviedb.org/settings/api, set TMDB_API_KEY to it "
                + "(a v3 key or a v4 read access token) where this server is configured, and restart the server."
        case .transport(let failure):
            "TMDB could not be reached: \(failure.message)."
        case .unauthorized:
            "TMDB refused the API key (401). Check TMDB_API_KEY: a v3 key has 32 hexadecimal digits, a v4 read access "
                + "token has three parts joined by dots. Yours are at https://www.themoviedb.org/settings/api."
        case .notFound:
            "TMDB found nothing there (404). If every call ends like this, check TMDB_BASE_URL."
        case .rateLimited(let seconds):
            "TMDB asks for fewer requests (429): try again in \(seconds.map { "\($0)" } ?? "a few") seconds."
        case .serverFault(let status):
            "TMDB has a fault of its own (\(status)): try again in a minute."
        case .refused(let status, let reason):
            "TMDB refused the request (\(status))"
                + (reason.map { ": \($0)" } ?? ". Check TMDB_BASE_URL, and what answers on the way to TMDB.")
        case .brokenJSON(let error):
            "TMDB's answer is not JSON: \(error.message). It may have been cut off, or something between this machine "
                + "and TMDB may have answered: try again, then check TMDB_BASE_URL."
        case .unexpectedShape:
            "TMDB's answer has not the form that TMDB documents: check that TMDB_BASE_URL is the address of TMDB's "
                + "API, version 3."
        }
    }
}
