import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

private let session = "0123456789abcdef0123456789abcdef01234567"

/// Changes to what a person has marked.
@Suite struct UpdateAccountTests {
    private func world(_ session: String? = session, _ answers: [String: (Int, String)] = [:]) throws -> ScriptedTMDB {
        let tmdb = try ScriptedTMDB { path, _ in
            answers[path] ?? (path == "/account" ? (200, #"{"id":12}"#) : (201, #"{"status_message":"Success."}"#))
        }
        tmdb.context?.session = session
        return tmdb
    }

    struct Change: Sendable {
        let action: String
        var more: JSONObject = [:]
        var method = HTTPMethod.post
        let path: String
        let body: String
    }

    private static let changes = [
        Change(
            action: "add_to_watchlist", path: "/account/12/watchlist",
            body: #"{"media_type":"movie","media_id":603,"watchlist":true}"#),
        Change(
            action: "remove_from_watchlist", path: "/account/12/watchlist",
            body: #"{"media_type":"movie","media_id":603,"watchlist":false}"#),
        Change(
            action: "add_to_favorites", path: "/account/12/favorite",
            body: #"{"media_type":"movie","media_id":603,"favorite":true}"#),
        Change(
            action: "remove_from_favorites", path: "/account/12/favorite",
            body: #"{"media_type":"movie","media_id":603,"favorite":false}"#),
        Change(action: "rate", more: ["rating": 8.5], path: "/movie/603/rating", body: #"{"value":8.5}"#),
        Change(action: "delete_rating", method: .delete, path: "/movie/603/rating", body: ""),
        Change(action: "add_to_list", more: ["list_id": 7], path: "/list/7/add_item", body: #"{"media_id":603}"#),
        Change(
            action: "remove_from_list", more: ["list_id": 7], path: "/list/7/remove_item", body: #"{"media_id":603}"#),
    ]

    @Test("each action is one request", arguments: changes)
    func actions(change: Change) throws {
        let tmdb = try world()
        var arguments: JSONObject = ["action": .string(change.action), "media_type": "movie", "id": 603]
        for (name, value) in change.more { arguments.set(name, to: value) }
        let done = try tmdb.object("update_account", arguments)
        #expect(done["done"] == .string(change.action))
        #expect(tmdb.paths == ["/account", change.path])
        #expect(tmdb.query(change.path) == ["session_id": session])
        let sent = try #require(tmdb.sent.last)
        #expect(sent.method == change.method)
        #expect(String(decoding: sent.body, as: UTF8.self) == change.body)
        #expect(sent.headers["Content-Type"] == (change.body.isEmpty ? nil : "application/json"))
    }

    @Test("with a user token lists take series, by version 4 of the API; with a session the failure says so")
    func lists() throws {
        let arguments: JSONObject = ["action": "add_to_list", "media_type": "tv", "id": 1396, "list_id": 7]
        let tmdb = try world(v4Token)
        _ = try tmdb.object("update_account", arguments)
        let sent = try #require(tmdb.sent.last)
        #expect(sent.url == "https://api.example.com/4/list/7/items")
        #expect(String(decoding: sent.body, as: UTF8.self) == #"{"items":[{"media_type":"tv","media_id":1396}]}"#)
        let other = try world()
        #expect(try other.failure("update_account", arguments).contains("v4 user token"))
        #expect(other.sent.allSatisfy { $0.method == .get })
    }

    @Test(
        "what TMDB answers well and has not done is told",
        arguments: [
            (
                "add_to_list",
                #"{"success":true,"status_code":1,"status_message":"Success.","results":[{"media_id":603,"#
                    + #""media_type":"movie","error":["Media has already been taken"],"success":false}]}"#,
                "is on the list already"
            ),
            (
                "add_to_list",
                #"{"success":true,"results":[{"media_id":603,"error":["Media is wrong"],"success":false}]}"#,
                "Media is wrong"
            ),
            (
                "remove_from_list",
                #"{"success":true,"status_code":1,"status_message":"Success.","results":[{"media_id":603,"#
                    + #""media_type":"movie","success":false}]}"#,
                "is not on the list"
            ),
            (
                "remove_from_list",
                #"{"status_code":21,"status_message":"Entry not found: The item cannot be found."}"#,
                "Entry not found"
            ),
        ])
    func undone(action: String, body: String, words: String) throws {
        let tmdb = try world(v4Token)
        tmdb.answer = { path, _ in (200, path == "/account" ? #"{"id":12}"# : body) }
        let arguments: JSONObject = ["action": .string(action), "media_type": "movie", "id": 603, "list_id": 7]
        let failure = try tmdb.failure("update_account", arguments)
        #expect(failure.hasPrefix("Nothing was changed: ") && failure.contains(words))
    }

    @Test(
        "what TMDB says when it has done it",
        arguments: [
            (201, 1, "Success."), (201, 12, "The item/record was updated successfully."),
            (200, 13, "The item/record was deleted successfully."),
        ])
    func done(status: Int, code: Int, words: String) throws {
        let body = #"{"success":true,"status_code":\#(code),"status_message":"\#(words)"}"#
        let tmdb = try world(session, ["/tv/1396/rating": (status, body)])
        let result = try tmdb.object(
            "update_account", ["action": "rate", "rating": 5, "media_type": "tv", "id": 1396])
        #expect(result["done"] == "rate" && result["tmdb_says"] == .string(words))
    }

    @Test(
        "what does not fit the action is refused before anything is asked",
        arguments: [
            ("rate", [:], "rating"), ("rate", ["rating": 7.3], "0.5"), ("rate", ["rating": 11], "10"),
            ("add_to_watchlist", ["rating": 7], "rating"), ("add_to_list", [:], "list_id"),
            ("add_to_watchlist", ["list_id": 7], "list_id"), ("clear", [:], "action"),
        ] as [(String, JSONObject, String)])
    func refused(action: String, more: JSONObject, word: String) throws {
        let tmdb = try world()
        var arguments: JSONObject = ["action": .string(action), "media_type": "movie", "id": 603]
        for (name, value) in more { arguments.set(name, to: value) }
        #expect(try tmdb.failure("update_account", arguments).contains(word))
        #expect(tmdb.sent.isEmpty)
    }

    @Test("what TMDB does not know or does not do is told")
    func failures() throws {
        let path = "/account/12/watchlist"
        let arguments: JSONObject = ["action": "add_to_watchlist", "media_type": "movie", "id": 603]
        let cases = [
            (404, "{}", "movie with the id 603"), (500, "{}", "Look with get_account"),
            (401, #"{"status_message":"No \#(session)"}"#, "refused the session"),
            (200, #"{"success":false}"#, "did not do it"),
        ]
        for (status, body, words) in cases {
            let failure = try world(session, [path: (status, body)]).failure("update_account", arguments)
            #expect(failure.contains(words) && !failure.contains(session))
        }
    }

    @Test("a change is sent once, unless it surely has not reached TMDB")
    func once() throws {
        let bench = try UpstreamBench()
        let context = TMDBContext(client: bench.client, session: session)
        let tools = TMDBServer.make(version: "1", context: context, tools: try ToolSelection(["account"])).tools
        let tool = try #require(tools.first { $0.name == "update_account" })
        let arguments = try tool.input.check(["action": "rate", "rating": 7, "media_type": "movie", "id": 603])
        func begin() throws {
            let before = bench.attempts.count
            _ = tool.run(arguments, try makeRequest()) { _ in }
            bench.attempts[before].answer(response(200, #"{"id":12}"#))
        }
        for outcome in [response(503), response(502), .failure(.cutOff), response(200, "{")] {
            try begin()
            let count = bench.attempts.count
            bench.attempts[count - 1].answer(outcome)
            bench.clock.advance(10)
            #expect(bench.attempts.count == count)
        }
        for outcome in [response(429), .failure(.connectionRefused(host: "a", port: 1))] {
            try begin()
            let count = bench.attempts.count
            bench.attempts[count - 1].answer(outcome)
            bench.clock.advance(10)
            #expect(bench.attempts.count == count + 1)
            #expect(bench.attempts[count].request.method == .post)
            bench.attempts[count].answer(response(201, "{}"))
        }
    }

    @Test("the annotations say that one tool reads, and that the other changes what is there")
    func annotations() throws {
        let context = try #require(try world().context)
        let tools = TMDBServer.make(version: "1", context: context, tools: try ToolSelection(["account"])).tools
        #expect(tools.map(\.name) == ["get_account", "update_account"])
        if case .readsOnly = tools[0].annotations.effect {} else { Issue.record("get_account changes something") }
        if case .destroys(isIdempotent: true) = tools[1].annotations.effect {} else { Issue.record("update_account") }
    }
}
