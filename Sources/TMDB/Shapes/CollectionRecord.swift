import Bytes
import JSON

/// Titles that belong together: a collection of films in the order in which they came out (GET /collection/{id}), the
/// films of a franchise that is a keyword, or a list that a user of TMDB's made (GET /list/{id}).
enum CollectionRecord {
    static let shape = Shape(head + [Field("parts", .rows(part)).required] + Attribution.fields)

    /// With less of each title after the first five.
    private static let long = Shape(head + [Field("parts", .rows(part, rest: slim)).required] + Attribution.fields)

    private static let head = [
        Field("id", .integer).required, Row.mediaType,
        Field("title", .name, from: "name", "original_name"),
        Field("overview", .prose(bytesMax: 400), from: "overview", "description"), Field("text_language", .text),
        Field("creator", .derived(.name, creator)),
        Field("first_year", .year), Field("last_year", .year),
        Field("total_parts", .integer).required,
        Field("total_runtime", .amount, description: "minutes"),
        Field("page", .integer), Field("total_pages", .integer),
        Field("poster", .image(.poster), from: "poster_path"),
        Field("backdrop", .image(.backdrop), from: "backdrop_path").fullOnly,
    ]

    private static let part = Shape([
        Field("id", .integer).required, Row.mediaType, Row.title,
        Field("year", .year, from: "release_date", "first_air_date"),
        Field("date", .date, from: "release_date", "first_air_date"), Field("runtime", .amount),
        Field("rating", .rating, from: "vote_average"),
        Field("votes", .integer, from: "vote_count"),
        Field("overview", .prose(bytesMax: 140)), Field("text_language", .text),
        Field("poster", .image(.poster), from: "poster_path"),
    ])

    private static let slim = part.only("id media_type title date rating")

    /// Version 3 has a name, version 4 an object.
    @Sendable private static func creator(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        source["created_by"]?["username"] ?? source["created_by"]
    }

    /// - Parameter page: of the parts, where they are many.
    static func json(_ source: JSONValue, page: Int64 = 1, _ shaping: Shaping) -> [UInt8]? {
        guard let list = source["parts"]?.array else { return nil }
        return json(source, ofFilms: list, page: page, type: "collection", shape, shaping)
    }

    /// - Parameters:
    ///   - keyword: its id and its name.
    ///   - total: how many films have it.
    static func json(keyword: NamedID, films: [JSONValue], total: Int64, _ shaping: Shaping) -> [UInt8]? {
        let source: JSONValue = ["id": .number(JSONNumber(keyword.id)), "name": .string(keyword.name)]
        return json(source, ofFilms: films, total: total, type: "keyword", long, shaping)
    }

    @inline(never)  // twice
    private static func json(
        _ source: JSONValue, ofFilms films: [JSONValue], page: Int64 = 1, total: Int64? = nil, type: JSONValue,
        _ shape: Shape, _ shaping: Shaping
    ) -> [UInt8]? {
        guard var record = source.object else { return nil }
        let parts = Ranking.oldestFirst(films)
        let dated = parts.filter { Ranking.day($0) != nil }
        record.set("media_type", to: type)
        let portion = Portion(of: parts, page: page, rowsMax: TMDBLimits.rowsMax)
        record.set("parts", to: .array(portion.rows))
        record.set("total_parts", to: .number(JSONNumber(total ?? Int64(parts.count))))
        record.set("total_runtime", to: .number(JSONNumber(SeriesLength.sum(parts).minutes)))
        record.set("first_year", to: dated.first?["release_date"] ?? .null)
        record.set("last_year", to: dated.last?["release_date"] ?? .null)
        record.set("page", to: .null)
        record.set("total_pages", to: .null)
        var shaping = shaping
        if portion.pages > 1 {
            shaping.add(note: "Page \(page) of \(portion.pages): the argument page gets the other parts.")
        }
        return shaping.fitted(rows: portion.rows.count) { [record] in shape.write(.object(record), $0, into: &$1) }
    }

    /// A page of a list: TMDB's own, where it makes any.
    static func json(list source: JSONValue, id: Int64, page: Int64, _ shaping: Shaping) -> [UInt8]? {
        guard var record = source.object, var rows = (source["items"] ?? source["results"])?.array else { return nil }
        if source["total_pages"]?.int64 == nil {
            let portion = Portion(of: rows, page: page, rowsMax: 20)
            record.set("item_count", to: .number(JSONNumber(rows.count)))
            record.set("total_pages", to: .number(JSONNumber(portion.pages)))
            rows = portion.rows
        }
        let total = source["total_results"]?.int64 ?? record["item_count"]?.int64 ?? Int64(rows.count)
        record.set("id", to: .number(JSONNumber(id)))
        record.set("media_type", to: "list")
        record.set("parts", to: .array(rows))
        record.set("total_parts", to: .number(JSONNumber(total)))
        record.set("page", to: .number(JSONNumber(page)))
        return shaping.fitted(rows: rows.count) { [record] in long.write(.object(record), $0, into: &$1) }
    }
}
