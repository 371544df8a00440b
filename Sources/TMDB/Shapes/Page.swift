import JSON

/// A page of a list of TMDB's: up to 20 objects, and how many there are.
struct Page: Sendable {
    private let shape: Shape
    private let isShortened: Bool

    /// Rows that lack what they must have are left out.
    ///
    /// - Parameter rest: of compact rows after the first five.
    @inline(never)  // would be copied into each caller
    init(of row: Shape, rest: Shape? = nil, _ more: [Field] = []) {
        isShortened = rest != nil
        shape = Shape(
            [
                Field("page", .integer).required,
                Field("total_pages", .derived(.integer, Page.pages)).required,
                Field("total_results", .integer).required,
                Field("results", .rows(row, rest: rest)).required,
            ] + more + Attribution.fields)
    }

    /// What names, words and days of a call were taken for, by its arguments.
    static let resolved = Field(
        "resolved",
        .made(schema: Field.Kind.schema(ofMembers: "string")) { source, _ in
            source["resolved"]?.object.map { .object($0) }
        })

    /// How many rows have their texts.
    func shown(_ shaping: Shaping) -> Int {
        isShortened && shaping.detail == .compact ? min(Shape.wholeRows, shaping.rowsMax) : shaping.rowsMax
    }

    /// The page as JSON. Nil when the source is no page. A compact page is cut to what `Shaping.fitted` allows.
    func json(_ source: JSONValue, _ shaping: Shaping) -> [UInt8]? {
        let rows = source["results"]?.array?.count ?? 0
        return shaping.fitted(rows: rows) { shape.write(source, $0, into: &$1) }
    }

    /// TMDB serves the first 500, whatever it counts.
    @Sendable private static func pages(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        (source["total_pages"]?.int64).map { .number(JSONNumber(min($0, TMDBLimits.pageMax))) }
    }

    /// JSON Schema 2020-12.
    var schema: JSONValue { .object(shape.schema) }
}
