import JSON

/// The episodes of a season: GET /tv/{id}/season/{number}, or one of them: …/episode/{number}.
enum Season {
    /// Episodes a page; most seasons have fewer.
    static let rowsMax: Int64 = 50

    private static let shape = Shape(
        [
            Field("series_id", .integer).required,
            Field("season_number", .integer).required,
            Field("title", .name, from: "name"),
            Field("date", .date, from: "air_date"),
            Field("rating", .rating, from: "vote_average"),
            Field("overview", .prose(bytesMax: 400)),
            Field("poster", .image(.poster), from: "poster_path"),
        ] + pages + SeriesLength.fields.dropFirst() + [Field("episodes", .rows(row)).required] + appended
            + Attribution.fields)

    private static let pages = Field.all("total_episodes page total_pages", .integer)

    /// What is appended where it is asked for.
    private static let appended = [
        Field("external_ids", .object(Details.externalIDs.only("imdb_id tvdb_id wikidata_id"))),
        Field("translations", .inside("translations", .list(Appended.translation))),
    ]

    /// The namespaces that these come from.
    static let namespaces = appended.map { $0.name }

    /// Of a series that has it appended.
    static let bare = shape.without(
        ["series_id", "season_number", "external_ids", "translations", "note", "attribution"])

    /// A season of one episode, which is told in full length.
    private static let single = Shape(
        [
            Field("series_id", .integer).required,
            Field("season_number", .integer).required,
            Field("episodes", .rows(whole)).required,
        ] + appended + Attribution.fields)

    /// A page of an episode group, or groups alone.
    static let ofGroup = Shape(
        [
            Field("series_id", .integer).required, Field("episode_groups", .list(EpisodeGroup.head)),
            Field("parts", .list(EpisodeGroup.part)), Field("overview", .prose(bytesMax: 400)),
        ] + pages + [Field("episodes", .rows(row.adding(EpisodeGroup.place))).required] + Attribution.fields)

    /// JSON Schema 2020-12 of all three, and of the lengths of all seasons.
    static var schema: JSONObject {
        let episodes = Field("episodes", .rows(whole.adding(EpisodeGroup.place))).required
        let fields = [episodes] + ofGroup.without(["episodes"]).fields
        let others = shape.without(fields.map { $0.name } + ["season_number"]).fields + SeriesLength.fields.prefix(1)
        var schema = Shape(fields + others + [number]).schema
        schema.set("required", to: ["series_id", "attribution"])
        return schema
    }

    private static let number = Field("season_number", .integer)

    private static let facts = Shape([
        Field("episode_number", .integer).required,
        Field("id", .integer).fullOnly,
        Field("title", .name, from: "name"),
        Field("date", .date, from: "air_date"),
        Field("runtime", .amount, description: "minutes"),
        Field("type", .text, from: "episode_type").fullOnly,
        Field("rating", .rating, from: "vote_average"),
        Field("votes", .integer, from: "vote_count"),
        Field("still", .image(.still), from: "still_path").fullOnly,
        Field("text_language", .text, description: "where not the one asked for"),
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
    static func json(_ source: JSONValue, series: Int64, page: Int64?, _ shaping: Shaping) -> [UInt8]? {
        guard let (season, rows) = object(source, series: series, page: page) else { return nil }
        return shaping.fitted(rows: rows) { shape.write(.object(season), $0, into: &$1) }
    }

    static func object(_ source: JSONValue, series: Int64, page: Int64?) -> (season: JSONObject, rows: Int)? {
        guard var season = source.object, let episodes = source["episodes"]?.array else { return nil }
        season.set("series_id", to: .number(JSONNumber(series)))
        season.set("total_episodes", to: .number(JSONNumber(episodes.count)))
        let (minutes, unknown) = SeriesLength.sum(episodes)
        season.set("total_runtime", to: .number(JSONNumber(minutes)))
        season.set("unknown_runtimes", to: .number(JSONNumber(unknown)))
        guard let page else { return (season, episodes.count) }
        let portion = Portion(of: episodes, page: page, rowsMax: rowsMax)
        season.set("episodes", to: .array(portion.rows))
        season.set("page", to: .number(JSONNumber(page)))
        season.set("total_pages", to: .number(JSONNumber(portion.pages)))
        return (season, portion.rows.count)
    }

    /// One episode, as a season that has no other.
    static func json(ofEpisode source: JSONValue, series: Int64, season: Int64, _ shaping: Shaping) -> [UInt8]? {
        guard var episode = source.object, source["episode_number"]?.int64 != nil else { return nil }
        episode.set("guest_stars", to: .array(Credit.people(source["guest_stars"]?.array ?? [])))
        episode.set("crew", to: .array(Credit.crew(source["crew"]?.array ?? [])))
        let season: JSONValue = [
            "series_id": .number(JSONNumber(series)), "season_number": .number(JSONNumber(season)),
            "episodes": [.object(episode)], "external_ids": source["external_ids"] ?? .null,
            "translations": source["translations"] ?? .null,
        ]
        return shaping.fitted { single.write(season, $0, into: &$1) }
    }
}
