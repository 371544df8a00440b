import JSON
import MCP
import TMDB
import Testing

/// What all tools have in common.
@Suite struct ToolListTests {
    /// The tools about titles and people.
    private static let names = [
        "search", "get_details", "get_trending", "get_recommendations", "get_season", "get_credits", "get_filmography",
        "get_collection", "get_reviews", "get_media",
    ]

    @Test("the server says who it is, and what TMDB wants to be told of it")
    func server() throws {
        let server = TMDBServer.make(version: "1.2.3", context: TMDBContext(client: try #require(Upstream().client())))
        #expect(server.implementation.name == "tmdb-mcp")
        #expect(server.implementation.version == "1.2.3")
        #expect(server.instructions.contains("not endorsed or certified by TMDB"))
    }

    @Test("the tools are there, each once")
    func tools() throws {
        let names = try desk(nil).tools.map(\.name)
        for name in Self.names { #expect(names.filter { $0 == name }.count == 1) }
    }

    @Test(
        "every sample call gives a result that conforms to its schema and names TMDB", arguments: Samples.calls.indices)
    func samples(index: Int) throws {
        let sample = Samples.calls[index]
        let value = try desk(sample.answer).value(sample.tool, sample.arguments)
        #expect(value["attribution"]?.string?.contains("TMDB") == true)
    }

    @Test("an answer of another form fails and says so", arguments: Samples.calls.indices)
    func otherForm(index: Int) throws {
        let sample = Samples.calls[index]
        for answer in [nil, 5, [], "text"] as [JSONValue] {
            let message = try desk(answer).failure(sample.tool, sample.arguments)
            #expect(message.contains(TMDBError.unexpectedShape.message))
        }
    }

    @Test("a fault of TMDB's is told by every tool", arguments: Samples.calls.indices)
    func faults(index: Int) throws {
        let sample = Samples.calls[index]
        let message = try ToolDesk(Upstream(response(503))).failure(sample.tool, sample.arguments)
        #expect(message == TMDBError.serverFault(status: 503).message)
    }

    private static func schemas(in value: JSONValue) -> [JSONValue] {
        let properties = (value["properties"]?.object ?? [:]).map { $0.value }
        let inner = properties + [value["items"] ?? nil]
        return [value] + inner.filter { !$0.isNull }.flatMap { schemas(in: $0) }
    }

    @Test("output schemas say of what each array is, and what a row always has")
    func outputSchemas() throws {
        for tool in try desk(nil).tools {
            for schema in Self.schemas(in: try #require(tool.outputSchema)) {
                if schema["type"] == "array" { #expect(schema["items"] != nil, "\(tool.name): \(schema.text)") }
                guard schema["type"] == "object", schema["properties"]?["id"] != nil else { continue }
                // A result of several rows has none itself, and what failed may have had only a name.
                if schema["properties"]?["results"] != nil || schema["properties"]?["reason"] != nil { continue }
                let required = schema["required"]?.array ?? []
                #expect(required.contains("id") || tool.name == "get_season", "\(tool.name): \(schema.text)")
                if schema["properties"]?["media_type"] != nil {
                    #expect(required.contains("media_type"), "\(tool.name): \(schema.text)")
                }
            }
        }
    }

    @Test("what arguments are for is told in words that say something")
    func words() throws {
        for tool in try desk(nil).tools {
            for parameter in tool.input.parameters {
                let words = parameter.description
                #expect(!["several", "of what", "as what", "default compact", "of the id"].contains(words))
                if parameter.name == "detail" { #expect(words.contains("full")) }
                if parameter.name == "page", tool.input.parameters.contains(where: { $0.name == "limit" }) {
                    #expect(!words.contains("20"))
                }
                if parameter.name == "with_watch_monetization_types" { #expect(words.contains("flatrate|free")) }
            }
        }
        let id = try desk(nil).tool("get_watch_providers").input.parameters.first { $0.name == "id" }
        #expect(id?.description == "from search")
    }
}
