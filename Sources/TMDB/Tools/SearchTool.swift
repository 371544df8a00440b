import Bytes
import JSON
import MCP

/// `search`: movies, series, people and more by words (TMDB: GET /search/{type}).
enum SearchTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "search", title: "Search TMDB",
            description: "Find movies, TV series, people, collections, companies or keywords by name, best first. "
                + "Start here: other tools take the ids.",
            [
                Parameter(
                    "query", .text(length: 1...TMDBLimits.queryMax), isRequired: true,
                    description: "a title or a name"),
                Parameter(
                    "type", Parameters.typeKind(types.map { $0.name }), default: "multi",
                    description: "multi: movies, series, people, collections; with year the first two"),
                Parameter(
                    "year", .integer(TitleAndYear.years), description: "of first release or airing"),
                Parameters.region(context, "of release dates; for movie, collection"),
                Parameter("include_adult", .boolean, default: false, description: "also adult titles"),
                Parameter(
                    "limit", .integer(1...20), default: 20,
                    description: "rows of the page; those after the fifth are short"),
                Parameter("page", Parameters.pageKind, default: 1, description: "TMDB's, of all its rows"),
                Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, in: context, work: work)
    }

    /// A kind of search, and what TMDB heeds beside the words and the page.
    private struct SearchType {
        let name: String
        /// TMDB's parameter for the year; nil when there is none.
        var year: String?
        var hasRegion = false
        var hasAdult = true
        var hasLanguage = true

        func takes(_ argument: String) -> Bool {
            switch argument {
            case "year": year != nil
            case "region": hasRegion
            case "include_adult": hasAdult
            default: hasLanguage
            }
        }
    }

    private static let types = [
        SearchType(name: "multi"),
        // Its `year` would match re-releases too.
        SearchType(name: "movie", year: "primary_release_year", hasRegion: true),
        SearchType(name: "tv", year: "first_air_date_year"),
        SearchType(name: "person"),
        SearchType(name: "collection", hasRegion: true),
        SearchType(name: "company", hasAdult: false, hasLanguage: false),
        SearchType(name: "keyword", hasAdult: false, hasLanguage: false),
    ]

    private static let page = Page(of: Row.shape, rest: Row.slim)

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let words = arguments.string("query")?.sought,
            words.unicodeScalars.contains(where: { !$0.isBlank })
        else { return finish(.failure("query must not be empty: give a title or a person's name.")) }
        let name = arguments.string("type") ?? "multi"
        guard let type = types.first(where: { $0.name == name }) else { return }
        if let problem = problem(arguments, type, call.context) { return finish(.failure(problem)) }
        let dated = name == "multi" || type.year != nil ? TitleAndYear(words) : nil
        let year = arguments.integer("year") ?? dated?.year
        var shaping = arguments.shaping(call.context)
        shaping.mediaType = name == "multi" ? nil : name
        shaping.noteIfEmpty = arguments.page > 1 ? noMore : nothing
        shaping.rowsMax = Int(clamping: arguments.integer("limit") ?? 20)
        let queryFor = { (type: SearchType) in
            var query: Call.Query = [("query", dated?.title ?? words), ("page", "\(arguments.page)")]
            if type.hasLanguage { query.append(("language", arguments.language(call.context))) }
            if let parameter = type.year, let year { query.append((parameter, "\(year)")) }
            if type.hasRegion, let region = arguments.string("region") ?? call.context.region {
                query.append(("region", region))
            }
            if arguments.bool("include_adult") == true { query.append(("include_adult", "true")) }
            return query
        }
        guard name == "multi", year != nil else {
            return call.rows("/search/\(name)", queryFor(type), page, shaping, finish)
        }
        // TMDB's multi search heeds no year. The rows of both others are a page, unless fewer are wanted.
        if arguments.integer("limit") == nil { shaping.rowsMax = .max }
        let dateds = types.filter { $0.year != nil }
        let requests = dateds.map { (path: "/search/\($0.name)", query: queryFor($0)) }
        call.rows(requests, page, shaping, finish) { merged($0, dateds.map { $0.name }) }
    }

    /// Pages of several types as one: in each the order stays, and of the rows in front the more popular one goes
    /// first.
    private static func merged(_ answers: [Call.Answer], _ types: [String]) -> Call.Answer {
        var lists: [[JSONValue]] = []
        var page: JSONValue = .null
        var pages: Int64 = 0
        var total: Int64 = 0
        for (answer, type) in zip(answers, types) {
            guard case .success(let value) = answer else { return answer }
            guard let rows = value["results"]?.array, let rowPages = value["total_pages"]?.int64,
                let rowTotal = value["total_results"]?.int64
            else {
                return .failure(.unexpectedShape)
            }
            page = value["page"] ?? .null
            pages = max(pages, rowPages)
            total = total.addingReportingOverflow(rowTotal).partialValue
            lists.append(
                rows.reversed().map { row in
                    guard var object = row.object else { return row }
                    object.set("media_type", to: .string(type))
                    return .object(object)
                })
        }
        var rows: [JSONValue] = []
        while true {
            var best: (list: Int, popularity: Double)?
            for (index, list) in lists.enumerated() {
                guard let row = list.last else { continue }
                let popularity = row["popularity"]?.double ?? 0
                if popularity > best?.popularity ?? -1 { best = (index, popularity) }
            }
            guard let best else { break }
            rows.append(lists[best.list].removeLast())
        }
        return .success([
            "page": page, "total_pages": .number(JSONNumber(pages)), "total_results": .number(JSONNumber(total)),
            "results": .array(rows),
        ])
    }

    private static let nothing: String =
        "Nothing found: try fewer words, the original title, another spelling, type multi, or no year."
    private static let noMore: String = "This page has no rows: total_pages tells the last one."

    /// An argument that TMDB would silently ignore. Its default value changes nothing, so that is let pass.
    private static func problem(_ arguments: Arguments, _ type: SearchType, _ context: TMDBContext) -> String? {
        for name in ["year", "region", "include_adult", "language"] {
            guard let value = arguments.value(name), !type.takes(name), value.bool != false,
                value.string != context.language
            else { continue }
            // With a year movies and series are searched by themselves.
            if type.name == "multi", name == "year" || name == "region" && arguments.value("year") != nil { continue }
            let others = types.filter { $0.takes(name) }.map { $0.name }.joined(separator: ", ")
            return
                "TMDB ignores \(name) in a search of type \(type.name): leave it out, or set type to one of \(others)."
        }
        return nil
    }
}
