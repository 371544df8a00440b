import Bytes
import JSON

/// What TMDB appends to a record, as the tools that are about it shape it.
enum Appended {
    private static let shape = Shape(
        listed + [
            Field("aggregate_credits", .derived(.object(CreditPage.bare)) { people($0["aggregate_credits"], $1) }),
            Field("credits", .derived(.object(CreditPage.bare)) { people($0["credits"], $1) }),
            Field("combined_credits", .derived(.object(works)) { parts($0["combined_credits"], nil, $1) }),
            Field("movie_credits", .derived(.object(works)) { parts($0["movie_credits"], "movie", $1) }),
            Field("tv_credits", .derived(.object(works)) { parts($0["tv_credits"], "tv", $1) }),
            Field("external_ids", .object(Details.externalIDs)),
            Field(
                "images",
                .derived(.object(Media.shape.only("total_images images"))) { Media.object(images: $0["images"], $1) }),
            Field(
                "videos",
                .derived(.object(Media.shape.only("total_videos videos"))) { Media.object(videos: $0["videos"], $1) }),
            Field("lists", .object(page(of: list, most: 10))),
            Field("recommendations", .object(page(of: title, most: 10))),
            Field("reviews", .object(page(of: Review.row, most: 5))),
            Field("similar", .object(page(of: title, most: 10))),
            Field("release_dates", .derived(.list(release)) { releases($0["release_dates"], $1.region) }),
            Field("watch/providers", .derived(.object(Offers.shape)) { offers($0["watch/providers"], $1.region) }),
        ])

    /// Those that are lists at TMDB too, each under some name of its own within its namespace.
    private static let listed = [
        list("alternative_titles", .list(alternative)), list("changes", .list(change)),
        list("content_ratings", .list(rating)), list("episode_groups", .list(group)), list("keywords", .names),
        list("screened_theatrically", .list(screening)), list("tagged_images", .list(tagged, compactMax: 5)),
        list("translations", .list(translation)),
    ]

    private static let country = Field("country", .text, from: "iso_3166_1")
    private static let alternative = Shape([Field("title", .name).required, country, Field("type", .text)])
    private static let change = Shape([Field("key", .text).required])
    private static let rating = Shape([country, Field("rating", .text).required])
    private static let list = Shape([
        Field("id", .integer).required, Field("name", .name), Field("description", .prose(bytesMax: 140)),
    ])
    private static let group = Shape([
        Field("id", .text).required, Field("name", .name), Field("episodes", .integer, from: "episode_count"),
    ])
    private static let screening = Shape(Field.all("season_number episode_number", .integer))
    private static let tagged = Shape([Field("url", .image(.poster), from: "file_path").required])
    private static let translation = Shape([
        Field("language", .derived(.text, languageTag)).required,
        Field("title", .derived(.name) { source, _ in source["data"]?["title"] ?? source["data"]?["name"] }),
    ])
    private static let release = Shape([
        country, Field("date", .date, from: "release_date").required, Field("type", .derived(.text, releaseType)),
        Field("certification", .text), Field("note", .text),
    ])
    private static let works = page(
        of: Filmography.row.only("id media_type title year character jobs episodes rating votes"), most: 20)
    private static let title = Row.titles.only("id media_type title year genres rating votes overview")

    /// The first page of what its own tool gives in pages.
    @inline(never)  // would be copied into each caller
    private static func page(of row: Shape, most: Int) -> Shape {
        Shape([Field("total_results", .integer), Field("results", .list(row, compactMax: most))])
    }

    @inline(never)  // would be copied into each caller
    private static func list(_ name: String, _ kind: Field.Kind) -> Field {
        Field(name, .derived(kind) { source, _ in rows(source[name]) })
    }

    /// TMDB's name for the list differs from type to type.
    private static func rows(_ namespace: JSONValue?) -> JSONValue? {
        for (_, member) in namespace?.object ?? [:] where member.array != nil { return member }
        return nil
    }

    @inline(never)  // would be copied into each caller
    private static func people(_ source: JSONValue?, _ shaping: Shaping) -> JSONValue? {
        let rowsMax: Int64 = shaping.detail == .full ? TMDBLimits.rowsMax : 20
        return source.flatMap { CreditPage.object($0, page: 1, rowsMax: rowsMax) }.map { .object($0) }
    }

    /// - Parameter type: of credits that do not tell it, since they are all of one.
    @inline(never)  // would be copied into each caller
    private static func parts(_ source: JSONValue?, _ type: JSONValue?, _ shaping: Shaping) -> JSONValue? {
        guard let source else { return nil }
        let titles = Ranking.newestFirst(Filmography.titles(source, type: type, role: "all"))
        return ["total_results": .number(JSONNumber(titles.count)), "results": .array(titles)]
    }

    /// Those of a region; without any, the American ones or the first.
    private static func releases(_ source: JSONValue?, _ region: String) -> JSONValue? {
        var best: (rank: Int, country: JSONValue)?
        for country in source?["results"]?.array ?? [] {
            let code = country["iso_3166_1"]?.string ?? ""
            let rank = code == region ? 0 : code == "US" ? 1 : 2
            if rank < best?.rank ?? .max { best = (rank, country) }
        }
        guard let country = best?.country else { return nil }
        var releases: [JSONValue] = []
        for release in country["release_dates"]?.array ?? [] {
            guard var object = release.object else { continue }
            object.set("iso_3166_1", to: country["iso_3166_1"] ?? .null)
            releases.append(.object(object))
        }
        return .array(releases)
    }

    private static func offers(_ source: JSONValue?, _ region: String) -> JSONValue? {
        (source?["results"]?.object).map { .object(Offers.object($0, region: region.isEmpty ? nil : region)) }
    }

    /// Such as "pt-BR".
    @Sendable private static func languageTag(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard let language = source["iso_639_1"].flatMap(Field.Kind.text) else { return nil }
        return .string(source["iso_3166_1"].flatMap(Field.Kind.text).map { language + "-" + $0 } ?? language)
    }

    @Sendable private static func releaseType(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        let types = ["premiere", "limited", "theatrical", "digital", "physical", "tv"]
        guard let type = source["type"]?.int, (1...types.count).contains(type) else { return nil }
        return .string(types[type - 1])
    }

    /// JSON Schema 2020-12: an object with the namespaces that were asked for.
    static var schema: JSONObject {
        var schema = shape.schema
        schema.set("additionalProperties", to: .object(Season.bare.schema))
        return schema
    }

    /// The members of that object that fit into so many bytes, without braces, and the names of those that do not.
    static func members(_ source: JSONValue, _ shaping: Shaping, bytesMax: Int) -> (json: [UInt8], left: [String]) {
        var json: [UInt8] = []
        var left: [String] = []
        var compact = shaping
        compact.detail = .compact
        for name in shaping.appended {
            var member: [UInt8]?
            for shaping in [shaping, compact] {
                member = shaping.fitted(rows: source[name]?["episodes"]?.array?.count ?? 0) {
                    write(name, source, $0, into: &$1)
                }
                if let member, json.count + member.count < bytesMax { break }
            }
            guard let member else { continue }
            guard json.count + member.count < bytesMax else {
                left.append(name)
                continue
            }
            if !json.isEmpty { json.append(UInt8(ascii: ",")) }
            json.append(copying: member.span)
        }
        return (json, left)
    }

    private static func write(
        _ name: String, _ source: JSONValue, _ shaping: Shaping, into json: inout [UInt8]
    ) -> Bool {
        if let field = shape.fields.first(where: { $0.name == name }) {
            return field.write(source, shaping, into: &json)
        }
        guard let season = source[name],
            let object = Season.object(season, series: source["id"]?.int64 ?? 0, page: 1)?.season
        else { return false }
        json.append(quoting: name)
        json.append(UInt8(ascii: ":"))
        return Season.bare.write(.object(object), shaping, into: &json)
    }
}
