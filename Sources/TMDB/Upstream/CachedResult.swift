import MCP

/// A tool's result that is kept, so that equal calls need not read and shape TMDB's answers again.
struct CachedResult {
    let content: StructuredContent
    /// How many answers it was made of.
    let answers: Int
    /// When the last of its answers was made, and when the first is no longer fresh, in seconds of the calendar.
    let freshFrom: Int64
    let freshUntil: Int64

    /// A clock that was set back tells nothing.
    func isFresh(at now: Int64) -> Bool { now >= freshFrom && now < freshUntil }
}

extension UpstreamUse {
    /// What is made of the answer is fresh as long as the answer is; nil is one that may not be kept.
    mutating func limit(to answer: CachedResponse?) {
        freshFrom = max(freshFrom, answer?.birth ?? .min)
        freshUntil = min(freshUntil, answer?.freshUntil ?? .min)
    }
}
