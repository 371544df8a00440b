import JSON

/// A page of a list of TMDB's: up to 20 objects, and how many there are.
struct Page: Sendable {
    let row: Shape

    init(of row: Shape) { self.row = row }

    /// Rows that lack what they must have are left out. Nil when the source is no page. A compact page is cut to what
    /// `Shaping.fitted` allows.
    func object(from source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        shaping.fitted(rows: source["results"]?.array?.count ?? 0) { whole(from: source, $0) }
    }

    private func whole(from source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard source["results"]?.array != nil, let page = source["page"]?.int64,
            let pages = source["total_pages"]?.int64, let total = source["total_results"]?.int64
        else { return nil }
        return [
            "page": .number(JSONNumber(page)),
            // TMDB serves the first 500, whatever it counts.
            "total_pages": .number(JSONNumber(min(pages, Limits.pageMax))),
            "total_results": .number(JSONNumber(total)),
            "results": .array(row.objects(from: source["results"], shaping)),
            "attribution": .string(Attribution.text),
        ]
    }

    /// JSON Schema 2020-12.
    var schema: JSONValue {
        [
            "type": "object",
            "properties": [
                "page": ["type": "integer"], "total_pages": ["type": "integer"], "total_results": ["type": "integer"],
                "results": ["type": "array", "items": .object(row.schema)], "attribution": [:],
            ],
            "required": ["page", "total_pages", "total_results", "results", "attribution"],
        ]
    }
}
