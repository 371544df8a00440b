import HTTPTypes
import JSON

/// An answer of TMDB's that is kept. Times are in seconds of the calendar, since a machine sleeps longer than most
/// answers live.
struct CachedAnswer {
    let value: JSONValue
    let etag: String?
    /// When TMDB made it, or last said that it is still good.
    let birth: Int64
    let freshness: Freshness

    /// Nil when it must not be kept, or there is no use in it.
    init?(_ value: JSONValue, _ fields: HTTPFields, at now: Int64) {
        let freshness = Freshness(fields)
        let etag = CachedAnswer.etag(fields)
        guard !freshness.isForbidden, freshness.seconds > 0 || etag != nil else { return nil }
        self.init(value: value, etag: etag, birth: now - Freshness.age(fields), freshness: freshness)
    }

    private init(value: JSONValue, etag: String?, birth: Int64, freshness: Freshness) {
        self.value = value
        self.etag = etag
        self.birth = birth
        self.freshness = freshness
    }

    /// The answer after TMDB said that it is still good (304), which may bring new fields (RFC 9111 section 4.3.4). Nil
    /// when it must not be kept any more.
    func revalidated(_ fields: HTTPFields, at now: Int64) -> CachedAnswer? {
        let new = Freshness(fields)
        guard !new.isForbidden else { return nil }
        return CachedAnswer(
            value: value, etag: CachedAnswer.etag(fields) ?? etag, birth: now - Freshness.age(fields),
            freshness: new.isGiven ? new : freshness)
    }

    /// How old it is. A clock that was set back tells nothing: nil.
    func age(at now: Int64) -> Int64? { now >= birth ? now - birth : nil }

    func isFresh(at now: Int64) -> Bool { age(at: now).map { $0 < freshness.seconds } ?? false }

    /// When it stops being fresh.
    var freshUntil: Int64 { birth + freshness.seconds }

    /// Whether it may be given where no newer one is to be had.
    func maySubstitute(at now: Int64) -> Bool {
        guard !freshness.isStrict, let age = age(at: now), age < Limits.ageSecondsMax else { return false }
        return age - freshness.seconds < Limits.staleSecondsMax
    }

    private static func etag(_ fields: HTTPFields) -> String? {
        guard let etag = fields["ETag"], !etag.isEmpty, etag.utf8.count <= Limits.etagBytesMax,
            HTTPField(name: "If-None-Match", value: etag).isWellFormed
        else { return nil }
        return etag
    }
}
