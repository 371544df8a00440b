/// A token bucket: so many requests a second, in bursts of as many. It pauses when upstream answers 429.
///
/// Implemented as the generic cell rate algorithm: by the time at which the next request would be due were they spaced
/// evenly, and how far ahead of it a burst may run.
struct TokenBucket {
    private let interval: Int64
    /// How far ahead of its time a request may be sent.
    private let burst: Int64
    private var due = Int64.min / 2
    /// Pauses without an answer in between.
    private var pauses = 0
    /// Nothing passes before this moment.
    private(set) var pausedUntil = Int64.min / 2
    /// Until when upstream said that it refuses, which may be longer than it is let rest.
    private(set) var refusedUntil = Int64.min / 2

    init(perSecond: Int) {
        let rate = Int64(max(1, min(perSecond, 1_000_000_000)))
        interval = 1_000_000_000 / rate
        burst = (rate - 1) * interval
    }

    /// Takes a token. Returns 0, or else how many nanoseconds are left until there is one.
    mutating func take(at now: Int64) -> Int64 {
        let wait = max(pausedUntil, due - burst) - now
        if wait > 0 { return wait }
        due = max(due, now) + interval
        return 0
    }

    /// Upstream refused a request. Nothing passes for as long as it said, or else for longer each time; after that the
    /// requests come one by one.
    mutating func refused(retryAfterSeconds seconds: Int64?, at now: Int64) {
        // What was in progress when the pause began is refused with the rest.
        if now >= pausedUntil { pauses += 1 }
        let doubled = Int64(1) << Int64(min(max(pauses, 1), 7) - 1)
        let stated = min(max(seconds ?? doubled, 0), UpstreamLimits.statedSecondsMax)
        let length = min(stated, UpstreamLimits.pauseSecondsMax)
        refusedUntil = max(refusedUntil, now + stated * 1_000_000_000)
        pausedUntil = max(pausedUntil, now + length * 1_000_000_000)
        due = max(due, pausedUntil + burst)
    }

    /// Upstream took a request.
    mutating func accepted(at now: Int64) {
        guard now >= pausedUntil else { return }
        pauses = 0
        refusedUntil = pausedUntil
    }
}
