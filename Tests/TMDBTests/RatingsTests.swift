import HTTPTypes
import JSON
import MCP
import TMDB
import Testing
import Upstream

/// Ratings of other sites, which OMDb has.
@Suite struct RatingsTests {
    private static let omdbKey = "0a1b2c3d"

    /// A server's tools with an OMDb beside the upstream of TMDB's.
    private final class World {
        let omdb = Upstream()
        let tmdb: Upstream
        let tool: Tool
        let client: OMDbClient
        let clock = HandClock()

        init(_ record: JSONValue, key: String? = RatingsTests.omdbKey, _ answer: Upstream.Outcome?) throws {
            tmdb = Upstream(response(200, record.text))
            omdb.immediate = answer
            let base = try #require(BaseURL("https://omdb.example"))
            client = OMDbClient(
                userAgent: "tmdb-mcp/1.2.3", baseURL: base, key: key, dependencies: clock.dependencies,
                fetch: { [omdb] in omdb.fetch($0, $1) })
            var configuration = UpstreamConfiguration()
            configuration.attemptsMax = 1
            let tmdbBase = try #require(BaseURL("https://api.example.com/3"))
            let main = TMDBClient(
                userAgent: "tmdb-mcp/1.2.3", baseURL: tmdbBase, credential: Credential(v3Key),
                configuration: configuration, dependencies: clock.dependencies, fetch: { [tmdb] in tmdb.fetch($0, $1) })
            let context = TMDBContext(client: main, ratings: client)
            let tools = TMDBServer.make(version: "1.2.3", context: context).tools
            tool = try #require(tools.first { $0.name == "get_details" })
        }

        var urls: [String] { omdb.requests.map(\.url) }

        func call(_ arguments: JSONObject) throws -> JSONValue {
            var result: CallToolResult?
            _ = tool.run(try tool.input.check(arguments), try makeRequest()) { result = $0 }
            guard case .structured(let content)? = result else {
                throw ToolFailure(result: "\(String(describing: result))")
            }
            let value = try content.value
            #expect(SchemaCheck.problems(value, try #require(tool.outputSchema)) == [])
            return value
        }
    }

    private static let film: JSONObject = ["media_type": "movie", "id": 11]

    private static func record(_ more: JSONObject) -> JSONValue {
        var record: JSONObject = ["id": 11, "title": "The Glass Harbour", "imdb_id": "tt0000011"]
        for (name, value) in more { record.set(name, to: value) }
        return .object(record)
    }

    private static let found: JSONValue = [
        "Response": "True", "imdbRating": "8.7", "imdbVotes": "1,974,112", "Metascore": "73",
        "Ratings": [
            ["Source": "Internet Movie Database", "Value": "8.7/10"], ["Source": "Rotten Tomatoes", "Value": "0%"],
            ["Source": "Metacritic", "Value": "73/100"],
        ],
    ]

    @Test("a title has them, with where they are from, and OMDb is asked by its id alone, with its own key")
    func ratings() throws {
        let world = try World(Self.record([:]), response(200, Self.found.text))
        let value = try world.call(Self.film)
        #expect(
            value["results"]?[0]?["ratings"] == [
                "imdb": 8.7, "imdb_votes": 1_974_112, "rotten_tomatoes": 0, "metacritic": 73,
            ])
        #expect(value["attribution"]?.string?.hasPrefix("Ratings from OMDb (omdbapi.com). Data from TMDB") == true)
        #expect(world.urls == ["https://omdb.example/?i=tt0000011&apikey=\(Self.omdbKey)"])
        #expect(world.tmdb.requests.allSatisfy { !$0.url.contains(Self.omdbKey) })
        #expect(!value.text.contains(Self.omdbKey))
    }

    @Test("OMDb's answers are kept for a day, whatever it says of caches")
    func kept() throws {
        let uncached = HTTPField(name: "Cache-Control", value: "no-store")
        let world = try World(Self.record([:]), response(200, Self.found.text, [uncached]))
        for _ in 0..<3 { _ = try world.call(Self.film) }
        #expect(world.urls.count == 1)
    }

    @Test("a series has them by the id that is appended, and several titles by theirs")
    func others() throws {
        let series: JSONValue = ["id": 12, "name": "Ferrymen", "external_ids": ["imdb_id": "tt0000012"]]
        let world = try World(series, response(200, Self.found.text))
        #expect(try world.call(["media_type": "tv", "ids": [12, 13]])["results"]?[1]?["ratings"]?["imdb"] == 8.7)
        #expect(world.urls.first?.contains("i=tt0000012&") == true)
    }

    @Test(
        "without a key, an id of IMDb's or a title nothing is asked",
        arguments: [
            (nil, ["imdb_id": "tt0000011"], "movie"), ("k", ["imdb_id": ""], "movie"), ("k", ["imdb_id": nil], "movie"),
            ("k", ["imdb_id": "tt1&x=2"], "movie"), ("k", ["imdb_id": "nm0000013"], "person"),
        ] as [(String?, JSONObject, String)])
    func unasked(key: String?, more: JSONObject, type: String) throws {
        let world = try World(Self.record(more), key: key, response(200, Self.found.text))
        let value = try world.call(["media_type": .string(type), "id": 11])
        #expect(world.urls.isEmpty)
        #expect(value["results"]?[0]?["ratings"] == nil)
        #expect(value["attribution"]?.string?.contains("OMDb") == false)
    }

    @Test(
        "what is no rating is left out",
        arguments: [
            "{\"Response\":\"False\",\"Error\":\"Incorrect IMDb ID.\"}", "{}", "[]", "5", "null",
            "{\"imdbRating\":\"N/A\",\"imdbVotes\":\"N/A\",\"Metascore\":\"N/A\",\"Ratings\":[]}",
            "{\"imdbRating\":\"11\",\"imdbVotes\":\"-5\",\"Metascore\":\"1e9\",\"Ratings\":[5,{\"Source\":5}]}",
            "{\"imdbRating\":8.7,\"imdbVotes\":\"{}\",\"Metascore\":\"\\\"7\\\"\",\"Ratings\":{}}",
        ])
    func none(answer: String) throws {
        let world = try World(Self.record([:]), response(200, answer))
        let value = try world.call(Self.film)
        #expect(value["results"]?[0]?["title"] == "The Glass Harbour")
        #expect(value["results"]?[0]?["ratings"] == nil)
    }

    @Test(
        "whatever fails at OMDb leaves the record as it is, and OMDb alone for a minute",
        arguments: [response(401, "{\"Error\":\"Request limit reached!\"}"), response(503), response(200, "<html>")])
    func failures(answer: Upstream.Outcome) throws {
        let world = try World(Self.record([:]), answer)
        for _ in 0..<2 {
            let value = try world.call(Self.film)
            #expect(value["results"]?[0]?["title"] == "The Glass Harbour")
            #expect(value["results"]?[0]?["ratings"] == nil)
            #expect(!value.text.contains("OMDb"))
        }
        #expect(world.urls.count == 1)
        world.omdb.immediate = response(200, Self.found.text)
        world.clock.advance(60)
        #expect(try world.call(Self.film)["results"]?[0]?["ratings"] != nil)
    }

    @Test(
        "texts that OMDb puts into its JSON as they are do not cost a title its ratings",
        arguments: [
            "by Dario Argento. It is the \u{1f}first feature", "a\ttab, a \u{8} and a \r\n", "Miliardi\\Millions",
            "inner\\spiritual peace", "the drummer\\'s late", #"he said \"hi\", \\ \/ \u00e9 \n"#, "\\x \\\\ \\y",
        ])
    func textsAsTheyAre(plot: String) throws {
        let body = Self.found.text.replacing(
            "{\"Response\"", with: "{\"Plot\":\"\(plot)\",\"Response\"", maxReplacements: 1)
        #expect(body.contains(plot))
        let value = try World(Self.record([:]), response(200, body)).call(Self.film)
        #expect(value["results"]?[0]?["ratings"]?["metacritic"] == 73)
    }

    @Test("an answer that cannot be read at all says nothing of the next title's")
    func unreadable() throws {
        let body = #"{"Response":"False","Error":"Conversion from string "011f8539" to type 'Double' is not valid."}"#
        let world = try World(Self.record([:]), response(200, body))
        #expect(try world.call(Self.film)["results"]?[0]?["ratings"] == nil)
        world.omdb.immediate = response(200, Self.found.text)
        #expect(try world.call(Self.film)["results"]?[0]?["ratings"] != nil)
    }

    @Test("what OMDb does not know yet is asked for again after an hour")
    func unknown() throws {
        let body = "{\"Response\":\"False\",\"Error\":\"Error getting data.\"}"
        let world = try World(Self.record([:]), response(200, body))
        for _ in 0..<2 { #expect(try world.call(Self.film)["results"]?[0]?["ratings"] == nil) }
        #expect(world.urls.count == 1)
        world.clock.advance(3601)
        world.omdb.immediate = response(200, Self.found.text)
        #expect(try world.call(Self.film)["results"]?[0]?["ratings"] != nil)
    }

    @Test("an OMDb that does not answer holds a record up for three seconds at most")
    func late() throws {
        let world = try World(Self.record([:]), nil)
        var result: CallToolResult?
        _ = world.tool.run(try world.tool.input.check(Self.film), try makeRequest()) { result = $0 }
        world.clock.advance(2.9)
        #expect(result == nil)
        world.clock.advance(0.2)
        guard case .structured? = result else { throw ToolFailure(result: "\(String(describing: result))") }
    }

    @Test("a call that is cancelled asks OMDb no longer")
    func cancelled() throws {
        let world = try World(Self.record([:]), nil)
        let cancel = world.tool.run(try world.tool.input.check(Self.film), try makeRequest()) { _ in
            Issue.record("a cancelled call has ended")
        }
        #expect(world.urls.count == 1)
        cancel()
        #expect(world.omdb.cancelled == 1)
    }

    @Test("another key is used from then on, and at once")
    func otherKey() throws {
        let world = try World(Self.record([:]), response(401))
        _ = try world.call(Self.film)
        world.client.use(key: "another")
        world.omdb.immediate = response(200, Self.found.text)
        #expect(try world.call(Self.film)["results"]?[0]?["ratings"] != nil)
        #expect(world.urls.last?.hasSuffix("apikey=another") == true)
    }
}
