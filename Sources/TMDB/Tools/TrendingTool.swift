import Bytes
import JSON
import MCP

/// `get_trending`: what people look at (TMDB: GET /trending/{media_type}/{time_window}), and TMDB's lists of what is
/// shown now and soon: GET /movie/now_playing, /movie/upcoming, /tv/airing_today, /tv/on_the_air.
enum TrendingTool {
    static func make(_ context: TMDBContext) -> Tool {
        var type = Parameter(
            "media_type", Parameters.typeKind(["movie", "tv", "person", "all"]), isRequired: true,
            description: "what to list")
        type.inferred = { arguments in listed(arguments["time_window"]?.string).map { .string($0) } }
        return Tool(
            "get_trending", title: "Trending",
            description: "What is popular on TMDB today or this week: movies, TV series, people or all of them. Also "
                + "the movies in cinemas now or soon, and the TV series with an episode today or within a week.",
            [
                type,
                Parameter(
                    "time_window", .choice(["day", "week"] + ofMovies + ofSeries), isRequired: true,
                    description: "popular today or in seven days; the others are lists of movie or of tv"),
                Parameter("region", RegionCode.kind, description: "country of these lists, such as FR"),
                Parameters.page, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, in: context, work: work)
    }

    private static let ofMovies = ["now_playing", "upcoming"]
    private static let ofSeries = ["airing_today", "on_the_air"]

    private static let page = Page(of: Row.shape)

    /// The type of the titles of a list; nil for what trends.
    private static func listed(_ window: String?) -> String? {
        guard let window else { return nil }
        return ofMovies.contains(window) ? "movie" : ofSeries.contains(window) ? "tv" : nil
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let type = arguments.string("media_type"), let window = arguments.string("time_window") else { return }
        let region = arguments.country(call.context)
        let listed = listed(window)
        if listed == nil, arguments.string("region") != nil {
            let lists = (ofMovies + ofSeries).joined(separator: ", ")
            return finish(.failure("region is of the lists \(lists): TMDB has one ranking of all countries."))
        }
        if let listed, type != listed, type != "all" {
            return finish(.failure("\(window) is a list of \(listed): set media_type to it."))
        }
        var shaping = arguments.shaping(call.context)
        shaping.mediaType = listed ?? (type == "all" ? nil : type)
        var query: Call.Query = [("page", "\(arguments.page)"), ("language", shaping.language)]
        if listed == "movie", let region { query.append(("region", region)) }
        // Of series, the country tells when its day begins.
        if listed == "tv", let zone = region.flatMap({ TimeZones.zone(of: $0) }) {
            query.append(("timezone", zone.name))
        }
        call.rows(listed.map { "/\($0)/\(window)" } ?? "/trending/\(type)/\(window)", query, page, shaping, finish)
    }
}
