import JSON

/// A page of a list that TMDB gives whole.
struct Portion {
    let rows: [JSONValue]
    let pages: Int64
    private let page: Int64
    private let total: Int

    /// - Parameters:
    ///   - page: from 1.
    ///   - rowsMax: rows a page, at least 1.
    init(of list: [JSONValue], page: Int64, rowsMax: Int64) {
        self.page = page
        total = list.count
        let first = (page - 1) * rowsMax
        rows = Array(list.dropFirst(Int(clamping: first)).prefix(Int(clamping: rowsMax)))
        pages = (Int64(list.count) + rowsMax - 1) / rowsMax
    }

    /// As TMDB gives the pages that it makes itself.
    var object: JSONValue {
        [
            "page": .number(JSONNumber(page)), "total_pages": .number(JSONNumber(pages)),
            "total_results": .number(JSONNumber(total)), "results": .array(rows),
        ]
    }
}
