import JSON

/// What a person took part in: GET /person/{id}/combined_credits.
enum Filmography {
    /// The person's part in a title.
    static let part = Shape([
        Field("id", .integer).required, Row.mediaType, Row.title,
        Field("year", .year, from: "release_date", "first_air_date"),
        Field("character", .name),
        Field("jobs", .name, from: "job"),
    ])

    static let row = part.adding([
        Field("episodes", .integer),
        Field("date", .date, from: "release_date", "first_air_date").fullOnly,
        Field("rating", .rating, from: "vote_average"),
        Field("votes", .integer, from: "vote_count"),
        Field("overview", .prose(bytesMax: 140)).fullOnly, Field("text_language", .text).fullOnly,
        Field("poster", .image(.poster), from: "poster_path").fullOnly,
    ])

    /// One entry a title.
    ///
    /// - Parameter type: of titles that do not tell it, since they are all of one.
    static func titles(_ credits: JSONValue, type: JSONValue?) -> [JSONValue] {
        var list = CreditList()
        for name in ["cast", "crew"] {
            var titles = credits[name]?.array ?? []
            if let type {
                titles = titles.map { title in
                    guard var object = title.object else { return title }
                    object.set("media_type", to: type)
                    return .object(object)
                }
            }
            list.add(titles, key: CreditList.titleKey)
        }
        return list.objects
    }

    private static let bestMax = 10

    /// The titles of a person's record that most people know and the person had a real part in.
    @Sendable static func best(_ record: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard let credits = record["combined_credits"] else { return nil }
        let department = record["known_for_department"]?.string ?? "Acting"
        let cast = credits["cast"]?.array ?? []
        let crew = credits["crew"]?.array ?? []
        let main =
            department == "Acting"
            ? cast.filter { !isAppearance($0) } : crew.filter { $0["department"]?.string == department }
        var list = CreditList()
        list.add(main.isEmpty ? cast + crew : main, key: CreditList.titleKey)
        let titles = list.objects
        return .array(Array(Ranking.sorted(titles, by: titles.map(rank)).prefix(bestMax)))
    }

    /// In a talk show, the news or a reality show, as oneself, or in a few episodes of a series.
    private static func isAppearance(_ credit: JSONValue) -> Bool {
        if let episodes = credit["episode_count"]?.int64, episodes < 3 { return true }
        return isShow(credit) || isAsOneself(credit)
    }

    /// More votes are better, and a part further down in the billing counts for less.
    private static func rank(_ credit: JSONValue) -> Int64 {
        let votes = min(max(credit["vote_count"]?.int64 ?? 0, 0), 100_000_000)
        let billing = min(max(credit["order"]?.int64 ?? 0, 0), 1000)
        return -(votes * 4 / (4 + billing))
    }
}
