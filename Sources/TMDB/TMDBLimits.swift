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
    /// What one of several of a name must have to be taken for the one that is meant: TMDB's popularity in thousandths,
    /// of which a person whom anybody asks for has more than one whole, and so many times as much as the next one.
    static let knownWeight: Int64 = 1000
    static let knownRatio: Int64 = 3
    /// Languages whose genres are kept, about 2 KB each; TMDB is translated into some 40 that matter.
    static let genreLanguagesMax = 24
    /// How long an answer waits for names of genres in its language, in nanoseconds, before it gives English ones.
    static let genresNanoseconds: Int64 = 2_000_000_000
    /// How long a page waits for what its rows lack in its language, in nanoseconds, before it is given without.
    static let textsNanoseconds: Int64 = 2_000_000_000
    /// Genres of one kind; TMDB has 19.
    static let genresMax = 100
    /// Bytes of the entries of list_reference, so that its answer stays under 8 KB.
    static let entriesBytesMax = 7_000
    /// Characters of an id of another site. Wikidata's, IMDb's and TVDB's are shorter, names of users may have 100.
    static let externalIDMax = 100
    /// Bytes of a compact page of 20 results, so that a model can read many of them.
    static let compactBytesMax = 8000
    /// Bytes of the records or rows of any result: clients refuse more than 25,000 tokens.
    static let resultBytesMax = 96_000
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
    /// How long an answer waits for OMDb, in nanoseconds, before it goes without its ratings.
    static let ratingsNanoseconds: Int64 = 3_000_000_000
    /// How long OMDb is not asked after it has failed, in nanoseconds: it serves some 1,000 requests a day.
    static let ratingsPauseNanoseconds: Int64 = 60_000_000_000
    /// What is kept of OMDb's answers, in bytes: some 500.
    static let ratingsCacheBytesMax = 1 << 20
    /// Requests to OMDb a second.
    static let ratingsPerSecond = 10
    /// Room that a result is begun with; most pages fit.
    static let resultBytesUsual = 8 * 1024
}
