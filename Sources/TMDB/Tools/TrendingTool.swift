import Bytes
import JSON
import MCP

/// `get_trending`: what people look at (TMDB: GET /trending/{media_type}/{time_window}).
enum TrendingTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_trending", title: "Trending",
            description: "What is popular on TMDB today or this week: movies, TV series, people or all of them.",
            [
                Parameter(
                    "media_type", Parameters.typeKind(["movie", "tv", "person", "all"]), isRequired: true,
                    description: "what to list"),
                Parameter(
                    "time_window", .choice(["day", "week"]), isRequired: true, description: "today or seven days"),
                Parameters.page, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, in: context, work: work)
    }

    private static let page = Page(of: Row.shape)

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let type = arguments.string("media_type"), let window = arguments.string("time_window") else { return }
        var shaping = arguments.shaping(call.context)
        if type == "all" { shaping.mediaType = nil }
        let query: Call.Query = [("page", "\(arguments.page)"), ("language", shaping.language)]
        call.rows("/trending/\(type)/\(window)", query, page, shaping, finish)
    }
}
