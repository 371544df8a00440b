/// Lets so many requests a second pass, and as many at once after a rest. It stops for a while when TMDB asks for that
/// (429).
///
/// Counted by the moment at which the next request would be due were they spaced evenly: one may come ahead of it by as
/// much as the bucket holds.
struct TokenBucket {
    private let interval: Int64
    /// How far ahead of its moment a request may come.
    private let lead: Int64
    private var due = Int64.min / 2
    /// Pauses without an answer in between.
    private var pauses = 0
    /// Nothing passes before this moment.
    private(set) var pausedUntil = Int64.min / 2

    init(perSecond: Int) {
        let rate = Int64(max(1, min(perSecond, 1_000_000_000)))
        interval = 1_000_000_000 / rate
        lead = (rate - 1) * interval
    }

    /// Takes a token. Returns 0, or else how many nanoseconds are left until there is one.
    mutating func take(at now: Int64) -> Int64 {
        let wait = max(pausedUntil, due - lead) - now
        if wait > 0 { return wait }
        due = max(due, now) + interval
        return 0
    }

    /// TMDB refused a request. Nothing passes for as long as it said, or else for longer each time; after that the
    /// requests come one by one.
    mutating func refused(retryAfterSeconds seconds: Int64?, at now: Int64) {
        // What was under way when the pause began is refused with the rest.
        if now >= pausedUntil { pauses += 1 }
        let doubled = Int64(1) << Int64(min(max(pauses, 1), 7) - 1)
        let length = min(max(seconds ?? doubled, 0), Limits.pauseSecondsMax)
        pausedUntil = max(pausedUntil, now + length * 1_000_000_000)
        due = max(due, pausedUntil + lead)
    }

    /// TMDB took a request.
    mutating func accepted(at now: Int64) {
        if now >= pausedUntil { pauses = 0 }
    }
}
