import JSON

/// The names of TMDB's genres in one language. Films and series share one space of ids, but not all genres.
struct GenreNames {
    typealias Entry = (id: Int64, name: String)

    let movies: [Entry]
    let series: [Entry]
    /// Told of ids that have no name here.
    var unknown: UnknownGenres?

    func name(of id: Int64) -> String? { (movies.first { $0.id == id } ?? series.first { $0.id == id })?.name }

    /// Those of a name, in this language or in English, or with that number: films and series may have different ones.
    @inline(never)  // would be copied into each caller
    func ids(named name: String) -> [Int64] {
        if let id = Int64(name), self.name(of: id) != nil { return [id] }
        var ids: [Int64] = []
        for entries in [movies + GenreNames.englishMovies, series + GenreNames.englishSeries] {
            switch NameMatch(of: name, in: entries.map { NamedID(id: $0.id, name: $0.name) }) {
            case .one(let found), .likely(let found, _): ids.append(found.id)
            case .several(let found): ids += found.map { $0.id }
            case .none: break
            }
        }
        return ids
    }

    /// Appends the names in a list of ids, or of genres with an id and perhaps a name, as a JSON array. An id that is
    /// not known is left out. Returns false when there are none.
    func write(_ list: JSONValue, max countMax: Int, into output: inout [UInt8]) -> Bool {
        var count = 0
        for element in list.array ?? [] {
            let id = element.int64
            guard let name = id.map({ name(of: $0) }) ?? element["name"]?.string else {
                if id != nil { unknown?.wereSeen = true }
                continue
            }
            guard count < countMax else { continue }
            output.append(count == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            output.append(quoting: name)
            count += 1
        }
        output.append(UInt8(ascii: "]"))
        return count > 0
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
