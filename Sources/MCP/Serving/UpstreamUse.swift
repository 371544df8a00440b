/// What a request took from the service behind the server, for logs and metrics.
package struct UpstreamUse: Equatable, Sendable {
    /// Answers that were waited for.
    package var answers = 0
    /// Answers that were at hand.
    package var cacheHits = 0
    /// Answers that were past their time and given all the same, since no newer one was to be had.
    package var staleAnswers = 0
    /// How old the oldest of these is, in seconds.
    package var staleSeconds: Int64 = 0
    /// The time of those that were waited for, each by itself.
    package var nanoseconds: Int64 = 0

    package init() {}
}
