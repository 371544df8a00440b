import HTTPTypes
import JSON

/// Tells an answer from a refusal. TMDB's statuses and their bodies: developer.themoviedb.org, "Errors".
enum ResponseReader {
    enum Reading {
        case answer(JSONValue)
        /// What is kept is still good (304).
        case notModified
        case failed(TMDBError)
    }

    /// - Parameter credential: is hidden where TMDB repeats it.
    static func read(_ response: HTTPResponse, isConditional: Bool, hiding credential: Credential) -> Reading {
        switch response.status {
        case 200:
            do throws(JSONError) {
                let limits = JSONLimits(values: TMDBLimits.answerValuesMax)
                return .answer(try JSONValue(parsing: response.body, limits: limits, invalidText: .replace))
            } catch {
                return .failed(.brokenJSON(error))
            }
        case 304 where isConditional: return .notModified
        case 401: return .failed(.unauthorized)
        case 404: return .failed(.notFound)
        case 429: return .failed(.rateLimited(retryAfter: nil))
        case 500...599: return .failed(.serverFault(status: response.status))
        default:
            let reason = reason(in: response.body, hiding: credential)
            return .failed(.refused(status: response.status, reason: reason))
        }
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
        let kept = shown.unicodeScalars.prefix(TMDBLimits.reasonMax)
        return kept.endIndex == shown.unicodeScalars.endIndex ? shown : String(kept) + "…"
    }
}
