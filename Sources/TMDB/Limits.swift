/// What TMDB, or a client of the tools, can make this module hold or say at most.
enum Limits {
    /// Unicode scalars of TMDB's own words that an error repeats; its longest has about 100.
    static let reasonMax = 200
    /// Characters of a search. The longest title on TMDB has about 200; a URL must stay within what proxies carry.
    static let queryMax = 500
    /// TMDB serves the pages 1 to 500 of any list, whatever its total says.
    static let pageMax: Int64 = 500
}
