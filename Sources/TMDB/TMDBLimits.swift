/// What TMDB, or a client of the tools, can make this module hold or say at most.
enum TMDBLimits {
    /// Unicode scalars of TMDB's own words that an error repeats; its longest has about 100.
    static let reasonMax = 200
    /// Characters of a search. The longest title on TMDB has about 200; a URL must stay within what proxies carry.
    static let queryMax = 500
    /// TMDB serves the pages 1 to 500 of any list, whatever its total says.
    static let pageMax: Int64 = 500
    /// Names and ids in one filter of discover_movies or discover_tv; a list of favourites has fewer.
    static let termsMax = 20
    /// Names in one call that TMDB is asked for: each costs a request.
    static let lookupsMax = 20
    /// Candidates that the answer to an ambiguous or unknown name lists.
    static let candidatesMax = 8
    /// Languages whose genres are kept, about 2 KB each; TMDB is translated into some 40 that matter.
    static let genreLanguagesMax = 24
    /// How long an answer waits for names of genres in its language, in nanoseconds, before it gives English ones.
    static let genresNanoseconds: Int64 = 2_000_000_000
    /// Genres of one kind; TMDB has 19.
    static let genresMax = 100
    /// Bytes of the entries of list_reference, so that its answer stays under 8 KB.
    static let entriesBytesMax = 7_000
    /// Characters of an id of another site. Wikidata's, IMDb's and TVDB's are shorter, names of users may have 100.
    static let externalIDMax = 100
    /// Bytes of a compact page of 20 results, so that a model can read many of them.
    static let compactBytesMax = 8000
    /// TMDB's ids have 32 bits.
    static let idMax: Int64 = 2_147_483_647
    /// Records that one call may ask for: each is a request to TMDB.
    static let idsMax = 20
    /// Namespaces that TMDB appends to one record (developer.themoviedb.org, "Append To Response").
    static let appendMax = 20
    /// Rows of a page of a list that TMDB gives whole.
    static let rowsMax: Int64 = 100
    /// Seasons of a series, and episodes of a season. Daily shows count into the thousands, or number by the year.
    static let numberMax: Int64 = 100_000
    /// Bytes of a credential that a client sends; TMDB's tokens have about 250.
    static let credentialBytesMax = 1024
    /// Callers' credentials that have numbers: so many that TMDB accepted, and so many that it has not been asked about
    /// or refused. Each takes some 300 bytes. One more that TMDB accepts costs another its cached answers.
    static let tenantsMax = 256
    /// How long TMDB, or what answers for it, can make all requests wait, in seconds. TMDB asks for 10 at most.
    static let pauseSecondsMax: Int64 = 60
    /// How long a call waits for TMDB before a stale response is served, in nanoseconds: as long as people wait without
    /// asking themselves what is wrong.
    static let staleAfterNanoseconds: Int64 = 2_000_000_000
    /// Attempts of one request that do not reach TMDB. The first two delays take 0.6 s at most.
    static let unreachableMax = 3
    /// The upper bound of the delay after the first attempt, in nanoseconds; it doubles with each one.
    static let backoffNanosecondsFirst: Int64 = 200_000_000
    /// With this, 12 attempts that fail at once fit into the default time.
    static let backoffNanosecondsMax: Int64 = 2_000_000_000
    /// The retry budget when all is well. While one attempt in three fails, it runs out once in 2^50.
    static let retriesMax = 50
    /// Retries of one request while fewer than half of those are in hand.
    static let retriesOfOneMax = 4
    /// Time that earns a retry, in nanoseconds.
    static let retryNanoseconds: Int64 = 1_000_000_000
    /// Six months: TMDB's terms of use let nothing be kept for longer.
    static let ageSecondsMax: Int64 = 180 * 86_400
    /// How long after its time an answer may stand for one that is not to be had.
    static let staleSecondsMax: Int64 = 7 * 86_400
    /// Room that a result is begun with; most pages fit.
    static let resultBytesUsual = 8 * 1024
    /// One answer takes at most this part of the cache.
    static let cacheShare = 8
    /// Values in one answer, containers included: twice what a client may send, since a record may have much appended.
    /// They take up to 30 MB.
    static let answerValuesMax = 1 << 18
    /// Bytes of an ETag; TMDB's have 36.
    static let etagBytesMax = 256
}
