import JSON
import MCP
import TMDB
import Testing

/// What is appended to a record is shaped as the tools that are about it shape it.
@Suite struct AppendedTests {
    private func appended(
        _ name: String, _ namespace: JSONValue, to type: String = "movie", _ more: JSONObject = [:]
    ) throws -> JSONValue? {
        var source = try #require((type == "person" ? Samples.personRecord : Samples.filmRecord).object)
        source.set(name, to: namespace)
        var arguments: JSONObject = ["media_type": .string(type), "id": 1, "append": [.string(name)]]
        for (name, value) in more { arguments.set(name, to: value) }
        let value = try desk(.object(source)).value("get_details", arguments)
        #expect(value["results"]?[0]?["appended"]?.object?.map { $0.key } ?? [name] == [name])
        return value["results"]?[0]?["appended"]?[name]
    }

    @Test("lists are lists, whatever TMDB calls them")
    func lists() throws {
        let names: JSONValue = [["id": 15, "name": "harbour"]]
        #expect(try appended("keywords", ["id": 1, "keywords": names]) == ["harbour"])
        #expect(try appended("keywords", ["id": 1, "results": names], to: "tv") == ["harbour"])
        let titles: JSONValue = [["iso_3166_1": "RS", "title": "Luka", "type": ""]]
        #expect(try appended("alternative_titles", ["titles": titles]) == [["title": "Luka", "country": "RS"]])
        #expect(try appended("keywords", ["keywords": []]) == nil)
        #expect(try appended("changes", ["changes": [["key": "title", "items": []]]]) == [["key": "title"]])
    }

    @Test("translations are languages with titles")
    func translations() throws {
        let list: JSONValue = [
            ["iso_3166_1": "BR", "iso_639_1": "pt", "name": "Português", "data": ["title": "Luka", "overview": "…"]],
            ["iso_3166_1": "DE", "iso_639_1": "de", "data": ["name": "Hafen"]], ["iso_639_1": "xx", "data": [:]],
        ]
        #expect(
            try appended("translations", ["translations": list]) == [
                ["language": "pt-BR", "title": "Luka"], ["language": "de-DE", "title": "Hafen"], ["language": "xx"],
            ])
    }

    private static let offers: JSONValue = [
        "results": [
            "DE": [
                "flatrate": [["provider_name": "Netflix", "logo_path": "/n.jpg"]], "link": "https://example.com/de",
            ],
            "US": ["rent": [["provider_name": "Apple TV"]]],
        ]
    ]

    @Test("offers are those of the region, else of the language's country; without any, the countries that have some")
    func offers() throws {
        let german: JSONValue = ["region": "DE", "stream": ["Netflix"], "link": "https://example.com/de"]
        #expect(try appended("watch/providers", Self.offers, ["region": "DE"]) == german)
        #expect(try appended("watch/providers", Self.offers, ["language": "de-DE"]) == german)
        #expect(try appended("watch/providers", Self.offers) == ["region": "US", "rent": ["Apple TV"]])
        #expect(
            try appended("watch/providers", Self.offers, ["region": "FR"])
                == [
                    "region": "FR", "regions": ["DE", "US"],
                    "note": "Nothing is offered in FR, but in those of regions.",
                ])
    }

    @Test("releases are those of the region with their kinds, else the American ones")
    func releases() throws {
        let dates: JSONValue = [
            "results": [
                ["iso_3166_1": "US", "release_dates": [["type": 3, "release_date": "2019-03-04T00:00:00.000Z"]]],
                [
                    "iso_3166_1": "DE",
                    "release_dates": [["type": 4, "release_date": "2019-06-01T00:00:00.000Z", "certification": "12"]],
                ],
            ]
        ]
        let american: JSONValue = [["country": "US", "date": "2019-03-04", "type": "theatrical"]]
        #expect(
            try appended("release_dates", dates, ["region": "DE"])
                == [["country": "DE", "date": "2019-06-01", "type": "digital", "certification": "12"]])
        #expect(try appended("release_dates", dates) == american)
        #expect(try appended("release_dates", dates, ["region": "FR"]) == american)
    }

    @Test("credits of a person are pages of titles, of films alone with their type")
    func works() throws {
        let all = try appended("combined_credits", Samples.personCredits, to: "person")
        #expect(all?["total_results"] == 5)
        #expect(all?["results"]?[0]?["title"] == "Short Pier")
        let cast: JSONValue = ["cast": [["id": 11, "title": "A", "character": "X"]]]
        let films = try appended("movie_credits", cast, to: "person")
        #expect(
            films == [
                "total_results": 1, "results": [["id": 11, "media_type": "movie", "title": "A", "character": "X"]],
            ])
    }

    @Test("a season has its episodes")
    func season() throws {
        let season = try appended("season/1", Samples.season, to: "tv")
        #expect(season?["title"] == "Season 1")
        #expect(season?["total_episodes"] == 2)
        #expect(season?["episodes"]?[0]?["title"] == "Part 1")
    }
}
