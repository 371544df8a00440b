import JSON
import MCP

/// `get_watch_providers`: where a film, a series or a season can be streamed, rented and bought (TMDB: GET
/// /movie/{id}/watch/providers, /tv/{id}/watch/providers and /tv/{id}/season/{n}/watch/providers).
enum WatchProvidersTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_watch_providers", title: "Where to watch",
            description:
                "Where a movie, a TV series or one of its seasons can be streamed, rented or bought in a region; "
                + "without a region, the regions where it can be.",
            [
                Parameters.mediaType(Parameters.titles), Parameters.id,
                Parameter("region", RegionCode.kind, description: "country of ISO 3166-1, such as US"),
                Parameter("season_number", Parameters.numberKind, description: "a season of a series; 0 for specials"),
            ],
            output: .object(shape.schema), about: Parameters.titles, in: context, work: work)
    }

    private static let shape = Shape(
        [Field("media_type", .text).required, Field("id", .integer).required, Field("season_number", .integer)]
            + Offers.shape.fields + [Field("attribution", .text).required])

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        var subject = arguments.subject
        let isSeries = arguments.string("media_type") == "tv"
        // Clients fill in the 0 of what is left out; of a series it is the specials.
        if let season = arguments.integer("season_number"), isSeries || season > 0 {
            guard isSeries else {
                return finish(.failure("season_number is of series: leave it out for a movie."))
            }
            subject = subject.season(season)
        }
        call.get(subject.path + "/watch/providers") { [subject] answer in
            finish(
                .shaped(answer, of: subject) { answer in
                    Shaping().fitted { shape.write(.object(flat(answer, arguments)), $0, into: &$1) }
                })
        }
    }

    /// The arguments, and the offers in the region or the regions that have some.
    private static func flat(_ answer: JSONValue, _ arguments: Arguments) -> JSONObject {
        guard let regions = answer["results"]?.object else { return [:] }
        var flat = arguments.json
        if arguments.integer("season_number") == 0, arguments.string("media_type") != "tv" {
            flat.set("season_number", to: .null)
        }
        flat.set("attribution", to: .string(Attribution.ofOffers))
        for (name, value) in Offers.object(regions, region: arguments.string("region")) { flat.set(name, to: value) }
        return flat
    }
}
