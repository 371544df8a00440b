import Bytes
import HTTPTypes
import JSON
import MCP

/// `update_account`: marks a title, takes the mark away, or rates it (TMDB: POST /account/{id}/watchlist and
/// /account/{id}/favorite, POST and DELETE /{type}/{id}/rating, POST and DELETE /list/{id}/items of version 4, POST
/// /list/{id}/add_item and /list/{id}/remove_item).
enum UpdateAccountTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "update_account", title: "Change the user's own lists",
            description: "Adds a title to the user's watchlist, favorites or one of their lists, rates it, or takes "
                + "that back. Only when the user asks for it.",
            [
                Parameter("action", .choice(actions), isRequired: true, description: ""),
                Parameters.mediaType(Parameters.titles), Parameters.id,
                Parameter("rating", .number(0.5...10), description: "of rate, in steps of 0.5"),
                Parameter(
                    "list_id", Parameters.wholeNumber(1...TMDBLimits.idMax),
                    description: "of add_to_list and remove_from_list, from get_account"),
            ],
            output: .object(done.schema), about: Parameters.titles, effect: .destroys(isIdempotent: true),
            isOfPerson: true, in: context, work: work)
    }

    private static let actions = [
        "add_to_watchlist", "remove_from_watchlist", "add_to_favorites", "remove_from_favorites", "rate",
        "delete_rating", "add_to_list", "remove_from_list",
    ]

    private static let done = Shape([
        Field("done", .text, description: "the action").required, Row.mediaType, Field("id", .integer).required,
        Field("rating", .rating), Field("list_id", .integer), Field("tmdb_says", .text),
    ])

    private struct Change {
        var path: String
        var method = HTTPMethod.post
        var body: JSONObject?
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let action = arguments.string("action"), let type = arguments.string("media_type") else { return }
        let subject = arguments.subject
        let rating = arguments.value("rating")
        let list = arguments.integer("list_id")
        let isOfList = action == "add_to_list" || action == "remove_from_list"
        guard (action == "rate") == (rating != nil) else {
            return finish(.failure("rating is needed for the action rate, and for no other."))
        }
        guard isOfList == (list != nil) else {
            return finish(.failure("list_id is needed for add_to_list and remove_from_list, and for no other action."))
        }
        if let steps = rating?.double.map({ $0 * 2 }), steps != Double(Int64(steps)) {
            return finish(.failure("rating must be in steps of 0.5, such as 7 or 7.5."))
        }
        call.account(finish) { session, account in
            var isToken = false
            if case .userToken = session { isToken = true }
            if isOfList, !isToken, type != "movie" {
                return finish(
                    .failure(
                        "With a session of version 3 of TMDB's API a list takes movies alone: series need a v4 user "
                            + "token in TMDB_SESSION or the header X-TMDB-Session."))
            }
            let id = arguments.value("id") ?? .null
            let change = change(action, type, id, subject, account, rating: rating, list: list ?? 0, isToken: isToken)
            call.ask(change.path, method: change.method, body: change.body, as: session) { answer in
                switch answer {
                case .failure(let error): finish(.failure(reason(error, subject, isOfList: isOfList)))
                case .success(let answer):
                    if let refusal = refusal(in: answer, adds: action == "add_to_list") {
                        return finish(.failure("Nothing was changed: " + refusal))
                    }
                    let words = answer["status_message"]
                    var result: JSONObject = ["done": .string(action), "media_type": .string(type), "id": id]
                    if let rating { result.set("rating", to: rating) }
                    if let list { result.set("list_id", to: .number(JSONNumber(list))) }
                    if let words { result.set("tmdb_says", to: words) }
                    finish(
                        .shaped(.success(.object(result))) { source in
                            arguments.shaping(call.context).whole(done, source)
                        })
                }
            }
        }
    }

    /// Why TMDB did not do it though it answers with 200: version 4 tells of each item by itself, and the numbers that
    /// stand for what was done are 1, 12 and 13 (developer.themoviedb.org, "Errors").
    private static func refusal(in answer: JSONValue, adds: Bool) -> String? {
        if let item = answer["results"]?[0], item["success"] == false {
            guard adds else { return "the title is not on the list." }
            let words = item["error"]?[0]?.string ?? "Media has already been taken"
            return words.hasSuffix("already been taken") ? "the title is on the list already." : said(words)
        }
        let code = answer["status_code"]?.int64 ?? 1
        let isDone = code == 1 || code == 12 || code == 13
        if isDone, answer["success"] != false { return nil }
        return answer["status_message"]?.string.map { said($0) } ?? "TMDB did not do it."
    }

    private static func said(_ words: String) -> String { "TMDB says \"\(words.cut(toBytes: 200))\"." }

    private static func change(
        _ action: String, _ type: String, _ id: JSONValue, _ subject: Subject, _ account: String, rating: JSONValue?,
        list: Int64, isToken: Bool
    ) -> Change {
        let title: JSONObject = ["media_type": .string(type), "media_id": id]
        switch action {
        case "rate": return Change(path: subject.path + "/rating", body: ["value": rating ?? .null])
        case "delete_rating": return Change(path: subject.path + "/rating", method: .delete)
        case "add_to_list", "remove_from_list":
            let adds = action == "add_to_list"
            if isToken {
                return Change(
                    path: TMDBClient.version4 + "/list/\(list)/items", method: adds ? .post : .delete,
                    body: ["items": [.object(title)]])
            }
            return Change(path: "/list/\(list)" + (adds ? "/add_item" : "/remove_item"), body: ["media_id": id])
        default:
            let name = action.hasSuffix("watchlist") ? "watchlist" : "favorite"
            var body = title
            body.set(name, to: .bool(action.hasPrefix("add")))
            return Change(path: account + "/" + name, body: body)
        }
    }

    /// A request whose answer did not come through may have been carried out.
    private static func reason(_ error: TMDBError, _ subject: Subject, isOfList: Bool) -> String {
        switch error {
        case .transport, .late, .serverFault, .brokenJSON, .webPage:
            return error.message + " Look with get_account whether it was done before you try again."
        case .notFound where isOfList:
            return "TMDB has no such list of the user's, or no such title (404): get_account gives the lists."
        default: return subject.reason(error)
        }
    }
}
