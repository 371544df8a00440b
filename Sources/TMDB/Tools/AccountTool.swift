import Bytes
import JSON
import MCP

/// `get_account`: what a person has marked (TMDB: GET /account/{id}/watchlist/movies and its like), the lists that they
/// made (GET /account/{id}/lists), and the titles of one of these (GET /list/{id}, of version 4 for a user token).
enum AccountTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_account", title: "The user's own lists",
            description: "What the user has at TMDB: watchlist, favorites, rated titles (newest first), or the lists "
                + "that they made, and with list_id the titles of one.",
            [
                Parameter(
                    "list", .choice(["watchlist", "favorites", "rated", "lists"]), isRequired: true, description: ""),
                Parameter(
                    "media_type", Parameters.typeKind(Parameters.titles), description: "default both, 20 of each a page"
                ),
                Parameter(
                    "list_id", Parameters.wholeNumber(1...TMDBLimits.idMax), description: "of lists: gives its titles"),
                Parameters.page, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, isOfPerson: true, in: context, work: work)
    }

    private static let page = Page(of: Row.ofAccount)

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let list = arguments.string("list") else { return }
        var shaping = arguments.shaping(call.context)
        let query: Call.Query = [("page", "\(arguments.page)")]
        if let id = arguments.integer("list_id") {
            guard list == "lists" else {
                return finish(.failure("list_id is one of lists: set list to lists, or leave list_id out."))
            }
            return show(list: id, query + [("language", shaping.language)], shaping, call, finish)
        }
        if list == "lists" {
            shaping.mediaType = "list"
            return call.account(finish) { [shaping] session, path in
                call.ask(path + "/lists", query, as: session) { answer in
                    finish(.shaped(answer) { page.json($0, shaping) })
                }
            }
        }
        let types = arguments.string("media_type").map { [$0] } ?? Parameters.titles
        let more: Call.Query = [("language", shaping.language), ("sort_by", "created_at.desc")]
        call.account(finish) { session, path in
            var pages: [JSONValue] = []
            // One after the other: each is a page, in the order of the types.
            func ask(_ index: Int) {
                guard index < types.count else {
                    let merged = merged(pages, types)
                    return call.genres(shaping.language, for: .success(merged)) { genres in
                        shaping.genres = genres
                        finish(.shaped(.success(merged)) { page.json($0, shaping) })
                    }
                }
                let name = list == "favorites" ? "favorite" : list
                let path = path + "/" + name + (types[index] == "tv" ? "/tv" : "/movies")
                call.ask(path, query + more, as: session) { answer in
                    switch answer {
                    case .failure(let error): finish(.failure(error.message))
                    case .success(let found):
                        pages.append(found)
                        ask(index + 1)
                    }
                }
            }
            ask(0)
        }
    }

    private static func show(
        list id: Int64, _ query: Call.Query, _ shaping: Shaping, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        switch AccountSession.of(call.request, call.context) {
        case .failure(let error): finish(.failure(error.message))
        case .success(let session):
            var (version, advice) = ("", " A private list needs a v4 user token.")
            if case .userToken = session { (version, advice) = (TMDBClient.version4, "") }
            call.ask(version + "/list/\(id)", query, as: session) { answer in
                switch answer {
                case .failure(.notFound):
                    finish(.failure("TMDB has no list \(id) of the user's (404): list lists has them." + advice))
                case .failure(let error): finish(.failure(error.message + advice))
                case .success(let source):
                    var source = source
                    // Version 3 has another name for them, and before 2024 had no pages.
                    if let rows = source["items"], var object = source.object {
                        object.set("results", to: rows)
                        let count = JSONValue.number(JSONNumber(rows.array?.count ?? 0))
                        if source["total_results"] == nil { object.set("total_results", to: count) }
                        if source["page"] == nil { object.set("page", to: 1) }
                        if source["total_pages"] == nil { object.set("total_pages", to: 1) }
                        source = .object(object)
                    }
                    call.genres(shaping.language, for: .success(source)) { [source] genres in
                        var shaping = shaping
                        shaping.genres = genres
                        finish(.shaped(.success(source)) { page.json($0, shaping) })
                    }
                }
            }
        }
    }

    /// One page of them all, whose rows tell their type.
    private static func merged(_ pages: [JSONValue], _ types: [String]) -> JSONValue {
        var rows: [JSONValue] = []
        var total: Int64 = 0
        var pageCount: Int64 = 0
        for (index, page) in pages.enumerated() {
            guard let results = page["results"]?.array else { return .null }
            for row in results {
                guard var object = row.object else { continue }
                object.set("media_type", to: .string(types[index]))
                rows.append(.object(object))
            }
            total = total.addingReportingOverflow(max(0, page["total_results"]?.int64 ?? 0)).partialValue
            pageCount = max(pageCount, page["total_pages"]?.int64 ?? 0)
        }
        return [
            "page": pages.first?["page"] ?? .null, "results": .array(rows),
            "total_pages": .number(JSONNumber(pageCount)), "total_results": .number(JSONNumber(total)),
        ]
    }
}
