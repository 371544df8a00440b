import JSON

/// The episodes of a season: GET /tv/{id}/season/{number}, or one of them: …/episode/{number}.
enum Season {
    /// Episodes a page; most seasons have fewer.
    static let rowsMax: Int64 = 50

    static let shape = Shape([
        Field("series_id", .integer).required,
        Field("season_number", .integer).required,
        Field("title", .name, from: "name"),
        Field("date", .date, from: "air_date"),
        Field("rating", .rating, from: "vote_average"),
        Field("overview", .prose(bytesMax: 400)),
        Field("poster", .image(.poster), from: "poster_path"),
        Field("total_episodes", .integer), Field("page", .integer), Field("total_pages", .integer),
        Field("episodes", .made(schema: ["type": "array", "items": .object(whole.schema)], rows)).required,
        Attribution.field,
    ])

    private static let facts = Shape([
        Field("episode_number", .integer).required,
        Field("id", .integer).fullOnly,
        Field("title", .name, from: "name"),
        Field("date", .date, from: "air_date"),
        Field("runtime", .integer, description: "minutes"),
        Field("type", .text, from: "episode_type").fullOnly,
        Field("rating", .rating, from: "vote_average"),
        Field("votes", .integer, from: "vote_count"),
        Field("still", .image(.still), from: "still_path").fullOnly,
    ])

    private static let row = facts.adding([Field("overview", .prose(bytesMax: 140))])

    /// One episode by itself.
    private static let whole = facts.adding([
        Field("overview", .prose(bytesMax: 700)),
        Field("guest_stars", .list(Credit.role, compactMax: 15)),
        Field("crew", .list(Credit.task, compactMax: 15)),
    ])

    /// A page of a season's episodes.
    ///
    /// - Parameter page: nil for all episodes.
    static func object(from source: JSONValue, series: Int64, page: Int64?, _ shaping: Shaping) -> JSONValue? {
        guard var season = source.object, let episodes = source["episodes"]?.array else { return nil }
        season.set("series_id", to: .number(JSONNumber(series)))
        season.set("total_episodes", to: .number(JSONNumber(episodes.count)))
        var rows = episodes.count
        if let page {
            let portion = Portion(of: episodes, page: page, rowsMax: rowsMax)
            rows = portion.rows.count
            season.set("episodes", to: .array(portion.rows))
            season.set("page", to: .number(JSONNumber(page)))
            season.set("total_pages", to: .number(JSONNumber(portion.pages)))
        }
        return shaping.fitted(rows: rows) { shape.object(from: .object(season), $0) }
    }

    /// A season of one episode, which is told in full length.
    static func object(fromEpisode source: JSONValue, series: Int64, season: Int64, _ shaping: Shaping) -> JSONValue? {
        guard var episode = source.object else { return nil }
        episode.set("guest_stars", to: .array(Credit.people(source["guest_stars"]?.array ?? [])))
        episode.set("crew", to: .array(Credit.crew(source["crew"]?.array ?? [])))
        return shaping.fitted { shaping in
            guard let whole = whole.object(from: .object(episode), shaping) else { return nil }
            return [
                "series_id": .number(JSONNumber(series)), "season_number": .number(JSONNumber(season)),
                "episodes": [whole], "attribution": .string(Attribution.text),
            ]
        }
    }

    @Sendable private static func rows(_ season: JSONValue, _ shaping: Shaping) -> JSONValue? {
        .array(row.objects(from: season["episodes"], shaping))
    }
}
