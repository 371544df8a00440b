/// Results: what callers made of responses.
extension UpstreamScheduler {
    /// The result that was kept of an equal call, while all that it was made of is fresh.
    package func result(of key: RequestKey, for use: UpstreamUse) -> AnyObject? {
        guard let held = cache.result(of: key), held.isFresh(at: dependencies.calendar()) else { return nil }
        counters.hits += Int64(held.answers)
        use.cacheHits += held.answers
        return held.content
    }

    /// Whether a result that was made with this use would be fresh for a time, and so is worth keeping.
    package func isFresh(_ use: UpstreamUse) -> Bool {
        let now = dependencies.calendar()
        return use.freshFrom <= now && use.freshUntil > now && use.cacheHits + use.answers > 0
    }

    /// Keeps a result for as long as the responses that it was made of are fresh.
    ///
    /// - Parameter byteCount: the memory that it takes.
    package func cacheResult(_ content: AnyObject, byteCount: Int, for key: RequestKey, of use: UpstreamUse) {
        let result = CachedResult(
            content: content, answers: use.cacheHits + use.answers, freshFrom: use.freshFrom,
            freshUntil: use.freshUntil)
        cache.store(result, byteCount: byteCount, for: key)
    }
}
