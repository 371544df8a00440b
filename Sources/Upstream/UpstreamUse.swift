/// What a client's request took from upstream, for logs and to know how long a result made of it is fresh.
package final class UpstreamUse {
    /// Responses that were waited for.
    package var answers = 0
    /// Responses that were cached.
    package var cacheHits = 0
    /// Stale responses that were served, since no newer one was to be had.
    package var staleAnswers = 0
    /// How old the oldest of these is, in seconds.
    package var staleSeconds: Int64 = 0
    /// When the last of the responses was made, in seconds of the calendar.
    package var freshFrom: Int64 = .min
    /// When the first of the responses is no longer fresh, in seconds of the calendar: long ago when one of them must
    /// not be stored, or has failed.
    package var freshUntil: Int64 = .max
    /// The time of those that were waited for, each by itself.
    package var nanoseconds: Int64 = 0

    package init() {}

    /// What is made of the response is fresh as long as the response is; nil is one that must not be stored.
    func limit(to response: CachedResponse?) {
        freshFrom = max(freshFrom, response?.birth ?? .min)
        freshUntil = min(freshUntil, response?.freshUntil ?? .min)
    }
}
