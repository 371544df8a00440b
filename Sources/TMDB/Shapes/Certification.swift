import Bytes
import JSON

/// The age rating of a film or a series, out of its record: GET /movie/{id}/release_dates, /tv/{id}/content_ratings.
enum Certification {
    /// That of the region asked for, else of the United States, else of any other, such as "PG-13 (US)".
    @Sendable static func text(_ record: JSONValue, _ shaping: Shaping) -> JSONValue? {
        let countries = record["release_dates"]?["results"]?.array ?? record["content_ratings"]?["results"]?.array
        var best: (rank: Int, text: String)?
        for country in countries ?? [] {
            guard let code = country["iso_3166_1"].flatMap(Field.Kind.text), let name = name(in: country) else {
                continue
            }
            let rank = code == shaping.region ? 0 : code == "US" ? 1 : 2
            if rank < best?.rank ?? .max { best = (rank, "\(name) (\(code))") }
        }
        return best.map { .string($0.text) }
    }

    /// Of the releases of a film in a country, most of them without a certification, that in cinemas counts most; for
    /// "not rated" any other is taken.
    private static func name(in country: JSONValue) -> String? {
        if let rating = country["rating"].flatMap(Field.Kind.text) { return rating }
        var best: (rank: Int, name: String)?
        for release in country["release_dates"]?.array ?? [] {
            guard let name = release["certification"].flatMap(Field.Kind.text) else { continue }
            let type = typesByWeight.firstIndex { $0 == release["type"]?.int64 } ?? typesByWeight.count
            let rank = type + (name == "NR" ? 10 : 0)
            if rank < best?.rank ?? .max { best = (rank, name) }
        }
        return best?.name
    }

    /// TMDB's types of releases: in cinemas, in few of them, digital, physical, on TV; a premiere has seldom one.
    private static let typesByWeight: [Int64] = [3, 2, 4, 5, 6, 1]
}
