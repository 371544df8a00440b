import Bytes
import JSON
import MCP

/// `find_by_external_id`: what has an id of another site (TMDB: GET /find/{external_id}).
enum FindTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "find_by_external_id", title: "Find by external id",
            description:
                "Find the movie, TV series, season, episode or person that has an id of IMDb, TheTVDB, Wikidata or "
                + "a social network.",
            [
                Parameter(
                    "external_id",
                    .custom(
                        schema: ["type": "string", "pattern": .string("^[\\w.@-]{1,\(TMDBLimits.externalIDMax)}$")],
                        check: { isID($0.string ?? "") ? nil : idForm }, normalised: normalised),
                    isRequired: true, description: "such as tt0111161, nm0000151 or Q172241"),
                Parameter(
                    "source",
                    .choice(of: sources) { Parameter.Kind.word($0 + "_id", among: sources) },
                    description: "whose id; may be left out for IMDb's and Wikidata's"),
                Parameters.language(context), Parameters.detail,
            ],
            output: .object(shape.schema), in: context, work: work)
    }

    private static let sources = [
        "imdb_id", "tvdb_id", "wikidata_id", "facebook_id", "instagram_id", "tiktok_id", "twitter_id", "youtube_id",
    ]

    private static let lists = [
        (name: "movie_results", type: "movie"), (name: "tv_results", type: "tv"),
        (name: "person_results", type: "person"), (name: "tv_season_results", type: "tv_season"),
        (name: "tv_episode_results", type: "tv_episode"),
    ]

    private static let row = Row.shape.adding([
        Field("show_id", .integer, description: "TMDB's id of the series of a season or episode"),
        Field("season_number", .integer),
        Field("episode_number", .integer),
        Field("air_date", .text),
        Field("still", .image(.still), from: "still_path"),
    ])

    private static let shape = Shape([Field("results", .rows(row)).required, Field("note", .text), Attribution.field])

    private static let idForm =
        "an id or user name of the other site, of letters, digits, \".\", \"-\", \"_\" and \"@\""

    /// The id in an address of IMDb's or Wikidata's, with its letters in their own case.
    @Sendable static func normalised(_ text: String) -> String {
        let parts = parts(of: text)
        let isAddress =
            text.hasPrefix("http")
            || ["imdb.com", "wikidata.org"].contains { parts.first?.asciiLowercased.hasSuffix($0) == true }
        for part in parts where parts.count == 1 || isAddress {
            let id = part.asciiLowercased
            for candidate in [id, id.asciiUppercased] where source(of: candidate) != nil { return candidate }
        }
        return text
    }

    /// What an address consists of; a text that is none is the only part.
    static func parts(of text: String) -> [String] {
        text.split { $0 == "/" || $0 == "?" || $0 == "#" }.map { String($0).trimmed }
    }

    /// It becomes a part of the path.
    @Sendable private static func isID(_ text: String) -> Bool {
        guard (1...TMDBLimits.externalIDMax).contains(text.utf8.count), text != ".", text != ".." else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "@"): true
            default: byte.isASCIILetterOrDigit
            }
        }
    }

    /// IMDb's and Wikidata's ids begin with letters of their own.
    static func source(of id: String) -> String? {
        let prefixes = [("tt", "imdb_id"), ("nm", "imdb_id"), ("Q", "wikidata_id")]
        for (prefix, source) in prefixes where id.hasPrefix(prefix) {
            let rest = id.utf8.dropFirst(prefix.utf8.count)
            let isNumber = rest.allSatisfy { $0.isASCIIDigit }
            if !rest.isEmpty && isNumber { return source }
        }
        return nil
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let id = arguments.string("external_id") else { return }
        guard let source = arguments.string("source") ?? source(of: id) else {
            return finish(
                .failure(
                    "source is missing: \"\(id)\" is no id of IMDb (tt0111161) or Wikidata (Q172241). Say whose it is: "
                        + "\(sources.joined(separator: ", "))."))
        }
        let language = arguments.language(call.context)
        call.get("/find/\(id)", [("external_source", source), ("language", language)]) { answer in
            call.genres(language, for: answer) { genres in
                finish(.shaped(answer) { json($0, id, arguments.detail, genres) })
            }
        }
    }

    private static func json(
        _ answer: JSONValue, _ id: String, _ detail: Shaping.Detail, _ genres: GenreNames
    ) -> [UInt8]? {
        guard answer.object != nil, lists.contains(where: { answer[$0.name]?.array != nil }) else { return nil }
        var rows: [JSONValue] = []
        for list in lists {
            for element in answer[list.name]?.array ?? [] {
                guard var row = element.object, row["id"]?.int64 != nil else { continue }
                if row["media_type"].flatMap(Field.Kind.text) == nil { row.set("media_type", to: .string(list.type)) }
                rows.append(.object(row))
            }
        }
        var source: JSONObject = ["results": .array(rows)]
        if rows.isEmpty {
            source.set("note", to: .string("Nothing in TMDB has the id \"\(id)\": check it and source."))
        }
        return Shaping(detail: detail, genres: genres).fitted(rows: rows.count) { [source] in
            shape.write(.object(source), $0, into: &$1)
        }
    }
}
