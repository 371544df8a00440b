/// What the requests came to so far, for metrics.
package struct UpstreamCounters: Equatable, Sendable {
    /// Calls that were answered from the cache.
    package var hits: Int64 = 0
    /// Calls that were not.
    package var misses: Int64 = 0
    /// Calls that got an answer past its time, since no newer one was to be had.
    package var stale: Int64 = 0
    /// Stale responses that upstream said were still good (304).
    package var revalidated: Int64 = 0
    /// Calls that joined a request which was in progress for another.
    package var shared: Int64 = 0
    /// Attempts that were queued.
    package var waits: Int64 = 0
    /// Attempts after the first of a request.
    package var retries: Int64 = 0
    /// Answers that asked for fewer requests (429).
    package var refusals: Int64 = 0
    /// Calls that were refused since too many waited.
    package var rejected: Int64 = 0

    package init() {}
}
