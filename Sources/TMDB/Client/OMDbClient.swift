package import HTTPTypes
import JSON
import MCP
package import Upstream

/// Asks OMDb (omdbapi.com) for the ratings of other sites, where there is a key of its own. Whatever goes wrong there
/// leaves them out, and nothing else.
package final class OMDbClient {
    private var credential: Credential?
    private let scheduler: UpstreamScheduler
    /// On the monotonic clock.
    private var pausedUntil = Int64.min

    /// - Parameters:
    ///   - userAgent: the name and version of the program.
    ///   - key: nil asks nothing.
    package init(
        userAgent: String, baseURL: BaseURL, key: String?, dependencies: Dependencies, fetch: @escaping TMDBClient.Fetch
    ) {
        credential = key.map { OMDbClient.credential($0) }
        var configuration = UpstreamConfiguration()
        configuration.requestsPerSecond = TMDBLimits.ratingsPerSecond
        configuration.cacheBytesMax = TMDBLimits.ratingsCacheBytesMax
        configuration.totalNanoseconds = TMDBLimits.ratingsNanoseconds
        configuration.attemptsMax = 1
        scheduler = UpstreamScheduler(configuration, dependencies) { inFlight, finish in
            var query = inFlight.query
            var fields = HTTPFields()
            fields.append("Accept", "application/json")
            fields.append("User-Agent", userAgent)
            inFlight.credential.authorize(query: &query, fields: &fields)
            let url = baseURL.appending(path: inFlight.path, query: query)
            return fetch(HTTPRequest(url: url, headers: fields)) { finish(OMDbClient.kept($0)) }
        }
    }

    private static func credential(_ key: String) -> Credential { .queryKey(name: "apikey", key) }

    var hasKey: Bool { credential != nil }

    package func use(key: String) {
        credential = OMDbClient.credential(key)
        pausedUntil = .min
    }

    /// A day: ratings change slowly, and the requests of a day are counted. An hour where OMDb has none yet.
    private static func kept(_ result: Result<HTTPResponse, HTTPFailure>) -> Result<HTTPResponse, HTTPFailure> {
        guard case .success(var response) = result, response.status == 200 else { return result }
        let isNone = response.body.starts(with: "{\"Response\":\"False\"".utf8)
        response.fields = HTTPFields()
        response.fields.append("Cache-Control", isNone ? "max-age=3600" : "max-age=86400")
        response.body = repaired(response.body)
        return .success(response)
    }

    /// OMDb puts some titles and plots into its JSON as they are. Their control characters become blanks, and a
    /// backslash that begins no escape is left out.
    private static func repaired(_ body: [UInt8]) -> [UInt8] {
        var repaired: [UInt8] = []
        repaired.reserveCapacity(body.count)
        var isEscaped = false
        for byte in body {
            if isEscaped {
                isEscaped = false
                if "\"\\/bfnrtu".utf8.contains(byte) { repaired.append(UInt8(ascii: "\\")) }
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            repaired.append(byte < 0x20 ? UInt8(ascii: " ") : byte)
        }
        return repaired
    }

    /// Calls `finish` once, perhaps before this returns, unless the closure that it returns is called first.
    func ask(
        about imdb: String, for request: RequestContext, deadline: Int64, finish: @escaping (JSONValue?) -> Void
    ) -> Cancellation {
        let now = scheduler.dependencies.now()
        guard let credential, now >= pausedUntil else {
            // What is made without them is not to be kept.
            if self.credential != nil { request.upstream.freshUntil = .min }
            finish(nil)
            return {}
        }
        let requester = Requester(
            credential: credential, credentialNumber: CredentialTable.server,
            queueKey: QueueKey(caller: request.caller.id, member: request.caller.member))
        return scheduler.ask(
            "/", [("i", imdb)], requester, for: request.upstream, deadline: deadline, notify: { _ in },
            finish: { [self] result in
                switch result {
                case .success(let value): finish(value)
                // It is about this title alone.
                case .failure(.brokenJSON): finish(nil)
                case .failure:
                    pausedUntil = scheduler.dependencies.now() + TMDBLimits.ratingsPauseNanoseconds
                    finish(nil)
                }
            })
    }
}
