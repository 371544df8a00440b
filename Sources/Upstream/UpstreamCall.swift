import JSON

/// One call that waits for a response.
final class UpstreamCall {
    let use: UpstreamUse
    let notify: (UpstreamNotice) -> Void
    let requester: Requester
    /// On the monotonic clock.
    let began: Int64
    /// The same on the stopwatch.
    let stopwatch: Int64
    let deadline: Int64
    /// When a stale response is served instead of waiting on; the deadline where none is cached.
    var softDeadline: Int64
    let finish: (Result<JSONValue, UpstreamError>) -> Void
    /// Nil once the call has ended.
    var request: InFlightRequest?
    var stopTimer: (() -> Void)?
    /// Its client has cancelled it.
    var isCancelled = false

    init(
        _ requester: Requester, _ use: UpstreamUse, began: Int64, stopwatch: Int64, deadline: Int64,
        notify: @escaping (UpstreamNotice) -> Void,
        finish: @escaping (Result<JSONValue, UpstreamError>) -> Void
    ) {
        self.requester = requester
        self.use = use
        self.notify = notify
        self.began = began
        self.stopwatch = stopwatch
        self.deadline = deadline
        softDeadline = deadline
        self.finish = finish
    }
}

/// What a call's client may be told besides its response.
package enum UpstreamNotice {
    /// A stale response is served, since upstream failed so. `ageSeconds` is the age of the oldest response of the use.
    case stale(ageSeconds: Int64, UpstreamError)
    /// An attempt failed so, and there will be another.
    case retry(milliseconds: Int64, UpstreamError)
}
