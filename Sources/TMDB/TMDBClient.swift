package import HTTPTypes
package import JSON

/// Asks TMDB's API, version 3.
package final class TMDBClient {
    /// Sends a request and calls `finish` once, unless the closure that it returns is called first.
    package typealias Fetch = (
        _ request: HTTPRequest, _ finish: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void
    ) -> Cancellation

    /// Stops what was started. Nothing is reported after it.
    package typealias Cancellation = () -> Void

    private let userAgent: String
    private let baseURL: BaseURL
    private let credential: Credential?
    private let fetch: Fetch

    /// - Parameter userAgent: the name and version of the program, for TMDB's logs.
    package init(userAgent: String, baseURL: BaseURL, credential: Credential?, fetch: @escaping Fetch) {
        self.userAgent = userAgent
        self.baseURL = baseURL
        self.credential = credential
        self.fetch = fetch
    }

    /// Gets one endpoint.
    ///
    /// - Parameter path: begins with a slash, such as `/search/multi`.
    package func get(
        _ path: String, query: [(name: String, value: String)],
        finish: @escaping (Result<JSONValue, TMDBError>) -> Void
    ) -> Cancellation {
        guard let credential else {
            finish(.failure(.noCredential))
            return {}
        }
        var query = query
        var fields = HTTPFields()
        fields.append("Accept", "application/json")
        fields.append("User-Agent", userAgent)
        credential.authorize(query: &query, fields: &fields)
        let request = HTTPRequest(url: baseURL.appending(path: path, query: query), headers: fields)
        return fetch(request) { result in
            switch result {
            case .failure(let failure): finish(.failure(.transport(failure)))
            case .success(let response): finish(TMDBClient.read(response, hiding: credential))
            }
        }
    }

    /// Tells an answer from a refusal. TMDB's statuses and their bodies: developer.themoviedb.org, "Errors".
    private static func read(_ response: HTTPResponse, hiding credential: Credential) -> Result<JSONValue, TMDBError> {
        switch response.status {
        case 200:
            do throws(JSONError) {
                return .success(try JSONValue(parsing: response.body, invalidText: .replace))
            } catch {
                return .failure(.brokenJSON(error))
            }
        case 401: return .failure(.unauthorized)
        case 404: return .failure(.notFound)
        case 429: return .failure(.rateLimited(retryAfter: seconds(response.fields["Retry-After"])))
        case 500...599: return .failure(.serverFault(status: response.status))
        default:
            let reason = reason(in: response.body, hiding: credential)
            return .failure(.refused(status: response.status, reason: reason))
        }
    }

    /// Retry-After may be a number of seconds or a date (RFC 9110 section 10.2.3); TMDB sends the number.
    private static func seconds(_ retryAfter: String?) -> Int? {
        guard let retryAfter, let seconds = Int(retryAfter), seconds >= 0 else { return nil }
        return seconds
    }

    /// TMDB's words: `status_message`, or the list of `errors` that a missing parameter brings.
    private static func reason(in body: [UInt8], hiding credential: Credential) -> String? {
        guard let value = try? JSONValue(parsing: body, invalidText: .replace) else { return nil }
        let words =
            value["status_message"]?.string
            ?? value["errors"]?.array?.compactMap { $0.string }.joined(separator: "; ")
        guard let words, !words.isEmpty else { return nil }
        // Hidden before the words are cut: a part of the credential would not be recognised.
        let shown = credential.removed(from: words)
        let kept = shown.unicodeScalars.prefix(Limits.reasonMax)
        return kept.endIndex == shown.unicodeScalars.endIndex ? shown : String(kept) + "…"
    }
}
