import JSON
import MCP

/// One call's wait for an answer of TMDB's.
final class UpstreamCall {
    let request: RequestContext
    let asker: Asker
    /// On the clock that only goes forward.
    let began: Int64
    let deadline: Int64
    /// When it would rather have an answer past its time; the deadline where none is at hand.
    var patience: Int64
    let finish: (Result<JSONValue, TMDBError>) -> Void
    /// Nil once the call has ended.
    var flight: Flight?
    var stopTimer: Cancellation?
    /// Nobody wants its answer any more.
    var isCancelled = false

    init(
        _ request: RequestContext, _ asker: Asker, began: Int64, deadline: Int64,
        _ finish: @escaping (Result<JSONValue, TMDBError>) -> Void
    ) {
        self.request = request
        self.asker = asker
        self.began = began
        self.deadline = deadline
        patience = deadline
        self.finish = finish
    }
}
