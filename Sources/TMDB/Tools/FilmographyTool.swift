import JSON
import MCP

/// `get_filmography`: what a person took part in (TMDB: GET /person/{id}/combined_credits).
enum FilmographyTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_filmography", title: "Filmography",
            description: "All movies and TV series of a person, each once, with characters and jobs. "
                + "get_details has the best known.",
            [
                Parameters.id,
                Parameter("role", .choice(["cast", "crew", "all"]), default: "all", description: "cast: as an actor"),
                Parameter("media_type", Parameters.typeKind(Parameters.titles), description: "only these"),
                Parameter(
                    "sort", .choice(["newest", "votes"]), default: "newest", description: "votes: most votes first"),
                Parameters.limit(20, "titles a page"),
                Parameters.pageOfLimit, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, about: ["person"], in: context, work: work)
    }

    private static let page = Page(of: Filmography.row)

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let subject = Subject("person", arguments.integer("id") ?? 0)
        let shaping = arguments.shaping(call.context)
        call.get(subject.path + "/combined_credits", [("language", shaping.language)]) { answer in
            finish(.shaped(answer, of: subject) { page.json(titles($0, arguments), shaping) })
        }
    }

    /// The page asked for, as one of TMDB's own; null when the answer is none.
    private static func titles(_ credits: JSONValue, _ arguments: Arguments) -> JSONValue {
        guard credits["cast"]?.array != nil || credits["crew"]?.array != nil else { return .null }
        var titles = Filmography.titles(credits, role: arguments.string("role") ?? "all")
        if let type = arguments.string("media_type") { titles = titles.filter { $0["media_type"]?.string == type } }
        titles = arguments.string("sort") == "votes" ? Ranking.mostVotedFirst(titles) : Ranking.newestFirst(titles)
        return Portion(
            of: titles, page: arguments.page, rowsMax: arguments.integer("limit") ?? 20
        ).object
    }
}
