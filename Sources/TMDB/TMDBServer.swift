package import MCP

/// The server that this program is: TMDB's tools, resources and prompts under a name.
package enum TMDBServer {
    /// A strip of film, small since each tool has it in the list. PNG, which every client that shows icons must take.
    static let icon = Icon(
        source: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAQMAAABJtOi3AAAABlBMVEUAAAABtOSDa54lAAAAAXRSTlMA"
            + "QObYZgAAACpJREFUeNpjYMAC/gMBhDgMBOgEQvb/bxDxA0zYgwh+OAHmwpUQaR4WAABwHVSPAnEH8QAAAABJRU5ErkJggg==",
        mimeType: "image/png", sizes: ["32x32"])

    /// The same of each tool, without what the picture says itself.
    static let toolIcon = Icon(source: icon.source)

    /// - Parameter hasStructuredOutput: false gives results as text alone.
    package static func make(
        version: String, context: TMDBContext, tools selection: ToolSelection = .all,
        hasStructuredOutput: Bool = true, observer: RequestObserver? = nil
    ) -> Server {
        let tools = ToolCatalog.entries.filter { selection.names.contains($0.name) }.map { $0.make(context) }
        let start = selection.names.contains("search") ? "Start with search, which gives the TMDB ids. " : ""
        return Server(
            implementation: Implementation(
                name: "tmdb-mcp",
                title: "The Movie Database",
                version: version,
                description: "Movies, TV series and people from The Movie Database (TMDB)",
                websiteURL: "https://www.themoviedb.org",
                icons: [icon]),
            instructions: "Look up movies, TV series, people and collections in The Movie Database (TMDB). "
                + start + "When you show this data to people, tell them where it is from: "
                + "this product uses the TMDB API but is not endorsed or certified by TMDB.",
            tools: tools,
            resources: TMDBResources.fixed(context),
            resourceTemplates: TMDBResources.templates(context),
            prompts: prompts(context, tools),
            hasStructuredOutput: hasStructuredOutput,
            clock: context.clock,
            observer: observer)
    }

    /// Those that name no tool that is not offered.
    private static func prompts(_ context: TMDBContext, _ tools: [Tool]) -> [Prompt] {
        TMDBPrompts.all(context).compactMap { entry in
            guard entry.tools.allSatisfy({ name in tools.contains { $0.name == name } }) else { return nil }
            return entry.prompt(context.argumentNames)
        }
    }
}
