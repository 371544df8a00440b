import Bytes
import JSON
import MCP

/// How long a series is: the runtimes of its episodes, summed. The seasons come with the series, several a request:
/// GET /tv/{id}?append_to_response=season/1,season/2…
enum SeriesLength {
    static let fields = [
        Field("seasons", .list(season)),
        Field("total_runtime", .amount, description: "minutes"),
        Field("unknown_runtimes", .amount, description: "episodes that are not in the sum"),
    ]

    private static let season = Shape(
        Field.all("season_number", .integer) + [
            Field("year", .year, from: "air_date"), Field("episodes", .integer, from: "total_episodes"),
        ] + Field.all("total_runtime unknown_runtimes", .amount))

    private static let shape = Shape(
        [
            Field("series_id", .integer).required, Field("title", .name, from: "name"),
            Field("total_episodes", .integer),
        ] + fields + Attribution.fields)

    /// Seasons of one request: TMDB appends no more than so many, and the answer has all people of each episode.
    private static let episodesMax: Int64 = 120
    private static let requestsMax = 12

    static func ask(
        _ subject: Subject, _ id: Int64, _ shaping: Shaping, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        call.get(subject.path, [("language", shaping.language)]) { answer in
            guard case .success(let series) = answer, let list = series["seasons"]?.array else {
                return finish(.shaped(answer, of: subject) { _ in nil })
            }
            let batches = batches(list)
            let requests = batches.prefix(requestsMax).map { names -> (path: String, query: Call.Query) in
                (
                    subject.path,
                    [("append_to_response", names.joined(separator: ",")), ("language", shaping.language)]
                )
            }
            call.getAll(requests) { answers in
                finish(.shaped(.success(series)) { json($0, id, batches, answers, shaping) })
            }
        }
    }

    /// The names under which TMDB appends seasons, by request. Specials are no part of a series' length.
    private static func batches(_ seasons: [JSONValue]) -> [[String]] {
        var batches: [[String]] = []
        var room: Int64 = 0
        for season in seasons {
            guard let number = season["season_number"]?.int64, number > 0 else { continue }
            let episodes = min(max(season["episode_count"]?.int64 ?? 0, 1), episodesMax)
            if let last = batches.last, last.count < TMDBLimits.appendMax, episodes <= room {
                batches[batches.count - 1].append("season/\(number)")
            } else {
                batches.append(["season/\(number)"])
                room = episodesMax
            }
            room -= episodes
        }
        return batches
    }

    private static func json(
        _ series: JSONValue, _ id: Int64, _ batches: [[String]], _ answers: [Call.Answer], _ shaping: Shaping
    ) -> [UInt8]? {
        guard var object = series.object else { return nil }
        var seasons: [JSONValue] = []
        var missing: [String] = []
        var minutes: Int64 = 0
        var unknown: Int64 = 0
        var episodes: Int64 = 0
        for (index, names) in batches.enumerated() {
            let answer = index < answers.count ? try? answers[index].get() : nil
            for name in names {
                guard let source = answer?[name], let season = Season.object(source, series: id, page: 1)?.season else {
                    missing.append(name)
                    continue
                }
                minutes += season["total_runtime"]?.int64 ?? 0
                unknown += season["unknown_runtimes"]?.int64 ?? 0
                episodes += season["total_episodes"]?.int64 ?? 0
                seasons.append(.object(season))
            }
        }
        if seasons.isEmpty, !missing.isEmpty { return nil }
        var shaping = shaping
        if !missing.isEmpty {
            shaping.note =
                "The sums lack what TMDB did not give: \(missing.prefix(20).joined(separator: ", "))"
                + (missing.count > 20 ? " and more." : ".")
        }
        object.set("series_id", to: .number(JSONNumber(id)))
        object.set("seasons", to: .array(seasons))
        object.set("total_episodes", to: .number(JSONNumber(episodes)))
        object.set("total_runtime", to: .number(JSONNumber(minutes)))
        object.set("unknown_runtimes", to: .number(JSONNumber(unknown)))
        return shaping.fitted { [object] in shape.write(.object(object), $0, into: &$1) }
    }

    /// The minutes of the episodes that have a runtime, and how many have none.
    static func sum(_ episodes: [JSONValue]) -> (minutes: Int64, unknown: Int64) {
        var sum: (minutes: Int64, unknown: Int64) = (0, 0)
        for episode in episodes {
            if let minutes = episode["runtime"]?.int64, minutes > 0 {
                sum.minutes += min(minutes, minutesMax)
            } else {
                sum.unknown += 1
            }
        }
        return sum
    }

    /// No film has as many.
    private static let minutesMax: Int64 = 100_000
}
