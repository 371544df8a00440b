import JSON
import MCP

/// One call that waits for a response of TMDB.
final class UpstreamCall {
    let request: RequestContext
    let requester: Requester
    /// On the monotonic clock.
    let began: Int64
    let deadline: Int64
    /// When a stale response is served instead of waiting on; the deadline where none is cached.
    var softDeadline: Int64
    let finish: (Result<JSONValue, TMDBError>) -> Void
    /// Nil once the call has ended.
    var flight: InFlightRequest?
    var stopTimer: Cancellation?
    /// Its client has cancelled it.
    var isCancelled = false

    init(
        _ request: RequestContext, _ requester: Requester, began: Int64, deadline: Int64,
        _ finish: @escaping (Result<JSONValue, TMDBError>) -> Void
    ) {
        self.request = request
        self.requester = requester
        self.began = began
        self.deadline = deadline
        softDeadline = deadline
        self.finish = finish
    }
}
