import JSON

/// A collection of films in the order in which they came out: GET /collection/{id}.
enum CollectionRecord {
    static let shape = Shape(
        [
            Field("id", .integer).required, Row.mediaType,
            Field("title", .name, from: "name", "original_name"),
            Field("overview", .prose(bytesMax: 400)),
            Field("first_year", .year), Field("last_year", .year),
            Field("total_parts", .integer).required,
            Field("poster", .image(.poster), from: "poster_path"),
            Field("backdrop", .image(.backdrop), from: "backdrop_path").fullOnly,
            Field("parts", .rows(part)).required,
        ] + Attribution.fields)

    private static let part = Shape([
        Field("id", .integer).required, Row.mediaType, Row.title,
        Field("year", .year, from: "release_date"),
        Field("date", .date, from: "release_date"),
        Field("rating", .rating, from: "vote_average"),
        Field("votes", .integer, from: "vote_count"),
        Field("overview", .prose(bytesMax: 140)),
        Field("poster", .image(.poster), from: "poster_path"),
    ])

    static func json(_ source: JSONValue, _ shaping: Shaping) -> [UInt8]? {
        guard var record = source.object, let list = source["parts"]?.array else { return nil }
        let parts = Ranking.oldestFirst(list)
        let dated = parts.filter { Ranking.day($0) != nil }
        record.set("media_type", to: "collection")
        record.set("parts", to: .array(parts))
        record.set("total_parts", to: .number(JSONNumber(parts.count)))
        record.set("first_year", to: dated.first?["release_date"] ?? .null)
        record.set("last_year", to: dated.last?["release_date"] ?? .null)
        return shaping.fitted(rows: parts.count) { [record] in shape.write(.object(record), $0, into: &$1) }
    }
}
