import JSON
import MCP

/// `get_season`: the episodes of a season, or one of them (TMDB: GET /tv/{id}/season/{number}, …/episode/{number}), or
/// those of an episode group, or the lengths of all seasons.
enum SeasonTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_season", title: "Season or episode",
            description: "The episodes of a season of a TV series; with episode_number that one alone, with its guest "
                + "stars and crew; with episode_group those of another order; without both, how long each season and "
                + "the whole series are.",
            [
                Parameters.id,
                Parameter(
                    "season_number", Parameters.numberKind,
                    description: "0 is the specials; with episode_group the number of a part, or none"),
                Parameter("episode_number", Parameters.numberKind, description: "for one episode"),
                Parameter(
                    "episode_group", .text(length: 1...100),
                    description: "absolute, DVD, digital, story arc, production, TV, an id or a name; all lists them"),
                Parameter(
                    "append", .list(.choice(Season.namespaces), count: 1...Season.namespaces.count),
                    description: "to add, of the season or the episode"),
                Parameter(
                    "page", Parameters.pageKind, default: 1, description: "of the episodes, 50 a page"),
                Parameters.language(context), Parameters.detail,
            ],
            output: .object(Season.schema), about: ["tv"], in: context, work: work)
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let id = arguments.integer("id") else { return }
        if let group = arguments.string("episode_group") { return showGroup(group, of: id, arguments, call, finish) }
        let shaping = arguments.shaping(call.context)
        guard let number = arguments.integer("season_number") else {
            guard arguments.integer("episode_number") ?? 0 == 0 else {
                return finish(.failure("episode_number needs season_number: give the season that the episode is in."))
            }
            return SeriesLength.ask(Subject("tv", id), id, shaping, call, finish)
        }
        let season = Subject("tv", id).season(number)
        var query: Call.Query = [("language", shaping.language)]
        let appended = (arguments.value("append")?.array ?? []).compactMap { $0.string }
        if !appended.isEmpty { query.append(("append_to_response", appended.joined(separator: ","))) }
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
