/// A retry budget for all requests together, so that retries do not multiply the load on a TMDB that is down: responses
/// earn retries, and so does time, slowly.
struct RetryBudget {
    private var left = TMDBLimits.retriesMax
    /// Up to when time has been counted.
    private var lastEarned = Int64.min / 2

    /// An attempt was answered.
    mutating func earn() { left = min(left + 1, TMDBLimits.retriesMax) }

    /// Takes a retry, if there is one.
    ///
    /// - Parameter attempts: how many the request has had. One that always fails gets few where half of them are gone,
    ///   so that it leaves some to others.
    mutating func spend(at now: Int64, after attempts: Int) -> Bool {
        let earned = (now - lastEarned) / TMDBLimits.retryNanoseconds
        if earned > 0 {
            left = Int(min(Int64(left) + min(earned, 1_000_000), Int64(TMDBLimits.retriesMax)))
            // What is left of a second counts for the next one, unless all retries are in hand.
            lastEarned = left == TMDBLimits.retriesMax ? now : lastEarned + earned * TMDBLimits.retryNanoseconds
        }
        guard left > 0, left * 2 >= TMDBLimits.retriesMax || attempts <= TMDBLimits.retriesOfOneMax else {
            return false
        }
        left -= 1
        return true
    }
}
