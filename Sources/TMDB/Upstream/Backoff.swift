/// The rest before the next try: each time up to twice as long, and a random part of that ("full jitter"), so that
/// those who failed together do not come back together.
enum Backoff {
    /// In nanoseconds.
    ///
    /// - Parameters:
    ///   - tries: how many have failed, at least 1.
    ///   - random: at least 0, below 1.
    static func rest(after tries: Int, random: Double) -> Int64 {
        let doublings = Int64(min(max(tries, 1) - 1, 20))
        let most = min(Limits.firstRestNanoseconds << doublings, Limits.restNanosecondsMax)
        return Int64(Double(most) * min(max(random, 0), 1))
    }
}
