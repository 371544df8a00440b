import Bytes
import JSON
import MCP

/// `get_credits`: who made a title (TMDB: GET /movie/{id}/credits, /tv/{id}/aggregate_credits and those of seasons,
/// /tv/{id}/season/{number}/episode/{number}/credits).
enum CreditsTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_credits", title: "Cast and crew",
            description:
                "The whole cast and crew of a movie, a TV series over all seasons, a season, or an episode with "
                + "its guest stars, each person once; name finds one of them.",
            [
                Parameters.mediaType(Parameters.titles), Parameters.id, Parameters.seasonNumber,
                Parameters.episodeNumber,
                Parameter(
                    "name", .text(length: 1...TMDBLimits.queryMax), description: "of a person, a character or a job"),
                Parameter(
                    "department", .choice([CreditPage.acting] + Credit.departments),
                    description: "Acting is the cast"),
                Parameters.limit(20, "of cast and of crew a page"),
                Parameters.pageOfLimit, Parameters.language(context), Parameters.detail,
            ],
            output: .object(CreditPage.shape.schema), about: Parameters.titles, in: context, work: work)
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        var arguments = arguments
        // Filled in by clients: nobody asks for an episode 0.
        if arguments.integer("season_number") == 0, arguments.integer("episode_number") == 0 {
            arguments.replace("season_number", with: .null)
        }
        let (subject, part) = arguments.part
        if case .none(let problem) = part { return finish(.failure(problem)) }
        var shaping = arguments.shaping(call.context)
        // Of an episode TMDB has no other than `credits`.
        let isAggregate = shaping.mediaType == "tv" && part != .episode
        let list = isAggregate ? "/aggregate_credits" : "/credits"
        let name = arguments.string("name")
        if let name {
            shaping.noteIfEmpty =
                "No person, character or job here is named \"\(name.cut(toBytes: 60))\": give a part of the name, or "
                + "leave out department and the numbers."
        }
        call.get(subject.path + list, [("language", shaping.language)]) { answer in
            finish(
                .shaped(answer, of: subject) { [shaping, arguments] source in
                    CreditPage.json(
                        source, department: arguments.string("department"), name: name, page: arguments.page,
                        rowsMax: arguments.integer("limit") ?? 20, shaping)
                })
        }
    }
}
