import Bytes
import JSON

/// What TMDB appends to a record, as the tools that are about it shape it.
enum Appended {
    private static let shape = Shape([
        Field("aggregate_credits", .object(CreditPage.bare)), Field("credits", .object(CreditPage.bare)),
        Field("combined_credits", .object(works)), Field("movie_credits", .object(works)),
        Field("tv_credits", .object(works)), Field("external_ids", .object(Details.externalIDs)),
        Field("images", .object(Media.shape.only("total_images images"))),
        Field("videos", .object(Media.shape.only("total_videos videos"))),
        Field("lists", .object(page(of: list, most: 10))),
        Field("recommendations", .object(page(of: title, most: 10))),
        Field("similar", .object(page(of: title, most: 10))),
        Field("reviews", .object(page(of: Review.row, most: 5))),
        Field("watch/providers", .object(Offers.bare)), Field("release_dates", .list(release)),
        Field("alternative_titles", .list(alternative)), Field("changes", .list(change)),
        Field("content_ratings", .list(rating)), Field("episode_groups", .list(EpisodeGroup.head)),
        Field("keywords", .names),
        Field("screened_theatrically", .list(screening)), Field("tagged_images", .list(tagged, compactMax: 5)),
        Field("translations", .list(translation)),
    ])

    /// What the field of a namespace is made of, out of what TMDB appended.
    private static func prepared(_ name: String, _ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        switch name {
        case "aggregate_credits", "credits":
            let rowsMax: Int64 = shaping.detail == .full ? TMDBLimits.rowsMax : 20
            return CreditPage.object(source, page: 1, rowsMax: rowsMax).map { .object($0) }
        case "combined_credits": return parts(source, nil)
        case "movie_credits": return parts(source, "movie")
        case "tv_credits": return parts(source, "tv")
        case "images": return Media.object(images: source, shaping)
        case "videos": return Media.object(videos: source, shaping)
        case "release_dates": return releases(source, shaping.region)
        case "watch/providers": return offers(source, shaping.region)
        case "external_ids", "lists", "recommendations", "similar", "reviews": return source
        default:
            // A list that TMDB calls differently from type to type.
            for (_, member) in source.object ?? [:] where member.array != nil { return member }
            return nil
        }
    }

    private static let country = Field("country", .text, from: "iso_3166_1")
    private static let alternative = Shape([Field("title", .name).required, country, Field("type", .text)])
    private static let change = Shape([Field("key", .text).required])
    private static let rating = Shape([country, Field("rating", .text).required])
    private static let list = Shape([
        Field("id", .integer).required, Field("name", .name), Field("description", .prose(bytesMax: 140)),
    ])
    private static let screening = Shape(Field.all("season_number episode_number", .integer))
    private static let tagged = Shape([Field("url", .image(.poster), from: "file_path").required])
    static let translation = Shape([
        Field("language", .derived(.text, languageTag)).required,
        Field("title", .derived(.name) { source, _ in source["data"]?["title"] ?? source["data"]?["name"] }),
    ])
    static let release = Shape([
        country, Field("date", .date, from: "release_date").required, Field("type", .derived(.text, releaseType)),
        Field("certification", .text), Field("note", .text),
    ])
    private static let work = Filmography.row.only(
        "id media_type title year character jobs episodes rating votes")
    private static let works = page(of: work, most: 20)
    private static let title = Row.titles.only("id media_type title year genres rating votes overview")

    /// The first page of what its own tool gives in pages.
    @inline(never)  // would be copied into each caller
    private static func page(of row: Shape, most: Int) -> Shape {
        Shape([Field("total_results", .integer), Field("results", .list(row, compactMax: most, isCounted: true))])
    }

    /// - Parameter type: of credits that do not tell it, since they are all of one.
    @inline(never)  // would be copied into each caller
    private static func parts(_ source: JSONValue, _ type: JSONValue?) -> JSONValue? {
        let titles = Ranking.newestFirst(Filmography.titles(source, type: type))
        return ["total_results": .number(JSONNumber(titles.count)), "results": .array(titles)]
    }

    /// Those of a region, oldest first; without any, the American ones or the first.
    static func releases(_ source: JSONValue, _ region: String) -> JSONValue? {
        var best: (rank: Int, country: JSONValue)?
        for country in source["results"]?.array ?? [] {
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
        return .array(Ranking.oldestFirst(releases))
    }

    private static func offers(_ source: JSONValue, _ region: String) -> JSONValue? {
        (source["results"]?.object).map { .object(Offers.object($0, region: region.isEmpty ? nil : region)) }
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

    /// JSON Schema 2020-12: an object with the namespaces that were asked for. Seasons, credits and pages of titles
    /// share one schema: one for each would make a tenth of what clients are told of all tools.
    static var schema: JSONObject {
        let common: [Field] = [
            Field("total_results", .integer),
            Field("results", .list(work.adding(title.fields.filter { !work.has($0.name) }))),
        ]
        let members = Shape(CreditPage.bare.fields + Season.bare.fields + common)
        var schema = shape.without(
            [
                "aggregate_credits", "credits", "combined_credits", "movie_credits", "tv_credits", "recommendations",
                "similar",
            ]
        ).schema
        schema.set(
            "additionalProperties", to: ["type": "object", "properties": members.schema["properties"] ?? .null])
        return schema
    }

    /// The members of that object that fit into so many bytes, without braces, the names of those that do not, and
    /// those of lists in the others that were cut.
    static func members(
        _ source: JSONValue, _ shaping: Shaping, bytesMax: Int
    ) -> (json: [UInt8], left: [String], cuts: Cuts) {
        var json: [UInt8] = []
        var left: [String] = []
        let cuts = Cuts()
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
            for name in shaping.cuts.names { cuts.add(name) }
        }
        return (json, left, cuts)
    }

    private static func write(
        _ name: String, _ source: JSONValue, _ shaping: Shaping, into json: inout [UInt8]
    ) -> Bool {
        if let field = shape.fields.first(where: { $0.name == name }) {
            guard let namespace = source[name], let value = prepared(name, namespace, shaping) else { return false }
            json.append(quoting: name)
            json.append(UInt8(ascii: ":"))
            if field.kind.isCut(value, shaping) { shaping.cuts.add(name) }
            return field.kind.write(value, shaping, into: &json)
        }
        guard let season = source[name],
            let object = Season.object(season, series: source["id"]?.int64 ?? 0, page: 1)?.season
        else { return false }
        json.append(quoting: name)
        json.append(UInt8(ascii: ":"))
        return Season.bare.write(.object(object), shaping, into: &json)
    }
}
