import JSON
import MCP
import TMDB
import Testing

@Suite struct ResourceTests {
    private static let answers: [String: JSONValue] = [
        "/genre/movie/list": ["genres": [["id": 28, "name": "Action"]]],
        "/genre/tv/list": ["genres": [["id": 16, "name": "Animation"]]],
        "/configuration": ["images": ["secure_base_url": "https://image.example/"]],
        "/movie/438631?": ["id": 438_631, "title": "Dune", "release_date": "2021-09-15"],
        "/tv/70523?": ["id": 70523, "name": "Dark", "first_air_date": "2017-12-01"],
        "/tv/70523/season/1?": ["id": 1, "season_number": 1, "name": "Season 1", "episodes": []],
        "/person/6?": ["id": 6, "name": "Agnès Varda"],
        "/collection/8091?": ["id": 8091, "name": "Alien Collection", "parts": []],
    ]

    private func read(_ uri: String) throws -> JSONValue? {
        try Asking(Self.answers).result("resources/read", ["uri": .string(uri)])
    }

    @Test("resources and templates are listed")
    func lists() throws {
        let asking = try Asking([:])
        let resources = try asking.result("resources/list")?["resources"]?.array ?? []
        #expect(
            resources.map { $0["uri"]?.string } == ["tmdb://genres/movie", "tmdb://genres/tv", "tmdb://configuration"])
        let templates = try asking.result("resources/templates/list")?["resourceTemplates"]?.array ?? []
        #expect(
            templates.map { $0["uriTemplate"]?.string } == [
                "tmdb://movie/{id}", "tmdb://tv/{id}", "tmdb://person/{id}", "tmdb://collection/{id}",
                "tmdb://tv/{id}/season/{n}",
            ])
    }

    @Test(
        "each is read as JSON that holds the record",
        arguments: [
            ("tmdb://genres/movie", "Action"), ("tmdb://genres/tv", "Animation"),
            ("tmdb://configuration", "https://image.example/"), ("tmdb://movie/438631", "Dune"),
            ("tmdb://movie/438631-Dune-2021", "Dune"), ("tmdb://tv/70523", "Dark"),
            ("tmdb://tv/70523/season/1", "Season 1"), ("tmdb://tv/70523-Dark-2017/season/1", "Season 1"),
            ("tmdb://person/6", "Agnès Varda"), ("tmdb://collection/8091", "Alien Collection"),
        ])
    func reading(uri: String, word: String) throws {
        let result = try #require(try read(uri))
        let contents = try #require(result["contents"]?.array?.first)
        #expect(contents["uri"]?.string == uri)
        #expect(contents["mimeType"] == "application/json")
        let text = try #require(contents["text"]?.string)
        #expect(text.contains(word))
        #expect(try JSONValue(parsing: text).object != nil)
        #expect(result["ttlMs"]?.int64 ?? 0 > 0)
    }

    @Test(
        "each is there as Markdown too, for clients that give a model nothing but text/*",
        arguments: [
            ("tmdb://genres/movie", "- genres:\n  - id: "), ("tmdb://movie/438631", "- title: Dune\n"),
            ("tmdb://tv/70523/season/1", "- title: Season 1\n"), ("tmdb://person/6", "- name: Agnès Varda\n"),
            ("tmdb://collection/8091", "- title: Alien Collection\n"),
        ])
    func markdown(uri: String, words: String) throws {
        let contents = try #require(try read(uri)?["contents"]?.array)
        #expect(contents.map { $0["mimeType"] } == ["application/json", "text/markdown"])
        #expect(contents.map { $0["uri"]?.string } == [uri, uri])
        let text = try #require(contents.last?["text"]?.string)
        #expect(text.contains(words), "\(text)")
        #expect(text.contains("does not endorse"))
    }

    @Test("no text of TMDB's ends an item of the Markdown, or is a link, an image, code or HTML in it")
    func hostileMarkdown() throws {
        let words = "a\n- b\r\n# c ![d](http://e) <img src=f> `g` *h* \\[i]"
        let asking = try Asking(["/configuration": ["text": .string(words), "list": [.string(words)]]])
        let result = try asking.result("resources/read", ["uri": "tmdb://configuration"])
        let text = try #require(result?["contents"]?[1]?["text"]?.string)
        let line = "a - b # c !\\[d](http://e) \\<img src=f> \\`g\\` \\*h\\* \\\\\\[i]"
        #expect(text.hasPrefix("- text: \(line)\n- list: \(line)\n"), "\(text)")
    }

    @Test(
        "a record takes one request in any language: it has the names of its genres itself",
        arguments: [
            "tmdb://movie/438631", "tmdb://tv/70523", "tmdb://tv/70523/season/1", "tmdb://person/6",
            "tmdb://collection/8091",
        ])
    func oneRequest(uri: String) throws {
        let asking = try Asking(Self.answers, language: "de")
        #expect(try asking.result("resources/read", ["uri": .string(uri)]) != nil)
        #expect(asking.urls.count == 1)
    }

    @Test(
        "what there is not is not found",
        arguments: [
            "tmdb://movie/1", "tmdb://movie/x", "tmdb://movie/-1", "tmdb://movie/0", "tmdb://movie/1x",
            "tmdb://movie/99999999999999999999", "tmdb://tv/70523/season/x", "tmdb://tv/70523/season/-1",
            "tmdb://tv/70523/season/9", "tmdb://genres/x", "tmdb://", "http://movie/438631",
        ])
    func notFound(uri: String) throws {
        let error = try Asking(Self.answers).error("resources/read", ["uri": .string(uri)])
        #expect(error?["code"] == -32602)
        #expect(error?["message"]?.string?.contains("resources/templates/list") == true)
    }

    @Test(
        "each tells where its data is from",
        arguments: [
            "tmdb://genres/movie", "tmdb://configuration", "tmdb://movie/438631", "tmdb://tv/70523", "tmdb://person/6",
            "tmdb://collection/8091", "tmdb://tv/70523/season/1",
        ])
    func attribution(uri: String) throws {
        let text = try #require(try read(uri)?["contents"]?.array?.first?["text"]?.string)
        #expect(try JSONValue(parsing: text)["attribution"]?.string?.contains("does not endorse") == true)
    }

    @Test("a season is told whole, however long it is")
    func longSeason() throws {
        var season = try #require(Samples.season.object)
        season.set("episodes", to: .array((1...120).map(Samples.episode)))
        let asking = try Asking(["/tv/5/season/1?": .object(season)])
        let result = try asking.result("resources/read", ["uri": "tmdb://tv/5/season/1"])
        let text = try #require(result?["contents"]?.array?.first?["text"]?.string)
        let value = try JSONValue(parsing: text)
        #expect(value["episodes"]?.array?.count == 120)
        #expect(value["total_episodes"] == 120)
        #expect(value["page"] == nil)
        #expect(value["total_pages"] == nil)
    }

    @Test("a list of another form fails and says so")
    func otherForm() throws {
        let error = try Asking(["/genre/tv/list": []]).error("resources/read", ["uri": "tmdb://genres/tv"])
        #expect(error?["message"]?.string?.contains(TMDBError.unexpectedShape.message) == true)
    }

    @Test("a member of TMDB's that has the name of one of ours stands once, and is ours")
    func sameName() throws {
        let asking = try Asking(["/configuration": ["attribution": "theirs"]])
        let result = try asking.result("resources/read", ["uri": "tmdb://configuration"])
        let text = try #require(result?["contents"]?[0]?["text"]?.string)
        #expect(text.split(separator: "\"attribution\":").count == 2)
        #expect(!text.contains("theirs"))
    }
}
