package import MCP

/// The server that this program is: TMDB's tools under a name.
package enum TMDBServer {
    package static func make(version: String, client: TMDBClient, monitor: Monitor? = nil) -> Server {
        Server(
            implementation: Implementation(
                name: "tmdb-mcp",
                title: "The Movie Database",
                version: version,
                description: "Movies, TV series and people from The Movie Database (TMDB)",
                websiteURL: "https://www.themoviedb.org"),
            instructions: "Look up movies, TV series, people and collections in The Movie Database (TMDB). Start with "
                + "search, which gives the TMDB ids. When you show this data to people, tell them where it is from: "
                + "this product uses the TMDB API but is not endorsed or certified by TMDB.",
            tools: [SearchTool(client: client).tool],
            monitor: monitor)
    }
}
