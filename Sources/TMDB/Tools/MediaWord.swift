/// What people call the types of TMDB's records.
enum MediaWord {
    /// TMDB's word for a model's, where it is among those that are taken; else the text itself.
    static func normalised(_ text: String, among types: [String]) -> String {
        let word = text.folded
        return types.first { words(for: $0).hasWords(of: word) } ?? text
    }

    /// Folded, one after the other; people do not hit on several that stand together.
    private static func words(for type: String) -> String {
        switch type {
        case "movie": "movies film films feature film feature films motion picture motion pictures"
        case "tv":
            "series tv series tv serie serie show tv show shows tv shows tvshow tvshows tvseries television series "
                + "television shows television show television miniseries"
        case "person":
            "persons people actor actors actress actresses director directors writer writers cast crew artist"
        case "collection": "collections franchise franchises saga sagas"
        case "company": "companies studio studios"
        case "network": "networks channel channels tv channel tv network broadcaster"
        case "keyword": "keywords tag tags"
        default: "all any both multi everything"
        }
    }
}
