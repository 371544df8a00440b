import MCP

extension UpstreamScheduler {
    /// The result that was kept of an equal call, while all that it was made of is fresh.
    func result(of key: RequestKey, for request: RequestContext) -> StructuredContent? {
        guard let held = cache.result(of: key), held.isFresh(at: dependencies.calendar()) else { return nil }
        counters.hits += Int64(held.answers)
        request.upstream.cacheHits += held.answers
        return held.content
    }

    /// Keeps the result of a request's call for as long as TMDB's answers to it are fresh. Returns the result, ready to
    /// be sent again where it is kept.
    func keep(
        _ content: StructuredContent, for key: RequestKey, of request: RequestContext
    ) -> StructuredContent {
        let use = request.upstream
        let now = dependencies.calendar()
        guard use.freshFrom <= now, use.freshUntil > now, use.cacheHits + use.answers > 0 else { return content }
        let content = content.prepared
        let result = CachedResult(
            content: content, answers: use.cacheHits + use.answers, freshFrom: use.freshFrom,
            freshUntil: use.freshUntil)
        cache.store(result, for: key)
        return content
    }
}
