import JSON

/// The names of genres in the languages that were asked for.
final class GenreCatalog {
    private(set) var english: GenreNames
    private let unknown = UnknownGenres()
    private var others: [(language: String, names: GenreNames, time: Int64)] = []
    private var refreshTime: Int64?
    private var requests: [GenreRequest] = []
    /// Whether names did not come in time when they were last asked for.
    var areLate = false

    init() {
        english = GenreNames.english
        english.unknown = unknown
    }

    static func isEnglish(_ language: String) -> Bool { language == "en" || language.hasPrefix("en-") }

    /// - Parameter time: in nanoseconds; names are asked for anew after a day. Nil for the last ones, however old.
    func names(in language: String, at time: Int64?) -> GenreNames? {
        guard let entry = others.first(where: { $0.language == language }) else { return nil }
        if let time, GenreCatalog.isDayOver(since: entry.time, at: time) { return nil }
        return entry.names
    }

    /// The last names in a language, however old; English ones where there are none.
    func lastNames(in language: String) -> GenreNames { names(in: language, at: nil) ?? english }

    /// What is in progress with a caller's credential, or with the server's: what TMDB thinks of one is not another's
    /// business.
    func request(for language: String, with credential: String?) -> GenreRequest? {
        requests.first { $0.language == language && $0.credential == credential }
    }

    func begin(_ request: GenreRequest) { requests.append(request) }

    func remove(_ request: GenreRequest) {
        if let place = requests.firstIndex(where: { $0 === request }) { requests.remove(at: place) }
    }

    func store(_ names: GenreNames, in language: String, at time: Int64) {
        areLate = false
        if GenreCatalog.isEnglish(language) {
            english = names
            english.unknown = unknown
            return
        }
        others.removeAll { $0.language == language }
        if others.count >= TMDBLimits.genreLanguagesMax { others.removeFirst() }
        others.append((language, names, time))
    }

    /// Whether the English names are to be asked for now, because TMDB has used a genre that they lack; true once a day
    /// at most.
    func beginsRefresh(at time: Int64) -> Bool {
        guard unknown.wereSeen else { return false }
        if let refreshTime, !GenreCatalog.isDayOver(since: refreshTime, at: time) { return false }
        unknown.wereSeen = false
        refreshTime = time
        return true
    }

    /// The names in TMDB's two lists; English ones where a language has none.
    ///
    /// - Returns: nil unless both are what TMDB documents.
    func names(movies: JSONValue, series: JSONValue) -> GenreNames? {
        guard let movies = GenreCatalog.entries(movies), let series = GenreCatalog.entries(series) else { return nil }
        return GenreNames(
            movies: GenreCatalog.merged(movies, over: english.movies),
            series: GenreCatalog.merged(series, over: english.series))
    }

    private static func entries(_ list: JSONValue) -> [GenreNames.Entry]? {
        list["genres"]?.array?.prefix(TMDBLimits.genresMax).compactMap { genre in
            guard let id = genre["id"]?.int64, let name = genre["name"].flatMap(Field.Kind.text) else { return nil }
            return (id, name)
        }
    }

    private static func merged(_ entries: [GenreNames.Entry], over others: [GenreNames.Entry]) -> [GenreNames.Entry] {
        entries + others.filter { other in !entries.contains { $0.id == other.id } }
    }

    private static func isDayOver(since start: Int64, at time: Int64) -> Bool {
        let (passed, hasOverflown) = time.subtractingReportingOverflow(start)
        return hasOverflown || passed >= 86_400 * 1_000_000_000
    }
}
