package import MCP

/// What a request took from TMDB, for logs and to know how long a result made of it is fresh.
package struct UpstreamUse: Equatable, Sendable {
    /// Answers that were waited for.
    package var answers = 0
    /// Answers that were at hand.
    package var cacheHits = 0
    /// Answers that were past their time and given all the same, since no newer one was to be had.
    package var staleAnswers = 0
    /// How old the oldest of these is, in seconds.
    package var staleSeconds: Int64 = 0
    /// When the last of the answers was made, in seconds of the calendar.
    package var freshFrom: Int64 = .min
    /// When the first of the answers is no longer fresh, in seconds of the calendar: long ago when one of them may not
    /// be kept, or has failed.
    package var freshUntil: Int64 = .max
    /// The time of those that were waited for, each by itself.
    package var nanoseconds: Int64 = 0

    package init() {}
}

extension RequestContext {
    /// Those who ask TMDB for the request count here.
    package var upstream: UpstreamUse {
        get { (storage as? Storage)?.use ?? UpstreamUse() }
        set {
            if let storage = storage as? Storage {
                storage.use = newValue
            } else {
                storage = Storage(newValue)
            }
        }
    }
}

extension RequestRecord {
    package var upstream: UpstreamUse { (storage as? Storage)?.use ?? UpstreamUse() }
}

/// What this module keeps of a request.
private final class Storage {
    var use: UpstreamUse

    init(_ use: UpstreamUse) { self.use = use }
}
