package import HTTPTypes

/// One request and all calls that wait for its response (single-flight, also called request coalescing): from
/// the first call until it is answered or the last call has been cancelled, with its retries.
package final class InFlightRequest {
    enum Phase {
        /// In the queue.
        case queued
        /// An attempt is in progress.
        case sending
        /// Between two attempts.
        case backingOff
        case ended
    }

    let key: RequestKey
    package let path: String
    package let query: [(name: String, value: String)]
    package let credential: Credential
    package let method: HTTPMethod
    /// JSON; empty for none.
    package let body: [UInt8]
    /// Whether it asks in a person's name.
    let isPerson: Bool
    var calls: [UpstreamCall] = []
    var phase = Phase.queued
    /// Ends the attempt, or the delay before the next one.
    var stop: (() -> Void)?
    var attempts = 0
    /// How many of them did not even reach upstream.
    var unreachable = 0
    /// On the monotonic clock.
    let began: Int64
    /// When the last attempt began.
    var sentAt: Int64 = 0
    /// Why the last attempt failed.
    var lastError: UpstreamError?
    /// The cached response that is being revalidated.
    var held: CachedResponse?

    /// For If-None-Match, when there is a response to revalidate.
    package var etag: String? { held?.etag }

    init(
        _ key: RequestKey, _ path: String, _ query: [(name: String, value: String)], _ requester: Requester,
        _ method: HTTPMethod, _ body: [UInt8], began: Int64
    ) {
        self.key = key
        self.path = path
        self.query = query
        credential = requester.credential
        isPerson = requester.isPerson
        self.method = method
        self.body = body
        self.began = began
    }

    /// The error for a call that stops waiting.
    func unanswered(since start: Int64, at now: Int64) -> UpstreamError {
        // An attempt that is cut short tells nothing; what ended an earlier one does.
        if let lastError { return told(lastError) }
        // Nor does one that came to its turn when most of the time was over.
        guard phase == .sending, sentAt - start <= now - sentAt else {
            return .late(Int(clamping: (now - start) / 1_000_000))
        }
        let milliseconds = Int(clamping: (now - max(start, sentAt)) / 1_000_000)
        return .transport(.timedOut(.waiting, milliseconds: milliseconds))
    }

    /// The error after the last attempt, with their number.
    func told(_ error: UpstreamError) -> UpstreamError { attempts > 1 ? .repeated(error, attempts: attempts) : error }
}
