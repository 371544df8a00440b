import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Where TMDB has no text in the language that was asked for, that in English or of the original is given.
@Suite struct UntranslatedTests {
    /// - Parameter overviews: by language.
    private func film(_ overviews: [String: String], original: String = "pt", language: String) throws -> (
        record: JSONValue, asked: [String]
    ) {
        let upstream = Upstream()
        var source = try #require(Samples.filmRecord.object)
        source.set("original_language", to: .string(original))
        upstream.answer = { target in
            let code = target.split(separator: "language=").last.map { String($0.prefix(2)) } ?? ""
            let own = target.contains("append") ? String(language.prefix(2)) : code
            source.set("overview", to: .string(overviews[own] ?? ""))
            return response(200, JSONValue.object(source).text)
        }
        let value = try ToolDesk(upstream).value(
            "get_details", ["media_type": "movie", "id": 11, "language": .string(language)])
        return (try #require(value["results"]?[0]), Array(upstream.targets.dropFirst()))
    }

    @Test("English text is given, and is told to be English")
    func english() throws {
        let (record, asked) = try film(["en": "A harbour.", "pt": "Um porto."], language: "de-DE")
        #expect(record["overview"] == "A harbour.")
        #expect(record["text_language"] == "en")
        #expect(asked == ["/movie/11?language=en", "/movie/11?language=pt"])
    }

    @Test("without English text that of the original is given, for those who ask in English too")
    func original() throws {
        for language in ["de", "en-US"] {
            let (record, _) = try film(["pt": "Um porto."], language: language)
            #expect(record["overview"] == "Um porto.")
            #expect(record["text_language"] == "pt")
        }
    }

    @Test("what is translated, or written nowhere, has no language of its own")
    func none() throws {
        let (record, asked) = try film(["de": "Ein Hafen.", "en": "A harbour."], language: "de")
        #expect(record["overview"] == "Ein Hafen.")
        #expect(record["text_language"] == nil)
        #expect(asked.isEmpty)
        let nowhere = try film([:], original: "en", language: "en-US")
        #expect(nowhere.record["overview"] == nil)
        #expect(nowhere.record["text_language"] == nil)
        #expect(nowhere.asked.isEmpty)
    }

    @Test("a person's biography is given in English")
    func biography() throws {
        let upstream = Upstream()
        var source = try #require(Samples.personRecord.object)
        upstream.answer = { target in
            source.set("biography", to: target.hasSuffix("language=en") ? "Born by the sea." : "")
            return response(200, JSONValue.object(source).text)
        }
        let value = try ToolDesk(upstream).value(
            "get_details", ["media_type": "person", "id": 13, "language": "fr-FR"])
        #expect(value["results"]?[0]?["biography"] == "Born by the sea.")
        #expect(value["results"]?[0]?["text_language"] == "en")
    }

    @Test("short records of a batch ask for no texts")
    func batch() throws {
        var source = try #require(Samples.filmRecord.object)
        source.set("overview", to: "")
        let desk = try desk(.object(source))
        _ = try desk.value("get_details", ["media_type": "movie", "ids": [1, 2], "language": "de"])
        #expect(desk.upstream.targets.count == 2)
    }

    @Test("episodes have their overview in English, each that lacks its own")
    func episodes() throws {
        let upstream = Upstream()
        upstream.answer = { target in
            let isEnglish = target.hasSuffix("language=en")
            let episodes: JSONValue = [
                ["episode_number": 1, "name": "Eins", "overview": isEnglish ? "They row." : "Sie rudern."],
                ["episode_number": 2, "name": isEnglish ? "Two" : "", "overview": isEnglish ? "They rest." : ""],
                ["episode_number": 3, "name": "Drei", "overview": ""],
            ]
            let season: JSONValue = ["season_number": 1, "name": "S", "overview": "Alles.", "episodes": episodes]
            return response(200, season.text)
        }
        let value = try ToolDesk(upstream).value("get_season", ["id": 12, "season_number": 1, "language": "de"])
        #expect(
            value["episodes"] == [
                ["episode_number": 1, "title": "Eins", "overview": "Sie rudern."],
                ["episode_number": 2, "title": "Two", "overview": "They rest.", "text_language": "en"],
                ["episode_number": 3, "title": "Drei"],
            ])
        #expect(upstream.targets == ["/tv/12/season/1?language=de", "/tv/12/season/1?language=en"])
    }

    // MARK: Lists

    /// Two rows, of which German lacks the second's overview, and English the title.
    private static func rows(_ language: String, _ type: String) -> [JSONValue] {
        let isEnglish = language == "en"
        let title = type == "tv" ? "name" : "title"
        return [
            [
                "id": 1, title: isEnglish ? "One" : "Eins", "overview": isEnglish ? "They row." : "Sie rudern.",
                "media_type": .string(type),
            ],
            [
                "id": 2, title: isEnglish ? "Two" : "Zwei", "overview": isEnglish ? "They rest." : "",
                "media_type": .string(type),
            ],
            ["id": 3, title: isEnglish ? "Three" : "", "overview": "", "media_type": .string(type)],
        ]
    }

    private static func language(of target: String) -> String {
        target.contains("language=en") ? "en" : "de"
    }

    @Test(
        "rows without a text have it in English, for one request more",
        arguments: [
            ("search", ["query": "a", "type": "movie"], "/search/movie?query=a&page=1"),
            ("search", ["query": "a", "type": "tv"], "/search/tv?query=a&page=1"),
            ("get_trending", ["media_type": "movie", "time_window": "day"], "/trending/movie/day?page=1"),
            ("get_recommendations", ["media_type": "movie", "id": 5], "/movie/5/recommendations?page=1"),
            ("discover_movies", [:], "/discover/movie?page=1"), ("discover_tv", [:], "/discover/tv?page=1"),
        ] as [(String, JSONObject, String)])
    func list(tool: String, arguments: JSONObject, path: String) throws {
        let upstream = Upstream()
        upstream.answer = { target in
            let type = target.contains("tv") ? "tv" : "movie"
            return response(200, Samples.page(Self.rows(Self.language(of: target), type)).text)
        }
        var arguments = arguments
        arguments.set("language", to: "de-AT")
        let value = try ToolDesk(upstream).value(tool, arguments)
        #expect(upstream.targets == [path + "&language=de-AT", path + "&language=en"])
        #expect(value["results"]?[0]?["overview"] == "Sie rudern.")
        #expect(value["results"]?[0]?["text_language"] == nil)
        #expect(value["results"]?[1]?["title"] == "Zwei")
        #expect(value["results"]?[1]?["overview"] == "They rest.")
        #expect(value["results"]?[1]?["text_language"] == "en")
        #expect(value["results"]?[2]?["title"] == "Three")
    }

    @Test("a search by year asks each of its two pages again at most")
    func searchByYear() throws {
        let upstream = Upstream()
        upstream.answer = { target in
            response(
                200, Samples.page(Self.rows(Self.language(of: target), target.contains("/tv") ? "tv" : "movie")).text)
        }
        let value = try ToolDesk(upstream).value("search", ["query": "a", "year": 2000, "language": "de"])
        #expect(upstream.targets.count == 4)
        #expect(value["results"]?.array?.count { $0["text_language"] == "en" } == 2)
    }

    @Test("texts that are not shown are not asked for, nor any for those who ask in English")
    func notShown() throws {
        let whole: [JSONValue] = (10..<15).map { ["id": .number(JSONNumber($0)), "title": "T", "overview": "Text."] }
        let page = Samples.page(whole + [["id": 2, "title": "Zwei", "overview": ""]])
        for (arguments, count) in [
            (["query": "a", "type": "movie", "language": "de"], 1),
            (["query": "a", "type": "movie", "language": "de", "detail": "full"], 2),
            (["query": "a", "type": "movie", "language": "de", "detail": "full", "limit": 5], 1),
            (["query": "a", "type": "movie", "language": "en-GB", "detail": "full"], 1),
        ] as [(JSONObject, Int)] {
            let desk = try desk(page)
            _ = try desk.value("search", arguments)
            #expect(desk.upstream.targets.count == count)
        }
        let people = try desk(Samples.page([Samples.person]))
        _ = try people.value("search", ["query": "a", "type": "person", "language": "de"])
        #expect(people.upstream.targets.count == 1)
    }

    @Test("where English cannot be had the rows stay as they are", arguments: ["{}", "{\"results\":5}", nil])
    func englishFails(body: String?) throws {
        let upstream = Upstream()
        upstream.answer = { target in
            if Self.language(of: target) == "en" { return body.map { response(200, $0) } ?? response(500, "") }
            return response(200, Samples.page(Self.rows("de", "movie")).text)
        }
        let value = try ToolDesk(upstream).value("discover_movies", ["language": "de"])
        #expect(value["results"]?.array?.count == 2 || value["results"]?[1]?["overview"] == nil)
        #expect(value["results"]?[1]?["text_language"] == nil)
    }

    @Test("a filmography in full has its texts in English where it has none; a short one has no texts")
    func filmography() throws {
        let upstream = Upstream()
        upstream.answer = { target in
            response(200, JSONValue.object(["cast": .array(Self.rows(Self.language(of: target), "movie"))]).text)
        }
        let desk = try ToolDesk(upstream)
        let full = try desk.value("get_filmography", ["id": 13, "language": "de", "detail": "full"])
        let row = full["results"]?.array?.first { $0["id"] == 2 }
        #expect(row?["overview"] == "They rest." && row?["text_language"] == "en")
        #expect(upstream.targets.last == "/person/13/combined_credits?language=en")
        _ = try desk.value("get_filmography", ["id": 13, "language": "de"])
        #expect(upstream.targets.count == 3)
    }

    @Test("the parts of a collection have their texts in English where they have none")
    func collection() throws {
        let upstream = Upstream()
        upstream.answer = { target in
            let isEnglish = Self.language(of: target) == "en"
            let record: JSONValue = [
                "id": 16, "name": "Häfen", "overview": isEnglish ? "All harbours." : "",
                "parts": .array(Self.rows(isEnglish ? "en" : "de", "movie")),
            ]
            return response(200, record.text)
        }
        let value = try ToolDesk(upstream).value("get_collection", ["id": 16, "language": "de"])
        #expect(value["overview"] == "All harbours." && value["text_language"] == "en")
        #expect(value["parts"]?[1]?["overview"] == "They rest." && value["parts"]?[1]?["text_language"] == "en")
        #expect(upstream.targets == ["/collection/16?language=de", "/collection/16?language=en"])
    }
}
