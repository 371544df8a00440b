import HTTPTypes
import JSON
import MCP
import TMDB
import Testing

/// Searches by a year, also one that stands behind the title.
@Suite struct SearchYearTests {
    @Test(
        "a year in brackets behind a title is taken for the year, where there is one to search by",
        arguments: [
            (
                ["query": "Dune  (2021) ", "type": "movie"],
                "/search/movie?query=Dune&page=1&language=en-US&primary_release_year=2021"
            ),
            (
                ["query": "Dark (2017)", "type": "tv", "year": 2018],
                "/search/tv?query=Dark&page=1&language=en-US&first_air_date_year=2018"
            ),
            (
                ["query": "Dune\u{FF08}\u{FF12}021\u{FF09}", "type": "movie"],
                "/search/movie?query=Dune&page=1&language=en-US&primary_release_year=2021"
            ),
            (
                ["query": "沙丘【2021】", "type": "movie"],
                "/search/movie?query=%E6%B2%99%E4%B8%98&page=1&language=en-US&primary_release_year=2021"
            ),
            (
                ["query": "Dark (2017\u{2013}2020)", "type": "tv"],
                "/search/tv?query=Dark&page=1&language=en-US&first_air_date_year=2017"
            ),
            (
                ["query": "Severance [2022\u{2013} ]", "type": "tv"],
                "/search/tv?query=Severance&page=1&language=en-US&first_air_date_year=2022"
            ),
            (
                ["query": "Dune (2021 film)", "type": "movie"],
                "/search/movie?query=Dune%20%282021%20film%29&page=1&language=en-US"
            ),
            (["query": "(2021)"], "/search/multi?query=%282021%29&page=1&language=en-US"),
            (["query": "Dune (20x1)"], "/search/multi?query=Dune%20%2820x1%29&page=1&language=en-US"),
            (["query": "Dune (2021)", "type": "keyword"], "/search/keyword?query=Dune%20%282021%29&page=1"),
        ] as [(JSONObject, String)])
    func yearInQuery(arguments: JSONObject, target: String) throws {
        let desk = try desk(Samples.page([]))
        _ = try desk.value("search", arguments)
        #expect(desk.upstream.targets == [target])
    }

    @Test(
        "a year without a type asks for movies and series",
        arguments: [
            ["query": "Dune", "year": 2021], ["query": "Dune (2021)"], ["query": "Dune\u{FF08}2021\u{FF09}"],
            ["query": "Dune", "year": 2021, "type": "multi"],
        ] as [JSONObject])
    func yearOfBoth(arguments: JSONObject) throws {
        let upstream = Upstream()
        upstream.answer = { target in
            let isMovie = target.hasPrefix("/search/movie")
            let rows: [JSONValue] = (0..<3).map { place in
                [
                    "id": .number(JSONNumber(place + (isMovie ? 10 : 20))), isMovie ? "title" : "name": "Dune",
                    "popularity": .number(JSONNumber(isMovie ? [90, 5, 40][place] : [50, 60, 1][place])),
                ]
            }
            return response(200, Samples.page(rows).text)
        }
        let desk = try ToolDesk(upstream)
        let value = try desk.value("search", arguments)
        #expect(
            desk.upstream.targets == [
                "/search/movie?query=Dune&page=1&language=en-US&primary_release_year=2021",
                "/search/tv?query=Dune&page=1&language=en-US&first_air_date_year=2021",
            ])
        // In each the order is TMDB's.
        #expect(value["results"]?.array?.compactMap { $0["id"]?.int } == [10, 20, 21, 11, 12, 22])
        #expect(value["results"]?[1]?["media_type"] == "tv")
        #expect(value["total_results"] == 86)
        #expect(value["total_pages"] == 3)
        var fewer = arguments
        fewer.set("limit", to: 2)
        #expect(try desk.value("search", fewer)["results"]?.array?.count == 2)
    }

    @Test("a year without a type gives all rows of both pages, and says when there are none")
    func yearRows() throws {
        let rows = (1...20).map { JSONValue.object(["id": .number(JSONNumber($0)), "title": "T", "name": "T"]) }
        let full = try desk(Samples.page(rows)).value("search", ["query": "a", "year": 2000])
        #expect(full["results"]?.array?.count == 40)
        #expect(full.serialized().count < 8_000)
        let none = try desk(Samples.page([])).value("search", ["query": "a", "year": 2000])
        #expect(none["note"]?.string?.contains("no year") == true)
        #expect(
            try ToolDesk(Upstream(response(422, "{\"status_message\":\"no\"}"))).failure(
                "search", ["query": "a", "year": 2000]
            ).contains("422"))
        #expect(
            try desk(["page": 1, "results": []]).failure("search", ["query": "a", "year": 2000])
                == TMDBError.unexpectedShape.message)
        let region = try desk(Samples.page([]))
        _ = try region.value("search", ["query": "a", "year": 2000, "region": "UK"])
        #expect(region.upstream.targets.first?.hasSuffix("&region=GB") == true)
    }
}
