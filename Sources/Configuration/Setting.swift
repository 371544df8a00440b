/// What a user can set. This table makes the help text and the checks, so that they cannot differ.
package enum Setting: CaseIterable, Sendable {
    case apiKey
    case baseURL
    case timeout
    case caFile
    case proxy
    case noProxy

    /// The environment variable.
    package var variable: String {
        switch self {
        case .apiKey: "TMDB_API_KEY"
        case .baseURL: "TMDB_BASE_URL"
        case .timeout: "TMDB_TIMEOUT"
        case .caFile: "SSL_CERT_FILE"
        case .proxy: "HTTPS_PROXY"
        case .noProxy: "NO_PROXY"
        }
    }

    /// What it is for, in one sentence.
    package var summary: String {
        switch self {
        case .apiKey: "your TMDB v3 API key or v4 read access token"
        case .baseURL: "where TMDB's API answers, version 3"
        case .timeout: "seconds that a request to TMDB may take, 1 to 300"
        case .caFile: "certificate authorities to trust instead of the built-in ones (PEM)"
        case .proxy: "the proxy for requests to TMDB, such as http://proxy.example:3128"
        case .noProxy: "hosts that are asked without the proxy, joined by commas"
        }
    }

    /// What holds when the variable is not set; nil for nothing.
    package var defaultText: String? {
        switch self {
        case .baseURL: "https://api.themoviedb.org/3"
        case .timeout: "20"
        case .apiKey, .caFile, .proxy, .noProxy: nil
        }
    }
}
