import HTTPTypes
import JSON

/// A cached response (RFC 9111). Times are in seconds of the calendar, which goes on while the machine sleeps.
struct CachedResponse {
    let value: JSONValue
    let etag: String?
    /// When upstream made it, or last revalidated it.
    let birth: Int64
    let freshness: Freshness

    /// Nil when it must not be stored, or could not be used.
    init?(_ value: JSONValue, _ fields: HTTPFields, at now: Int64) {
        let freshness = Freshness(fields)
        let etag = CachedResponse.etag(fields)
        guard !freshness.noStore, freshness.seconds > 0 || etag != nil else { return nil }
        self.init(value: value, etag: etag, birth: now - Freshness.age(fields), freshness: freshness)
    }

    private init(value: JSONValue, etag: String?, birth: Int64, freshness: Freshness) {
        self.value = value
        self.etag = etag
        self.birth = birth
        self.freshness = freshness
    }

    /// The response after a 304, which may bring new fields (RFC 9111 section 4.3.4). Nil when it must not be stored
    /// any more.
    func revalidated(_ fields: HTTPFields, at now: Int64) -> CachedResponse? {
        let new = Freshness(fields)
        guard !new.noStore else { return nil }
        return CachedResponse(
            value: value, etag: CachedResponse.etag(fields) ?? etag, birth: now - Freshness.age(fields),
            freshness: new.isGiven ? new : freshness)
    }

    /// How old it is. A clock that was set back tells nothing: nil.
    func age(at now: Int64) -> Int64? { now >= birth ? now - birth : nil }

    func isFresh(at now: Int64) -> Bool { age(at: now).map { $0 < freshness.seconds } ?? false }

    /// When it stops being fresh.
    var freshUntil: Int64 { birth + freshness.seconds }

    /// Whether it may be served where upstream fails (stale-if-error, RFC 5861 section 4).
    func canServeStale(at now: Int64) -> Bool {
        guard !freshness.mustRevalidate, let age = age(at: now), age < UpstreamLimits.ageSecondsMax else {
            return false
        }
        return age - freshness.seconds < UpstreamLimits.staleSecondsMax
    }

    private static func etag(_ fields: HTTPFields) -> String? {
        guard let etag = fields["ETag"], !etag.isEmpty, etag.utf8.count <= UpstreamLimits.etagBytesMax,
            HTTPField(name: "If-None-Match", value: etag).isWellFormed
        else { return nil }
        return etag
    }
}
