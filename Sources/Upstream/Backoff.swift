/// Exponential backoff with full jitter: the upper bound of the delay doubles with each attempt, and the delay is a
/// random part of it, so that requests that failed together do not come back together.
enum Backoff {
    /// The delay before the next attempt, in nanoseconds.
    ///
    /// - Parameters:
    ///   - attempts: how many have failed, at least 1.
    ///   - random: at least 0, below 1.
    static func delay(after attempts: Int, random: Double) -> Int64 {
        let doublings = Int64(min(max(attempts, 1) - 1, 20))
        let bound = min(UpstreamLimits.backoffNanosecondsFirst << doublings, UpstreamLimits.backoffNanosecondsMax)
        return Int64(Double(bound) * min(max(random, 0), 1))
    }
}
