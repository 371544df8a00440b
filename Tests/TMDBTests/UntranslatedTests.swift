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
}
