import Bytes
import JSON
import MCP

/// `get_collection`: the films of a franchise (TMDB: GET /collection/{id}), also of one that is a keyword, or a list.
enum CollectionTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_collection", title: "Collection, franchise or list",
            description: "The movies of a franchise in release order, by the id of a collection or by name, or the "
                + "titles of a public list.",
            [
                Parameter("id", Parameters.idKind, description: "from search or get_details"),
                Parameter(
                    "name", .text(length: 1...TMDBLimits.queryMax), description: "instead of id, such as Alien or MCU"),
                Parameter("list", listKind, description: "instead of id: a list's id or address"),
                Parameter(
                    "page", .integer(1...TMDBLimits.pageMax), default: 1, description: "of a list"),
                Parameters.language(context), Parameters.detail,
            ],
            output: .object(CollectionRecord.shape.schema), about: ["collection"], in: context, work: work)
    }

    private static let listKind = Parameter.Kind.custom(schema: ["type": "string"]) { value in
        listID(value) == nil ? "a list's id or address, such as 8136 or https://www.themoviedb.org/list/8136" : nil
    }

    private static func listID(_ value: JSONValue) -> Int64? {
        guard let reference = RecordReference(value), reference.id > 0 else { return nil }
        return reference.type.isEmpty || reference.type == "list" ? reference.id : nil
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let id = arguments.integer("id")
        let name = arguments.string("name")
        let list = arguments.value("list").flatMap { listID($0) }
        guard (id == nil ? 0 : 1) + (name == nil ? 0 : 1) + (list == nil ? 0 : 1) == 1 else {
            return finish(.failure("Give one of id, name and list: what the titles are of."))
        }
        guard list != nil || arguments.page == 1 else {
            return finish(.failure("page is of a list: a franchise comes whole."))
        }
        var shaping = arguments.shaping(call.context)
        shaping.mediaType = "movie"
        if let name { return FranchiseSearch(name, shaping, call, finish).begin() }
        if let list { return show(list: list, page: arguments.page, shaping, call, finish) }
        show(Subject("collection", id ?? 0), shaping, call, finish)
    }

    static func show(
        _ subject: Subject, _ shaping: Shaping, _ call: Call, _ finish: @escaping (CallToolResult) -> Void
    ) {
        call.get(subject.path, [("language", shaping.language)]) { [shaping] answer in
            finish(.shaped(answer, of: subject) { CollectionRecord.json($0, shaping) })
        }
    }

    /// Version 3 of the API has most lists; those that it has not are asked of version 4.
    private static func show(
        list id: Int64, page: Int64, _ shaping: Shaping, _ call: Call, _ finish: @escaping (CallToolResult) -> Void
    ) {
        let subject = Subject("list", id)
        let query: Call.Query = [("page", "\(page)"), ("language", shaping.language)]
        let end = { (answer: Call.Answer) in
            finish(.shaped(answer, of: subject) { CollectionRecord.json(list: $0, id: id, page: page, shaping) })
        }
        call.get(subject.path, query) { answer in
            guard case .failure(.notFound) = answer else { return end(answer) }
            call.get(TMDBClient.version4 + subject.path, query) { second in
                // That the list is not there is the better reason.
                if case .success = second { end(second) } else { end(answer) }
            }
        }
    }
}
