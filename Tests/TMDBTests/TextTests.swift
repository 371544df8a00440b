import JSON
import MCP
import TMDB
import Testing

/// Texts that go to TMDB and come from it.
@Suite struct TextTests {
    private func query(_ words: String) throws -> String {
        let desk = try desk(Samples.page([Samples.film]))
        _ = try desk.value("search", ["query": .string(words)])
        let target = try #require(desk.upstream.targets.first)
        return String(target.drop { $0 != "=" }.dropFirst().prefix { $0 != "&" })
    }

    @Test(
        "what nobody sees is not searched for", arguments: ["\u{200B}", "\u{2066}", "\u{202E}", "\u{FEFF}", "\u{AD}"])
    func unseen(hidden: String) throws {
        #expect(try query("Du\(hidden)ne") == "Dune")
        #expect(try desk(.null).failure("search", ["query": .string(hidden)]).contains("query must not be empty"))
    }

    @Test(
        "letters are composed as Unicode's NFC composes them",
        arguments: [
            ("Ame\u{301}lie", "Am%C3%A9lie"), ("e\u{302}\u{301}", "%E1%BA%BF"), ("e\u{323}\u{302}", "%E1%BB%87"),
            ("\u{1112}\u{1161}\u{11AB}", "%ED%95%9C"), ("\u{1112}\u{1161}", "%ED%95%98"),
            ("\u{304B}\u{3099}", "%E3%81%8C"), ("\u{30CF}\u{309A}", "%E3%83%91"), ("\u{438}\u{306}", "%D0%B9"),
            ("x\u{301}", "x%CC%81"), ("\u{301}e", "%CC%81e"), ("é", "%C3%A9"),
            ("\u{645}\u{200C}\u{627}", "%D9%85%E2%80%8C%D8%A7"),
        ])
    func composed(words: String, sent: String) throws {
        #expect(try query(words) == sent)
    }

    @Test("names that filters look up are searched for likewise")
    func names() throws {
        let desk = try desk(Samples.page([["id": 5, "name": "Amélie"]]))
        _ = try? desk.value("discover_movies", ["with_keywords": "Ame\u{301}\u{200B}lie"])
        #expect(desk.upstream.targets.first == "/search/keyword?query=Am%C3%A9lie")
    }

    @Test(
        "what is hidden in TMDB's texts does not come through",
        arguments: ["\u{E0041}", "\u{E007F}", "\u{2060}", "\u{2064}", "\u{FEFF}", "\u{0}", "\u{1B}", "\u{9B}", "\r"])
    func hidden(scalar: String) throws {
        var source = try #require(Samples.film.object)
        source.set("title", to: .string("Du\(scalar)ne"))
        source.set("overview", to: .string("a\(scalar)\n\tб"))
        let value = try desk(Samples.page([.object(source)])).value("search", ["query": "a", "type": "movie"])
        #expect(value["results"]?[0]?["title"] == "Dune")
        #expect(value["results"]?[0]?["overview"] == "a\n\tб")
        let body: JSONValue = ["status_message": .string("Inva\(scalar)lid.")]
        let words = try ToolDesk(Upstream(response(400, body.text))).failure("search", ["query": "a"])
        #expect(words.contains("Invalid."))
    }

    @Test("an empty search says what to try")
    func empty() throws {
        let nothing: JSONValue = ["page": 1, "results": [], "total_pages": 1, "total_results": 0]
        let found = try desk(nothing).value("search", ["query": "a"])
        #expect(found["note"]?.string?.contains("fewer words") == true)
        let after = try desk(nothing).value("search", ["query": "a", "page": 3])
        #expect(after["note"]?.string?.contains("total_pages") == true)
        #expect(try desk(nothing).value("discover_tv", [:])["note"]?.string?.contains("filter") == true)
        #expect(try desk(Samples.page([Samples.film])).value("discover_tv", [:])["note"] == nil)
    }

    @Test("a region without offers says which regions have some")
    func offers() throws {
        let offers: JSONValue = [
            "results": ["DE": ["flatrate": [["provider_name": "N"]]], "FR": ["link": "https://example.com"]]
        ]
        for region in ["FR", "IT"] {
            let value = try desk(offers).value(
                "get_watch_providers", ["media_type": "movie", "id": 1, "region": .string(region)])
            #expect(value["regions"]?.array?.contains("DE") == true)
            #expect(value["regions"]?.array?.contains(.string(region)) == false)
            #expect(value["note"]?.string?.contains("in \(region)") == true)
        }
        let nowhere = try desk(["results": [:]]).value(
            "get_watch_providers", ["media_type": "movie", "id": 1, "region": "FR"])
        #expect(nowhere["note"] == "Nothing is offered in FR, nor anywhere else.")
    }
}
