import Upstream
import HTTPClient
import MCPHTTP
import TMDB

/// What `/metrics` says of the requests to TMDB.
enum UpstreamMetrics {
    static func write(_ client: HTTPClient, _ tmdb: TMDBClient, into text: inout MetricsText) {
        let sent = client.counters
        text.gauge("tmdb_requests_in_flight", "Requests to TMDB that wait for an answer.", sent.inFlight)
        text.counter("tmdb_requests_total", "Requests to TMDB.", sent.requests)
        text.counter("tmdb_failures_total", "Requests to TMDB that no server answered.", sent.failures)
        let counters = tmdb.counters
        text.counter("tmdb_retries_total", "Requests to TMDB that repeat one that failed.", counters.retries)
        text.counter("tmdb_rate_limited_total", "Answers of TMDB that ask for fewer requests (429).", counters.refusals)
        text.gauge("tmdb_queue_length", "Requests that wait for their turn to be sent to TMDB.", tmdb.waiting)
        text.counter("tmdb_queue_waits_total", "Requests that had to wait for their turn.", counters.waits)
        text.counter("tmdb_queue_refused_total", "Calls refused since too many waited.", counters.rejected)
        text.counter("tmdb_shared_total", "Calls that shared a request under way.", counters.shared)
        text.gauge("tmdb_cache_entries", "Answers in the cache.", tmdb.cachedResponses)
        text.gauge("tmdb_cache_bytes", "Memory that the cache's answers take, estimated.", tmdb.cachedBytes)
        text.counter("tmdb_cache_hits_total", "Calls answered from the cache.", counters.hits)
        text.counter("tmdb_cache_misses_total", "Calls for what the cache had not, or not fresh.", counters.misses)
        text.counter(
            "tmdb_cache_revalidated_total", "Answers in the cache that TMDB said are still good.", counters.revalidated)
        text.counter(
            "tmdb_cache_stale_total", "Calls given an answer past its time, as no newer one was to be had.",
            counters.stale)
    }
}
