import JSON
import MCP

/// `get_credits`: who made a title (TMDB: GET /movie/{id}/credits, /tv/{id}/aggregate_credits).
enum CreditsTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_credits", title: "Cast and crew",
            description: "The whole cast and crew of a movie or, over all seasons, of a TV series, each person once.",
            [
                Parameters.mediaType(Parameters.titles), Parameters.id,
                Parameter(
                    "department", .choice([CreditPage.acting] + Credit.departments),
                    description: "Acting is the cast"),
                Parameters.limit(20, "of cast and of crew a page"),
                Parameters.pageOfLimit, Parameters.language(context), Parameters.detail,
            ],
            output: .object(CreditPage.shape.schema), about: Parameters.titles, in: context, work: work)
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let subject = arguments.subject
        let shaping = arguments.shaping(call.context)
        let list = shaping.mediaType == "tv" ? "/aggregate_credits" : "/credits"
        call.get(subject.path + list, [("language", shaping.language)]) { answer in
            finish(
                .shaped(answer, of: subject) { source in
                    CreditPage.json(
                        source, department: arguments.string("department"), page: arguments.page,
                        rowsMax: arguments.integer("limit") ?? 20, shaping)
                })
        }
    }
}
