import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

@Suite struct SearchToolTests {
    private static let page: JSONValue = ["page": 1, "results": [], "total_pages": 0, "total_results": 0]

    private func tool(_ upstream: Upstream, key: String? = v3Key) throws -> Tool {
        let server = TMDBServer.make(version: "1.2.3", client: try #require(upstream.client(key)))
        #expect(server.tools.count == 1)
        return try #require(server.tools.first)
    }

    private func search(_ arguments: JSONObject, _ upstream: Upstream, key: String? = v3Key) throws -> ToolResult {
        let tool = try tool(upstream, key: key)
        var result: ToolResult?
        _ = tool.run(try tool.input.check(arguments), try makeRequest()) { result = $0 }
        return try #require(result)
    }

    @Test("the server says who it is, and what TMDB wants to be told of it")
    func server() throws {
        let server = TMDBServer.make(version: "1.2.3", client: try #require(Upstream().client()))
        #expect(server.implementation.name == "tmdb-mcp")
        #expect(server.implementation.version == "1.2.3")
        #expect(server.instructions.contains("not endorsed or certified by TMDB"))
        #expect(server.tools.map(\.name) == ["search"])
    }

    @Test(
        "arguments become the query",
        arguments: [
            (["query": "alien"], "query=alien&page=1"),
            (["query": "  a b\t"], "query=%20%20a%20b%09&page=1"),
            (["query": "é&page=9#"], "query=%C3%A9%26page%3D9%23&page=1"),
            (["query": "a", "page": 500], "query=a&page=500"), (["query": "a", "page": 2.0], "query=a&page=2"),
            (["query": "a", "page": nil, "language": nil], "query=a&page=1"),
            (["query": "a", "language": "pt-BR"], "query=a&page=1&language=pt-BR"),
            (["language": "de", "page": 3, "query": "a"], "query=a&page=3&language=de"),
        ] as [(JSONObject, String)])
    func query(arguments: JSONObject, query: String) throws {
        let upstream = Upstream(response(200, Self.page.text))
        #expect(try search(arguments, upstream) == .structured(Self.page))
        let expected = "https://api.example.com/3/search/multi?\(query)&api_key=\(v3Key)"
        #expect(upstream.requests.map(\.url) == [expected])
    }

    @Test(
        "a query of blanks alone is refused before anything is sent",
        arguments: [" ", "\t\n", "\u{A0}", "\u{3000}\u{2003}", "\u{2028}"])
    func blank(query: String) throws {
        let upstream = Upstream(response(200, Self.page.text))
        guard case .failure(let message) = try search(["query": .string(query)], upstream) else {
            Issue.record("not refused")
            return
        }
        #expect(message.contains("query must not be empty"))
        #expect(upstream.requests.isEmpty)
    }

    @Test(
        "arguments beyond what TMDB takes are refused by the schema",
        arguments: [
            [:], ["query": nil], ["query": ""], ["query": .string(String(repeating: "é", count: 501))],
            ["query": "a", "page": 0], ["query": "a", "page": 501], ["query": "a", "page": 1.5],
            ["query": "a", "year": 1999],
        ] as [JSONObject])
    func refused(arguments: JSONObject) throws {
        let input = try tool(Upstream()).input
        #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
    }

    @Test("a query of 500 characters is sent whole")
    func longQuery() throws {
        let upstream = Upstream(response(200, Self.page.text))
        _ = try search(["query": .string(String(repeating: "x", count: 500))], upstream)
        #expect(upstream.requests.first?.url.contains(String(repeating: "x", count: 500) + "&") == true)
    }

    @Test(
        "a language is two small letters, and perhaps a dash and two capitals",
        arguments: [
            ("en", true), ("pt-BR", true), ("zz-ZZ", true), ("", false), ("e", false), ("EN", false), ("eng", false),
            ("en-", false), ("en-U", false), ("en-us", false), ("en-USA", false), ("en_US", false), ("en-US ", false),
            (" en", false), ("én", false), ("en-U\u{301}", false), ("en\n", false), ("e\u{301}n", false),
            ("en-US&api_key=1", false), ("en-12", false),
        ])
    func language(tag: String, isAccepted: Bool) throws {
        let input = try tool(Upstream()).input
        let arguments: JSONObject = ["query": "a", "language": .string(tag)]
        if isAccepted {
            #expect(try input.check(arguments).string("language") == tag)
        } else {
            #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
        }
    }

    @Test(
        "a page of any rows is passed on as it is",
        arguments: [
            "{\"page\":1,\"results\":[],\"total_pages\":0,\"total_results\":0}",
            "{\"total_results\":1,\"page\":1.0,\"results\":[{\"id\":1,\"media_type\":\"movie\"}],\"total_pages\":1}",
            "{\"page\":1,\"results\":[{\"media_type\":\"made up\",\"id\":-9007199254740993,\"title\":null,\"x\":[{}]}],"
                + "\"total_pages\":1,\"total_results\":9223372036854775807,\"more\":{\"a\":[1.5,true]}}",
        ])
    func passThrough(body: String) throws {
        guard case .structured(let value) = try search(["query": "a"], Upstream(response(200, body))) else {
            Issue.record("no page")
            return
        }
        #expect(value.text == body)
    }

    @Test(
        "JSON of another form is told as such",
        arguments: [
            "null", "5", "[]", "{}", "\"text\"", "{\"success\":true}",
            "{\"results\":[],\"total_pages\":0,\"total_results\":0}",
            "{\"page\":1,\"total_pages\":0,\"total_results\":0}",
            "{\"page\":1,\"results\":{},\"total_pages\":0,\"total_results\":0}",
            "{\"page\":1,\"results\":null,\"total_pages\":0,\"total_results\":0}",
            "{\"page\":1,\"results\":[],\"total_pages\":0}",
            "{\"page\":\"1\",\"results\":[],\"total_pages\":0,\"total_results\":0}",
            "{\"page\":1.5,\"results\":[],\"total_pages\":0,\"total_results\":0}",
            "{\"page\":1,\"results\":[],\"total_pages\":null,\"total_results\":0}",
            "{\"page\":1,\"results\":[],\"total_pages\":0,\"total_results\":1e300}",
            "{\"page\":1,\"results\":[5],\"total_pages\":1,\"total_results\":1}",
            "{\"page\":1,\"results\":[{}],\"total_pages\":1,\"total_results\":1}",
            "{\"page\":1,\"results\":[{\"id\":1}],\"total_pages\":1,\"total_results\":1}",
            "{\"page\":1,\"results\":[{\"media_type\":\"tv\"}],\"total_pages\":1,\"total_results\":1}",
            "{\"page\":1,\"results\":[{\"id\":\"1\",\"media_type\":\"tv\"}],\"total_pages\":1,\"total_results\":1}",
            "{\"page\":1,\"results\":[{\"id\":1,\"media_type\":5}],\"total_pages\":1,\"total_results\":1}",
            "{\"page\":1,\"results\":[{\"id\":1,\"media_type\":\"tv\"},{}],\"total_pages\":1,\"total_results\":1}",
        ])
    func unexpectedShape(body: String) throws {
        let result = try search(["query": "a"], Upstream(response(200, body)))
        #expect(result == .failure(TMDBError.unexpectedShape.message))
    }

    @Test("a failure becomes words for the model")
    func failures() throws {
        let refused = try search(["query": "a"], Upstream(response(401)))
        #expect(refused == .failure(TMDBError.unauthorized.message))
        let keyless = try search(["query": "a"], Upstream(), key: nil)
        #expect(keyless == .failure(TMDBError.noCredential.message))
    }

    @Test("cancelling the call cancels its request")
    func cancellation() throws {
        let upstream = Upstream()
        let tool = try tool(upstream)
        let cancel = tool.run(try tool.input.check(["query": "a"]), try makeRequest()) { _ in Issue.record("reported") }
        cancel()
        #expect(upstream.cancelled == 1)
    }

    @Test("the tool's schemas are objects that name what they require")
    func schemas() throws {
        let tool = try tool(Upstream())
        #expect(tool.input.json["required"] == ["query"])
        #expect(tool.input.json["properties"]?["query"]?["maxLength"] == 500)
        #expect(tool.input.json["properties"]?["page"]?["maximum"] == 500)
        #expect(tool.outputSchema?["type"] == "object")
        #expect(tool.outputSchema?["required"] == ["page", "results", "total_pages", "total_results"])
    }
}
