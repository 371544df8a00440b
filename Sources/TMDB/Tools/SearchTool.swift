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
                    description: "multi: movies, series, people and collections"),
                Parameter(
                    "year", .integer(years), description: "of first release or airing; for movie, tv"),
                Parameter("region", RegionCode.kind, description: "of release dates; for movie, collection"),
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
        let dated = name == "multi" || type.year != nil ? titleAndYear(words) : nil
        var query: Call.Query = [("query", dated?.title ?? words), ("page", "\(arguments.page)")]
        if type.hasLanguage { query.append(("language", arguments.language(call.context))) }
        if let year = type.year, let number = arguments.integer("year") ?? dated?.year {
            query.append((year, "\(number)"))
        }
        if let region = arguments.string("region") { query.append(("region", region)) }
        if arguments.bool("include_adult") == true { query.append(("include_adult", "true")) }
        var shaping = arguments.shaping(call.context)
        shaping.mediaType = name == "multi" ? nil : name
        shaping.noteIfEmpty = arguments.page > 1 ? noMore : nothing
        shaping.rowsMax = Int(clamping: arguments.integer("limit") ?? 20)
        call.rows("/search/\(name)", query, page, shaping, finish)
    }

    private static let nothing: String =
        "Nothing found: try fewer words, the original title, another spelling, type multi, or no year."
    private static let noMore: String = "This page has no rows: total_pages tells the last one."

    /// The parts of "Dune (2021)", by which TMDB finds nothing; nil for other words.
    static func titleAndYear(_ words: String) -> (title: String, year: Int64)? {
        let isNoBlank: (UInt8) -> Bool = { $0 != UInt8(ascii: " ") }
        let bytes = Array(words.utf8)
        guard let end = bytes.lastIndex(where: isNoBlank), end >= 6, bytes[end] == UInt8(ascii: ")"),
            bytes[end - 5] == UInt8(ascii: "("), let titleEnd = bytes[..<(end - 5)].lastIndex(where: isNoBlank),
            let year = Int64(String(decoding: bytes[(end - 4)..<end], as: UTF8.self)), years.contains(year)
        else { return nil }
        return (String(decoding: bytes[...titleEnd], as: UTF8.self), year)
    }

    private static let years: ClosedRange<Int64> = 1870...2100

    /// An argument that TMDB would silently ignore. Its default value changes nothing, so that is let pass.
    private static func problem(_ arguments: Arguments, _ type: SearchType, _ context: TMDBContext) -> String? {
        for name in ["year", "region", "include_adult", "language"] {
            guard let value = arguments.value(name), !type.takes(name), value.bool != false,
                value.string != context.language
            else { continue }
            let others = types.filter { $0.takes(name) }.map { $0.name }.joined(separator: ", ")
            return
                "TMDB ignores \(name) in a search of type \(type.name): leave it out, or set type to one of \(others)."
        }
        return nil
    }
}
