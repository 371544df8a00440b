import Bytes
import JSON
import MCP

extension SeasonTool {
    /// The episodes of a group that `episode_group` names by its id, its name or its type; the groups that there are
    /// where it names none of them, or several.
    static func showGroup(
        _ name: String, of series: Int64, _ arguments: Arguments, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        if EpisodeGroup.isID(name) { return show(name, of: series, arguments, call, finish) }
        let subject = Subject("tv", series)
        call.get(subject.path + "/episode_groups") { answer in
            guard case .success(let value) = answer, let groups = value["results"]?.array else {
                return finish(.shaped(answer, of: subject) { _ in nil })
            }
            let found = EpisodeGroup.matches(name, in: groups)
            if found.count == 1, let id = found[0]["id"]?.string, EpisodeGroup.isID(id) {
                return show(id, of: series, arguments, call, finish)
            }
            let note: String =
                groups.isEmpty
                ? "TMDB has no episode groups of this series: season_number gives the seasons as they were aired."
                : "Give the id of one as episode_group."
            let shaping = arguments.shaping(call.context)
            finish(
                .shaped(answer, of: subject) { _ in
                    EpisodeGroup.json(list: found.isEmpty ? groups : found, series: series, note: note, shaping)
                })
        }
    }

    private static func show(
        _ id: String, of series: Int64, _ arguments: Arguments, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        let shaping = arguments.shaping(call.context)
        // Clients fill in the 0 of what is left out, and hardly a group has a part 0 that is wanted alone.
        let part = arguments.integer("season_number").flatMap { $0 > 0 ? $0 : nil }
        let number = arguments.integer("episode_number").flatMap { $0 > 0 ? $0 : nil }
        call.get("/tv/episode_group/" + id, [("language", shaping.language)]) { answer in
            if case .failure(.notFound) = answer {
                return finish(
                    .failure("TMDB has no episode group with the id \(id) (404): episode_group all lists the groups."))
            }
            finish(
                .shaped(answer) {
                    EpisodeGroup.json(
                        $0, series: series, part: part, number: number, page: arguments.page, shaping)
                })
        }
    }
}
