import Bytes
import JSON
package import Upstream

extension TMDBError {
    /// TMDB's statuses and their bodies: developer.themoviedb.org, "Errors".
    init(_ failure: UpstreamError, _ requester: Requester) {
        self =
            switch failure {
            case .transport(let failure): .transport(failure)
            case .rateLimited(let seconds): .rateLimited(retryAfter: seconds)
            case .serverFault(let status, let body):
                .serverFault(status: status, reason: TMDBError.reason(in: body, hiding: requester.credential))
            case .refused(401, let body) where !requester.isPerson && TMDBError.isPrivate(body):
                .refused(status: 401, reason: TMDBError.reason(in: body, hiding: requester.credential))
            case .refused(401, let body):
                TMDBError.unauthorized(body, requester)
            case .refused(404, _): .notFound
            case .refused(let status, let body):
                .refused(status: status, reason: TMDBError.reason(in: body, hiding: requester.credential))
            case .brokenJSON(let error): .brokenJSON(error)
            case .webPage(let status): .webPage(status: status)
            case .crowded: .crowded
            case .late(let milliseconds): .late(milliseconds)
            case .repeated(let last, let attempts): .repeated(TMDBError(last, requester), attempts: attempts)
            }
    }

    /// Whether what was asked for is somebody's own, which says nothing of the key.
    private static func isPrivate(_ body: [UInt8]) -> Bool {
        (try? JSONValue(parsing: body, invalidText: .clean))?["status_code"] == 39
    }

    private static func unauthorized(_ body: [UInt8], _ requester: Requester) -> TMDBError {
        let reason = reason(in: body, hiding: requester.credential)
        if requester.isPerson { return .sessionRefused(reason: reason) }
        return requester.isCaller ? .callerKeyRefused(reason: reason) : .unauthorized(reason: reason)
    }

    /// TMDB's words: `status_message`, and the list of `errors` that wrong or missing parameters bring.
    package static func reason(in body: [UInt8], hiding credential: Credential?) -> String? {
        guard let value = try? JSONValue(parsing: body, invalidText: .clean) else { return nil }
        let errors = (value["errors"]?.array ?? []).compactMap { $0.string }.joined(separator: "; ")
        let words = ((value["status_message"]?.string ?? "") + " " + errors).seen
        guard !words.isEmpty else { return nil }
        // Hidden before the words are cut: a part of the credential would not be recognised.
        let shown = credential?.removed(from: words) ?? words
        let kept = shown.unicodeScalars.prefix(TMDBLimits.reasonMax)
        return kept.endIndex == shown.unicodeScalars.endIndex ? shown : String(kept) + "…"
    }
}

extension String {
    /// On one line, without what no person sees.
    fileprivate var seen: String {
        var scalars = String.UnicodeScalarView()
        var isFirst = true
        var isAfterBlank = false
        for scalar in unicodeScalars {
            if scalar.isBlank {
                isAfterBlank = !isFirst
            } else if !scalar.isHidden, !scalar.changesDirection, !(0x200B...0x200D).contains(scalar.value) {
                if isAfterBlank { scalars.append(" ") }
                scalars.append(scalar)
                isAfterBlank = false
                isFirst = false
            }
        }
        return String(scalars)
    }
}
