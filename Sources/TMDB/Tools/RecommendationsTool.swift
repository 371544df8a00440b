import Bytes
import JSON
import MCP

/// `get_recommendations`: titles for those who like a title (TMDB: GET /{type}/{id}/recommendations and /similar).
enum RecommendationsTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_recommendations", title: "Recommendations",
            description: "Titles for someone who liked a movie or a TV series, by what TMDB's users like.",
            [
                Parameters.mediaType(Parameters.titles), Parameters.id,
                Parameter(
                    "similar", .boolean, default: false,
                    description: "titles with the same genres and keywords instead"),
                Parameters.page, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, about: Parameters.titles, in: context, work: work)
    }

    private static let page = Page(of: Row.titles)

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let subject = arguments.subject
        let shaping = arguments.shaping(call.context)
        let list = arguments.bool("similar") == true ? "/similar" : "/recommendations"
        let query: Call.Query = [("page", "\(arguments.page)"), ("language", shaping.language)]
        call.rows(subject.path + list, query, of: subject, page, shaping, finish)
    }
}
