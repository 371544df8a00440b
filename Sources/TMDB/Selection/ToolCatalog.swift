import MCP

/// Every tool there is, in the order in which clients see them.
enum ToolCatalog {
    struct Entry: Sendable {
        let name: String
        let set: ToolSet
        /// One of the tools that XDwanj/tmdb-mcp has.
        let isOriginal: Bool
        let make: @Sendable (TMDBContext) -> Tool

        init(
            _ name: String, _ set: ToolSet, isOriginal: Bool = false, _ make: @escaping @Sendable (TMDBContext) -> Tool
        ) {
            self.name = name
            self.set = set
            self.isOriginal = isOriginal
            self.make = make
        }
    }

    static let entries: [Entry] = [
        Entry("search", .search, isOriginal: true) { SearchTool.make($0) },
        Entry("get_details", .details, isOriginal: true) { DetailsTool.make($0) },
        Entry("discover_movies", .discover, isOriginal: true) { DiscoverTool.movies($0) },
        Entry("discover_tv", .discover, isOriginal: true) { DiscoverTool.tv($0) },
        Entry("get_trending", .discover, isOriginal: true) { TrendingTool.make($0) },
        Entry("get_recommendations", .discover, isOriginal: true) { RecommendationsTool.make($0) },
        Entry("get_watch_providers", .details) { WatchProvidersTool.make($0) },
        Entry("get_season", .details) { SeasonTool.make($0) },
        Entry("get_collection", .details) { CollectionTool.make($0) },
        Entry("get_credits", .people) { CreditsTool.make($0) },
        Entry("get_filmography", .people) { FilmographyTool.make($0) },
        Entry("get_reviews", .media) { ReviewsTool.make($0) },
        Entry("get_media", .media) { MediaTool.make($0) },
        Entry("find_by_external_id", .details) { FindTool.make($0) },
        Entry("list_reference", .lists) { ReferenceTool.make($0) },
        Entry("get_account", .account) { AccountTool.make($0) },
        Entry("update_account", .account) { UpdateAccountTool.make($0) },
    ]
}
