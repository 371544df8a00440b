import HTTPClient
import HTTPTransport

/// What `/metrics` says of the requests to TMDB.
enum UpstreamMetrics {
    static func write(_ client: HTTPClient, into text: inout MetricsText) {
        let counters = client.counters
        text.gauge("tmdb_requests_in_flight", "Requests to TMDB that wait for an answer.", counters.inFlight)
        text.counter("tmdb_requests_total", "Requests to TMDB.", counters.requests)
        text.counter("tmdb_failures_total", "Requests to TMDB that no server answered.", counters.failures)
    }
}
