/// A retry budget for all requests together, so that retries do not multiply the load on an upstream that is down:
/// responses earn retries, and so does time, slowly.
struct RetryBudget {
    private var left = UpstreamLimits.retriesMax
    /// Up to when time has been counted.
    private var lastEarned = Int64.min / 2

    /// An attempt was answered.
    mutating func earn() { left = min(left + 1, UpstreamLimits.retriesMax) }

    /// Takes a retry, if there is one.
    ///
    /// - Parameter attempts: how many the request has had. One that always fails gets few where half of them are gone,
    ///   so that it leaves some to others.
    mutating func spend(at now: Int64, after attempts: Int) -> Bool {
        let earned = (now - lastEarned) / UpstreamLimits.retryNanoseconds
        if earned > 0 {
            left = Int(min(Int64(left) + min(earned, 1_000_000), Int64(UpstreamLimits.retriesMax)))
            // What is left of a second counts for the next one, unless all retries are in hand.
            lastEarned = left == UpstreamLimits.retriesMax ? now : lastEarned + earned * UpstreamLimits.retryNanoseconds
        }
        guard left > 0, left * 2 >= UpstreamLimits.retriesMax || attempts <= UpstreamLimits.retriesOfOneMax else {
            return false
        }
        left -= 1
        return true
    }
}
