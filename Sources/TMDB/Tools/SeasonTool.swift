import JSON
import MCP

/// `get_season`: the episodes of a season, or one of them (TMDB: GET /tv/{id}/season/{number}, …/episode/{number}).
enum SeasonTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_season", title: "Season or episode",
            description: "The episodes of a season of a TV series; with episode_number that one alone, with its guest "
                + "stars and crew.",
            [
                Parameters.id,
                Parameter(
                    "season_number", Parameters.numberKind, isRequired: true,
                    description: "0 is the specials"),
                Parameter("episode_number", Parameters.numberKind, description: "for one episode"),
                Parameter(
                    "page", .integer(1...TMDBLimits.pageMax), default: 1, description: "of the episodes, 50 a page"),
                Parameters.language(context), Parameters.detail,
            ],
            output: .object(Season.schema), about: ["tv"], in: context, work: work)
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let id = arguments.integer("id"), let number = arguments.integer("season_number") else { return }
        let season = Subject("tv", id).season(number)
        let shaping = arguments.shaping(call.context)
        let query: Call.Query = [("language", shaping.language)]
        // Clients fill in the 0 of what is left out; the few episodes with that number are in the season too.
        let episodeNumber = arguments.integer("episode_number").flatMap { $0 > 0 ? $0 : nil }
        let subject = episodeNumber.map { season.episode($0) } ?? season
        call.get(subject.path, query) { answer in
            Untranslated.fill([answer], of: [subject], shaping.language, call) { answers in
                guard let answer = answers.first else { return }
                finish(
                    .shaped(answer, of: subject) { source in
                        if episodeNumber != nil {
                            return Season.json(ofEpisode: source, series: id, season: number, shaping)
                        }
                        return Season.json(source, series: id, page: arguments.page, shaping)
                    })
            }
        }
    }
}
