import JSON
import MCP
import TMDB
import Testing

/// Calls tools of the server as a client does.
struct ToolDesk {
    let upstream: Upstream
    let tools: [Tool]

    init(_ upstream: Upstream, key: String? = v3Key, language: String = "en-US") throws {
        self.upstream = upstream
        let context = TMDBContext(client: try #require(upstream.client(key)), language: language)
        tools = TMDBServer.make(version: "1.2.3", context: context).tools
    }

    func tool(_ name: String) throws -> Tool { try #require(tools.first { $0.name == name }) }

    /// The result of a call, nil while there is none.
    func call(_ name: String, _ arguments: JSONObject) throws -> CallToolResult? {
        let tool = try tool(name)
        var result: CallToolResult?
        _ = tool.run(try tool.input.check(arguments), try makeRequest()) {
            #expect(result == nil)
            result = $0
        }
        return result
    }

    /// The structured result of a call, which conforms to the tool's output schema.
    func value(_ name: String, _ arguments: JSONObject) throws -> JSONValue {
        guard case .structured(let content) = try #require(try call(name, arguments)) else {
            throw ToolFailure(result: "\(String(describing: try call(name, arguments)))")
        }
        let value = try content.value
        let schema = try #require(try tool(name).outputSchema)
        #expect(SchemaCheck.problems(value, schema) == [])
        return value
    }

    /// The words of a call that fails.
    func failure(_ name: String, _ arguments: JSONObject) throws -> String {
        guard case .failure(let message) = try #require(try call(name, arguments)) else { return "(no failure)" }
        return message
    }
}

struct ToolFailure: Error { let result: String }

func desk(_ answer: JSONValue) throws -> ToolDesk { try ToolDesk(Upstream(response(200, answer.text))) }

/// Answers by the path of a target; 404 for any other.
func desk(paths: [String: JSONValue]) throws -> ToolDesk {
    let upstream = Upstream()
    upstream.answer = { target in
        let path = String(target.prefix { $0 != "?" })
        return paths[path].map { response(200, $0.text) } ?? response(404, "{\"status_code\":34}")
    }
    return try ToolDesk(upstream)
}
