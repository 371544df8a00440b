import Upstream
import Bytes
import Configuration
import MCP
import MCPHTTP
import HTTPTypes
import TMDB
import System

extension Log {
    /// Watches what the server serves: counts it by `counter`, and writes a line about each request.
    func observer(_ counter: RequestObserver) -> RequestObserver {
        RequestObserver(clock: counter.clock) { [self] operation in
            counter.record(operation)
            record(operation)
        }
    }

    /// Writes a line about each request to TMDB: its path, never its query, which may hold a key.
    func watching(_ fetch: @escaping TMDBClient.Fetch) -> TMDBClient.Fetch {
        guard writes(.debug) else { return fetch }
        return { [self] request, finish in
            let began = Instant.readClock()
            return fetch(request) { [self] result in
                var line = line(.debug, "TMDB")
                line.add("url", String(request.url.prefix { $0 != "?" }))
                switch result {
                case .success(let response): line.add("status", Int64(response.status))
                case .failure(let failure): line.add("error", failure.message)
                }
                line.add("duration_ms", millisecondsOf: (Instant.readClock() - began).nanoseconds)
                writeLater(line)
                finish(result)
            }
        }
    }

    /// The fields that a client chooses come last, so that what reads the line for peers, such as fail2ban, is not
    /// misled.
    func record(_ refusal: Refusal) {
        let level: LogLevel = refusal.reason.isSuspicious ? .warn : .info
        guard writes(level) else { return }
        var line = line(level, "request refused")
        line.add("peer", refusal.peer)
        line.add("status", Int64(refusal.status))
        line.add("reason", refusal.reason.name)
        if refusal.untold > 0 { line.add("suppressed", refusal.untold) }
        if let name = refusal.name {
            let isHost = refusal.reason == .host
            line.add("allow_in", isHost ? "ALLOWED_HOSTS" : "ALLOWED_ORIGINS")
            line.add(isHost ? "host" : "origin", name)
        }
        writeLater(line)
    }

    private func record(_ operation: RequestRecord) {
        let level: LogLevel = operation.outcome == .success && operation.method?.kind != .work ? .debug : .info
        guard writes(level) else { return }
        var line = line(level, "request")
        if let method = operation.method { line.add("method", method.rawValue) }
        if let name = operation.name { line.add(operation.method?.subject ?? "tool", name) }
        if let unknown = operation.unknown {
            let kind = operation.method.map { $0.subject ?? "tool" } ?? "method"
            line.add("unknown_\(kind)", unknown)
        }
        switch operation.outcome {
        case .success: line.add("outcome", "ok")
        case .toolFailure: line.add("outcome", "tool_error")
        case .cancelled: line.add("outcome", "cancelled")
        case .refused(let code):
            line.add("outcome", "refused")
            line.add("code", code.rawValue)
        }
        line.add("duration_ms", millisecondsOf: operation.nanoseconds)
        let upstream = operation.upstream
        if upstream.cacheHits > 0 { line.add("cache_hits", Int64(upstream.cacheHits)) }
        if upstream.staleAnswers > 0 { line.add("stale_answers", Int64(upstream.staleAnswers)) }
        if upstream.answers > 0 {
            line.add("upstream_waits", Int64(upstream.answers))
            line.add("upstream_ms", millisecondsOf: upstream.nanoseconds)
        }
        if let trace = operation.traceParent { line.add("trace_id", String(trace.traceID)) }
        writeLater(line)
    }
}
