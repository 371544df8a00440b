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
            let rank = code == shaping.language.regionCode ? 0 : code == "US" ? 1 : 2
            if rank < best?.rank ?? .max { best = (rank, "\(name) (\(code))") }
        }
        return best.map { .string($0.text) }
    }

    /// A country has several releases of a film, most without a certification.
    private static func name(in country: JSONValue) -> String? {
        if let rating = country["rating"].flatMap(Field.Kind.text) { return rating }
        for release in country["release_dates"]?.array ?? [] {
            if let name = release["certification"].flatMap(Field.Kind.text) { return name }
        }
        return nil
    }
}
