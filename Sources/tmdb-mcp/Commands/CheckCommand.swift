import Upstream
import Bytes
import Configuration
import HTTPClient
import HTTPTypes
import JSON
import System
import TMDB

/// `check`: what works and what does not, one line each.
enum CheckCommand {
    private enum CheckResult {
        case ok(String)
        case failed(String)
        case skipped(String)
    }

    static func run(_ configuration: Configuration) -> CurrentProcess.ExitStatus {
        // That there are settings means that they are sound.
        var isWell = report("settings", .ok(place(of: configuration)))
        for line in configuration.warnings { isWell = report("settings", .failed(line)) && isWell }
        let (network, key) = checkTMDB(configuration)
        isWell = report("TMDB", network) && isWell
        isWell = report("key", key) && isWell
        isWell = report("HTTP port", checkPort(configuration)) && isWell
        return isWell ? .success : .failure
    }

    private static func report(_ name: String, _ verdict: CheckResult) -> Bool {
        let (word, text, isWell) =
            switch verdict {
            case .ok(let text): ("ok", text, true)
            case .failed(let text): ("failed", text, false)
            case .skipped(let text): ("skipped", text, true)
            }
        CurrentProcess.show("\(name.padded(to: 10)) \(word.padded(to: 8)) \(JSONPrettyPrinter.plain(text))\n")
        return isWell
    }

    private static func place(of configuration: Configuration) -> String {
        let isInFile = configuration.effective.contains {
            if case .file = $0.source { true } else { false }
        }
        return isInFile
            ? "from \(configuration.filePath ?? "the config file") and the environment"
            : "from flags, the environment and defaults"
    }

    // MARK: TMDB

    /// Within the time of one call.
    private static let tries = 2

    private static func checkTMDB(_ configuration: Configuration) -> (CheckResult, CheckResult) {
        var settings = HTTPClientConfiguration()
        settings.totalTimeout = .milliseconds(configuration.timeoutMilliseconds / tries)
        if let file = configuration.caFile { settings.trust = .file(file) }
        var query: [(name: String, value: String)] = []
        var fields = HTTPFields()
        fields.append("Accept", "application/json")
        fields.append("User-Agent", "tmdb-mcp/\(version)")
        let credential = configuration.apiKey.map { Credential($0.reveal()) }
        credential?.authorize(query: &query, fields: &fields)
        let url = configuration.baseURL.appending(path: "/configuration", query: query)
        switch OneRequest.send(HTTPRequest(url: url, headers: fields), settings, tries: tries) {
        case .failure(let failure):
            return (.failed(failure.message), unjudged(credential != nil, "TMDB cannot be asked"))
        case .success(let response):
            return judge(response, configuration.baseURL.text, credential)
        }
    }

    private static func judge(
        _ response: HTTPResponse, _ url: String, _ credential: Credential?
    ) -> (CheckResult, CheckResult) {
        let hasKey = credential != nil
        let reason = TMDBError.reason(in: response.body, hiding: credential)
        let value = try? JSONValue(parsing: response.body, invalidText: .clean)
        let unlooked = unjudged(hasKey, "TMDB did not look at it")
        switch response.status {
        case 200 where value?["images"]?.object != nil:
            return (.ok("\(url) answers"), hasKey ? .ok("TMDB takes it") : .skipped("none is set, and none is needed"))
        case 401 where value?["status_code"] != nil:
            return (.ok("\(url) answers"), hasKey ? .failed(TMDBError.unauthorized(reason: reason).message) : noKey)
        case 200...499 where response.isWebPage:
            let words = TMDBError.webPage(status: response.status).message
            return (.failed(words), unjudged(hasKey, "TMDB cannot be asked"))
        case 429: return (.failed(TMDBError.rateLimited(retryAfter: nil).message), unlooked)
        case 500...599:
            return (.failed(TMDBError.serverFault(status: response.status, reason: reason).message), unlooked)
        default:
            let words =
                "\(url) answers with status \(response.status), and not as TMDB does: check TMDB_BASE_URL, and "
                + "what answers on the way to TMDB"
            return (.failed(words), unjudged(hasKey, "TMDB cannot be asked"))
        }
    }

    private static var noKey: CheckResult { .failed(TMDBError.noCredential.message) }

    /// What is said of a key of which TMDB has said nothing: that there is none is wrong all the same.
    private static func unjudged(_ hasKey: Bool, _ reason: String) -> CheckResult { hasKey ? .skipped(reason) : noKey }

    // MARK: HTTP

    private static func checkPort(_ configuration: Configuration) -> CheckResult {
        guard configuration.mode.usesHTTP else { return .skipped("mode stdio serves no HTTP") }
        let host = configuration.host.text
        guard let address = SocketAddress(host: host, port: configuration.port) else { return .failed(host) }
        let place = if case .ipv6 = configuration.host { "[\(host)]" } else { host }
        do throws(SystemError) {
            let listener = try TCPListener(address)
            return .ok("\(place):\(listener.port) is free")
        } catch {
            if Health.problem(configuration) == nil {
                return .ok("\(place):\(configuration.port) is taken by a server that is well: this one, it seems")
            }
            return .failed(
                "cannot listen on \(place):\(configuration.port): \(error.reason); choose another port with --sse-port")
        }
    }
}
