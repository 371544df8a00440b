import JSON
import MCP

/// `get_collection`: the films of a franchise (TMDB: GET /collection/{id}).
enum CollectionTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_collection", title: "Collection",
            description: "The movies of a franchise in release order. get_details of a movie has the collection's id.",
            [Parameters.id, Parameters.language(context), Parameters.detail],
            output: .object(CollectionRecord.shape.schema), about: ["collection"], in: context, work: work)
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let subject = Subject("collection", arguments.integer("id") ?? 0)
        var shaping = arguments.shaping(call.context)
        shaping.mediaType = "movie"
        call.get(subject.path, [("language", shaping.language)]) { [shaping] answer in
            finish(.shaped(answer, of: subject) { CollectionRecord.json($0, shaping) })
        }
    }
}
