import Bytes
import JSON

/// The episodes of a series in another order than they were aired in: GET /tv/{id}/episode_groups,
/// /tv/episode_group/{id}.
enum EpisodeGroup {
    /// One of a series, as its list tells it.
    static let head = Shape([
        Field("id", .text).required, Field("name", .name), Field("type", .derived(.text, typeText)),
        Field("parts", .integer, from: "group_count"), Field("episodes", .integer, from: "episode_count"),
    ])

    static let part = Shape([
        Field("number", .integer, from: "order").required, Field("title", .name, from: "name"),
        Field("episodes", .integer, from: "episode_count"),
    ])

    /// Of an episode, besides what a season tells of it: where it is in the group, and where it was aired.
    static let place = [
        Field("number", .integer, description: "in the episode group"), Field("part", .integer),
        Field("season_number", .integer),
    ]

    /// TMDB's types, from 1.
    private static let types = [
        "original air date", "absolute", "DVD", "digital", "story arc", "production", "TV",
    ]

    @Sendable private static func typeText(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        type(of: source).map { .string($0) }
    }

    private static func type(of group: JSONValue) -> String? {
        guard let type = group["type"]?.int, (1...types.count).contains(type) else { return nil }
        return types[type - 1]
    }

    /// Those of a list that a model may mean: by the id, the same name, the same type, or words in either.
    static func matches(_ text: String, in groups: [JSONValue]) -> [JSONValue] {
        let words = text.folded
        let tests: [(JSONValue) -> Bool] = [
            { $0["id"]?.string == text }, { $0["name"]?.string?.isSameName(as: text) == true },
            { type(of: $0)?.isSameName(as: text) == true },
            { group in
                let own = (group["name"]?.string ?? "") + " " + (type(of: group) ?? "")
                return own.folded.hasWords(of: words, isWhole: false)
            },
        ]
        for test in tests {
            let found = groups.filter(test)
            if !found.isEmpty { return found }
        }
        return []
    }

    /// By `order`, which TMDB's lists do not always follow. Part 0 is the specials.
    private static func inOrder(_ list: [JSONValue], zeroIsLast: Bool = true) -> [JSONValue] {
        Ranking.sorted(
            list,
            by: list.map { element in
                let order = element["order"]?.int64 ?? .max
                return order == 0 && zeroIsLast ? .max : order
            })
    }

    /// TMDB's ids of groups are 24 hexadecimal digits.
    static func isID(_ text: String) -> Bool { text.utf8.count == 24 && text.utf8.allSatisfy { $0.isHexDigit } }

    /// Groups alone.
    static func json(list: [JSONValue], series: Int64, note: String, _ shaping: Shaping) -> [UInt8]? {
        var shaping = shaping
        shaping.note = note
        let source: JSONValue = [
            "series_id": .number(JSONNumber(series)), "episode_groups": .array(list), "episodes": [],
        ]
        return shaping.fitted { Season.ofGroup.write(source, $0, into: &$1) }
    }

    /// - Parameters:
    ///   - part: the number of the only part that is asked for.
    ///   - number: of the only episode, in the part or in the whole group.
    static func json(
        _ group: JSONValue, series: Int64, part: Int64?, number: Int64?, page: Int64, _ shaping: Shaping
    ) -> [UInt8]? {
        guard let groups = group["groups"]?.array else { return nil }
        var parts: [JSONValue] = []
        var episodes: [JSONValue] = []
        var place: Int64 = 0
        for entry in inOrder(groups) {
            let own = inOrder(entry["episodes"]?.array ?? [], zeroIsLast: false)
            var shown = entry.object ?? [:]
            shown.set("episode_count", to: .number(JSONNumber(own.count)))
            parts.append(.object(shown))
            let order = entry["order"]?.int64
            if let part, part != order { continue }
            // Specials have numbers of their own: the first episode is the first of the others.
            let isSpecial = order == 0 && groups.count > 1
            if isSpecial { place = 0 }
            for episode in own {
                place += 1
                guard var row = episode.object, number == nil || number == place && !isSpecial else { continue }
                row.set("number", to: .number(JSONNumber(place)))
                row.set("part", to: entry["order"] ?? .null)
                episodes.append(.object(row))
            }
        }
        let portion = Portion(of: episodes, page: page, rowsMax: Season.rowsMax)
        let source: JSONValue = [
            "series_id": .number(JSONNumber(series)), "episode_groups": [group],
            "overview": group["description"] ?? .null, "parts": .array(parts),
            "total_episodes": .number(JSONNumber(episodes.count)), "page": .number(JSONNumber(page)),
            "total_pages": .number(JSONNumber(portion.pages)), "episodes": .array(portion.rows),
        ]
        var shaping = shaping
        shaping.noteIfEmpty = "The group has no such part or episode: see parts."
        return shaping.fitted(rows: portion.rows.count) { Season.ofGroup.write(source, $0, into: &$1) }
    }
}
