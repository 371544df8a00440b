import JSON
import MCP

/// `search`: movies, series, people and collections by words (TMDB: GET /search/multi).
struct SearchTool {
    let client: TMDBClient

    var tool: Tool {
        Tool(
            name: "search",
            title: "Search TMDB",
            description: "Search The Movie Database for movies, TV series, people and collections by name. Returns one "
                + "page of up to 20 results, best match first, each with its TMDB id and media_type.",
            input: InputSchema([
                Parameter(
                    "query", .text(length: 1...Limits.queryMax), isRequired: true,
                    description: "the words to search for: a title or a person's name"),
                Parameter(
                    "page", .integer(1...Limits.pageMax), default: 1,
                    description: "the page of results, 20 a page"),
                Parameter(
                    "language", LanguageTag.kind, default: "en-US",
                    description: "the language of titles and overviews, such as en-US, de or pt-BR"),
            ]),
            outputSchema: SearchTool.outputSchema,
            annotations: ToolAnnotations(.readsOnly, isOpenWorld: true)
        ) { arguments, _, finish in run(arguments, finish) }
    }

    private func run(_ arguments: Arguments, _ finish: @escaping (ToolResult) -> Void) -> Cancellation {
        guard let words = arguments.string("query"),
            words.unicodeScalars.contains(where: { !$0.properties.isWhitespace })
        else {
            finish(.failure("query must not be empty: give a title or a person's name."))
            return {}
        }
        var query = [(name: "query", value: words)]
        query.append(("page", "\(arguments.integer("page") ?? 1)"))
        if let language = arguments.string("language") { query.append(("language", language)) }
        return client.get("/search/multi", query: query) { result in
            switch result {
            case .success(let page) where SearchTool.conforms(page): finish(.structured(page))
            case .success: finish(.failure(TMDBError.unexpectedShape.message))
            case .failure(let error): finish(.failure(error.message))
            }
        }
    }

    /// Says what `conforms` checks, and no more: the other fields are TMDB's and vary with the media type.
    private static let outputSchema: JSONValue = [
        "type": "object",
        "properties": [
            "page": ["type": "integer"],
            "results": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": [
                        "id": ["type": "integer", "description": "TMDB's id, unique within its media_type"],
                        "media_type": ["type": "string", "description": "movie, tv, person or collection"],
                    ],
                    "required": ["id", "media_type"],
                ],
            ],
            "total_pages": ["type": "integer"],
            "total_results": ["type": "integer"],
        ],
        "required": ["page", "results", "total_pages", "total_results"],
    ]

    private static func conforms(_ page: JSONValue) -> Bool {
        guard let results = page["results"]?.array else { return false }
        let counts = ["page", "total_pages", "total_results"]
        return counts.allSatisfy { page[$0]?.int64 != nil }
            && results.allSatisfy { $0["id"]?.int64 != nil && $0["media_type"]?.string != nil }
    }
}
