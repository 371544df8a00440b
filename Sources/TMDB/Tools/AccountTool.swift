import Bytes
import JSON
import MCP

/// `get_account`: what a person has marked (TMDB: GET /account/{id}/watchlist/movies and its like).
enum AccountTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_account", title: "The user's own lists",
            description: "What the user has at TMDB: watchlist, favorites, rated titles (newest first), or the lists "
                + "that they made, whose titles get_collection gives.",
            [
                Parameter(
                    "list", .choice(["watchlist", "favorites", "rated", "lists"]), isRequired: true, description: ""),
                Parameter(
                    "media_type", Parameters.typeKind(Parameters.titles), description: "default both, 20 of each a page"
                ),
                Parameters.page, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, isOfPerson: true, in: context, work: work)
    }

    private static let page = Page(of: Row.ofAccount)

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let list = arguments.string("list") else { return }
        var shaping = arguments.shaping(call.context)
        let query: Call.Query = [("page", "\(arguments.page)")]
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
