/// How upstream is asked.
package struct UpstreamConfiguration: Sendable {
    /// Requests a second, and as many at once after a rest: of all credentials together, since APIs count by address.
    package var requestsPerSecond = 40
    /// What the cache may hold, in bytes of memory. 0 is none.
    package var cacheBytesMax = 16 << 20
    /// How long a call may take in all, in nanoseconds: the queue, every attempt, and the delays between them.
    package var totalNanoseconds: Int64 = 20_000_000_000
    /// Attempts of one request at most. What has failed so often within seconds fails for longer than anybody waits.
    package var attemptsMax = 4
    /// Attempts in progress at most, as many as there are connections: others are queued. More would only wait for a
    /// connection, while the time of the attempt runs.
    package var concurrentRequestsMax = 8
    /// Requests that wait for their turn: what one caller may have, and all of them. More than the default rate serves
    /// in the default time.
    package var waitingPerCallerMax = 512
    package var waitingMax = 1024

    package init() {}

    /// How long one try may take: long enough for a slow line, and short enough that one that hangs leaves time for
    /// another, or at least to say why it failed.
    package var attemptNanoseconds: Int64 {
        min(totalNanoseconds / 10 * 9, max(2_000_000_000, totalNanoseconds / 5 * 2))
    }
}
