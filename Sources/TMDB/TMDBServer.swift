package import MCP

/// The server that this program is: TMDB's tools, resources and prompts under a name.
package enum TMDBServer {
    /// A strip of film. PNG, which every client that shows icons must take.
    static let icon = Icon(
        source: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAQMAAABJtOi3AAAABlBMVEUAAAABtOSDa54lAAAAAXRSTlMA"
            + "QObYZgAAACpJREFUeNpjYMAC/gMBhDgMBOgEQvb/bxDxA0zYgwh+OAHmwpUQaR4WAABwHVSPAnEH8QAAAABJRU5ErkJggg==",
        mimeType: "image/png", sizes: ["32x32"])

    /// The same of each tool, smaller and without what the picture says itself: the list has it once for each.
    static let toolIcon = Icon(
        source: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQMAAAAlPW0iAAAABlBMVEUAAAABtOSDa54lAAAAAXRSTlMA"
            + "QObYZgAAACJJREFUGBljYACD//8ZZs4EISDj73+GP0BUDyKBbGQpBgYA8xMWKlul/c8AAAAASUVORK5CYII=")

    /// - Parameter hasStructuredOutput: false gives results as text alone.
    package static func make(
        version: String, context: TMDBContext, tools selection: ToolSelection = .all,
        hasStructuredOutput: Bool = true, observer: RequestObserver? = nil
    ) -> Server {
        let tools = ToolCatalog.entries.filter { selection.names.contains($0.name) }.map { $0.make(context) }
        return Server(
            implementation: Implementation(
                name: "tmdb-mcp",
                title: "The Movie Database",
                version: version,
                description: "Movies, TV series and people from The Movie Database (TMDB)",
                websiteURL: "https://www.themoviedb.org",
                icons: [icon]),
            instructions: instructions(naming: selection.names),
            tools: tools,
            resources: TMDBResources.fixed(context),
            resourceTemplates: TMDBResources.templates(context),
            prompts: prompts(context, tools),
            hasStructuredOutput: hasStructuredOutput,
            clock: context.clock,
            observer: observer)
    }

    /// What people ask for, and the tool that answers it: a line each, of those that are offered.
    private static let guide: [[(tool: String, answers: String)]] = [
        [
            (
                "get_details",
                "facts of a title or of 20 (cast, length, age rating, box office, trailer, next episode), or of people"
            )
        ],
        [("get_watch_providers", "where to stream, rent or buy it in a country")],
        [
            ("discover_movies", "movies by genre, year, rating, length, service, people, studio, country or keyword"),
            ("discover_tv", "series likewise, also by network or status"),
        ],
        [("get_trending", "what is popular now"), ("get_recommendations", "more like a title")],
        [("get_season", "the episodes of a season, or the guests and crew of one")],
        [("get_credits", "all who made a title"), ("get_filmography", "all that a person played in or made")],
        [("get_collection", "a franchise in the order of release")],
        [
            ("get_account", "the user's own watchlist, favorites, ratings and lists"),
            ("update_account", "add to these, rate a title, or take it back"),
        ],
        [("get_reviews", "what viewers say"), ("get_media", "trailers, posters, stills")],
        [
            ("find_by_external_id", "what has an id of IMDb or another site"),
            ("list_reference", "genres, services, certifications, countries and languages that there are"),
        ],
    ]

    private static func instructions(naming tools: [String]) -> String {
        var text = "Look up movies, TV series, people and collections in The Movie Database (TMDB). "
        if tools.contains("search") { text += "Start with search, which gives the TMDB ids. " }
        for line in guide {
            let entries = line.filter { tools.contains($0.tool) }
            if entries.isEmpty { continue }
            text += "\n- " + entries.map { $0.answers + ": " + $0.tool }.joined(separator: "; ")
        }
        return text + "\nWhen you show this data to people, tell them where it is from: "
            + "this product uses the TMDB API but is not endorsed or certified by TMDB."
    }

    /// Those that name no tool that is not offered.
    private static func prompts(_ context: TMDBContext, _ tools: [Tool]) -> [Prompt] {
        TMDBPrompts.all(context).compactMap { entry in
            guard entry.tools.allSatisfy({ name in tools.contains { $0.name == name } }) else { return nil }
            return entry.prompt(context.argumentNames)
        }
    }
}
