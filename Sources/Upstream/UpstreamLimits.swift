/// What upstream, or those who ask it, can make this module hold or wait for at most.
enum UpstreamLimits {
    /// Callers' credentials that have numbers: so many that upstream accepted, and so many that it has not been asked
    /// about or refused. Each takes some 300 bytes. One more that it accepts costs another its cached responses.
    static let credentialsMax = 256
    /// How long upstream, or what answers for it, can make all requests wait, in seconds.
    static let pauseSecondsMax: Int64 = 60
    /// What upstream asks for is told as it is, up to a year.
    static let statedSecondsMax: Int64 = 366 * 86_400
    /// How long a call waits for upstream before a stale response is served, in nanoseconds: as long as people wait
    /// without asking themselves what is wrong.
    static let staleAfterNanoseconds: Int64 = 2_000_000_000
    /// Attempts of one request that do not reach upstream. The first two delays take 0.6 s at most.
    static let unreachableMax = 3
    /// The upper bound of the delay after the first attempt, in nanoseconds; it doubles with each one.
    static let backoffNanosecondsFirst: Int64 = 200_000_000
    /// For more attempts than the default.
    static let backoffNanosecondsMax: Int64 = 2_000_000_000
    /// The retry budget when all is well. While one attempt in three fails, it runs out once in 2^50.
    static let retriesMax = 50
    /// Retries of one request while fewer than half of those are in hand.
    static let retriesOfOneMax = 2
    /// Time that earns a retry, in nanoseconds.
    static let retryNanoseconds: Int64 = 1_000_000_000
    /// Six months: the terms of use of an API may let nothing be kept for longer.
    static let ageSecondsMax: Int64 = 180 * 86_400
    /// How long past its freshness a response may be served where upstream fails.
    static let staleSecondsMax: Int64 = 7 * 86_400
    /// One answer takes at most this part of the cache.
    static let cacheShare = 8
    /// Values in one answer, containers included: twice what a client may send, since a record may have much appended.
    /// They take up to 30 MB.
    static let answerValuesMax = 1 << 18
    /// Bytes of the body of a fault that are kept for its words; longer ones are web pages.
    static let faultBytesMax = 16 << 10
    /// Bytes of an ETag; most have fewer than 64.
    static let etagBytesMax = 256
}
