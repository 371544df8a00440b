import Bytes
import JSON
import MCP

/// `get_reviews`: what users of TMDB wrote (TMDB: GET /{type}/{id}/reviews).
enum ReviewsTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_reviews", title: "Reviews",
            description: "What TMDB's users wrote of a movie or a TV series. Most reviews are in English.",
            [
                Parameters.mediaType(Parameters.titles), Parameters.id, Parameters.page, Parameters.language(context),
                Parameters.detail,
            ],
            output: Review.page.schema, about: Parameters.titles, in: context, work: work)
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let subject = arguments.subject
        let shaping = arguments.shaping(call.context)
        let query: Call.Query = [("page", "\(arguments.page)"), ("language", shaping.language)]
        call.get(subject.path + "/reviews", query) { answer in
            finish(.shaped(answer, of: subject) { Review.page.json($0, shaping) })
        }
    }
}
