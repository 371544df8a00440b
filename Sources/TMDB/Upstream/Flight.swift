import HTTPTypes
import MCP

/// One request to TMDB, from its first caller on until it is answered or nobody wants it any more: several tries
/// perhaps, and every call that wants the same meanwhile.
final class Flight {
    enum Phase {
        /// For its turn, in the queue.
        case waiting
        /// TMDB is asked.
        case trying
        /// Between two tries.
        case resting
        case ended
    }

    let key: RequestKey
    let path: String
    let query: [(name: String, value: String)]
    let credential: Credential
    var calls: [UpstreamCall] = []
    var phase = Phase.waiting
    /// What ends the try or the rest.
    var stop: Cancellation?
    var tries = 0
    /// How many of them did not even reach TMDB.
    var unreachable = 0
    /// On the clock that only goes forward.
    let began: Int64
    /// Why the last try failed.
    var lastError: TMDBError?
    /// What TMDB is asked about: whether it is still good.
    var held: CachedAnswer?

    init(
        _ key: RequestKey, _ path: String, _ query: [(name: String, value: String)], _ credential: Credential,
        began: Int64
    ) {
        self.key = key
        self.path = path
        self.query = query
        self.credential = credential
        self.began = began
    }

    /// What to tell those who wait no longer.
    func unanswered(since start: Int64, at now: Int64) -> TMDBError {
        // Of a try that is cut short nothing is known: what ended an earlier one says more.
        if let lastError { return told(lastError) }
        let milliseconds = Int(clamping: (now - start) / 1_000_000)
        return phase == .trying ? .transport(.timedOut(.waiting, milliseconds: milliseconds)) : .late(milliseconds)
    }

    /// What to tell of a failure that the tries could not mend.
    func told(_ error: TMDBError) -> TMDBError { tries > 1 ? .repeated(error, tries: tries) : error }
}
