import JSON

/// The names of TMDB's genres in one language. Films and series share one space of ids, but not all genres.
struct GenreNames {
    typealias Entry = (id: Int64, name: String)

    let movies: [Entry]
    let series: [Entry]
    /// Told of ids that have no name here.
    var unknown: UnknownGenres?

    func name(of id: Int64) -> String? { (movies.first { $0.id == id } ?? series.first { $0.id == id })?.name }

    /// The names in a list of ids, or of genres with an id and perhaps a name. An id that is not known is left out.
    func names(in list: JSONValue) -> [JSONValue] {
        (list.array ?? []).compactMap { element in
            if let id = element.int64 {
                let name = name(of: id)
                if name == nil { unknown?.wereSeen = true }
                return name.map { .string($0) }
            }
            return element["name"]?.string.map { .string($0) }
        }
    }

    /// GET /genre/movie/list and /genre/tv/list in English, so that nothing has to be asked for most users.
    static var english: GenreNames { GenreNames(movies: englishMovies, series: englishSeries) }

    private static let englishMovies: [Entry] = [
        (28, "Action"), (12, "Adventure"), (16, "Animation"), (35, "Comedy"), (80, "Crime"), (99, "Documentary"),
        (18, "Drama"), (10751, "Family"), (14, "Fantasy"), (36, "History"), (27, "Horror"), (10402, "Music"),
        (9648, "Mystery"), (10749, "Romance"), (878, "Science Fiction"), (10770, "TV Movie"), (53, "Thriller"),
        (10752, "War"), (37, "Western"),
    ]

    private static let englishSeries: [Entry] = [
        (10759, "Action & Adventure"), (16, "Animation"), (35, "Comedy"), (80, "Crime"), (99, "Documentary"),
        (18, "Drama"), (10751, "Family"), (10762, "Kids"), (9648, "Mystery"), (10763, "News"), (10764, "Reality"),
        (10765, "Sci-Fi & Fantasy"), (10766, "Soap"), (10767, "Talk"), (10768, "War & Politics"), (37, "Western"),
    ]
}
