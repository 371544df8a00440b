import Bytes
import JSON
package import MCP
package import Upstream

extension RequestContext {
    /// What the request took from TMDB so far.
    package var upstream: UpstreamUse {
        if let use = storage as? UpstreamUse { return use }
        let use = UpstreamUse()
        storage = use
        return use
    }

    /// Tells the client, in the result's `_meta` and in log messages.
    func tell(_ notice: UpstreamNotice, _ requester: Requester) {
        switch notice {
        case .stale(let seconds, let failure):
            let reason = TMDBError(failure, requester).message
            addResultMeta("tmdb-mcp/stale", ["ageSeconds": .number(JSONNumber(seconds)), "reason": .string(reason)])
        case .retry(let milliseconds, let failure):
            let plan = "\(TMDBError(failure, requester).message) TMDB is asked again in \(milliseconds) ms."
            log(.debug, .string(plan), logger: "tmdb")
        }
    }
}

extension RequestRecord {
    package var upstream: UpstreamUse { storage as? UpstreamUse ?? UpstreamUse() }
}
