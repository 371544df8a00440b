import Foundation
import JSON
import MCP
import TMDB
import Testing

/// The answers of TMDB's own in the folder that TMDB_RECORDINGS names, for those who have them.
private enum ReferenceAnswers {
    /// The example answers of the endpoints' reference, by path.
    static func example(_ path: String) throws -> String {
        try #require(RealAnswers.endpoints()["/3" + path]?["examples"]?["200"]).text
    }

    static func parameters(_ path: String) throws -> [String] {
        try #require(RealAnswers.endpoints()["/3" + path]?["parameters"]?.array).compactMap { $0["name"]?.string }
    }

    static func recording(_ name: String) throws -> String {
        try RealAnswers.recorded(name + ".json").text
    }
}

@Suite(.enabled(if: RealAnswers.isWanted, "an option: TMDB_RECORDINGS names no folder of TMDB's answers"))
struct ReferenceAnswerTests {
    @Test("the discover tools have every parameter of TMDB's reference", arguments: ["movie", "tv"])
    func parameters(medium: String) throws {
        let tmdb = try ScriptedTMDB([:])
        let tool = try tmdb.tool(medium == "tv" ? "discover_tv" : "discover_movies")
        let known = Set(tool.input.parameters.map(\.name))
        #expect(try Set(ReferenceAnswers.parameters("/discover/\(medium)")).subtracting(known) == [])
    }

    @Test("a page of 20 of TMDB's own is under 8 KB", arguments: ["movie", "tv"])
    func pages(medium: String) throws {
        let bodies = [
            try ReferenceAnswers.example("/discover/\(medium)"), try ReferenceAnswers.recording("discover_\(medium)"),
        ]
        for body in bodies {
            let tmdb = try ScriptedTMDB(["/discover/\(medium)": body])
            let tool = medium == "tv" ? "discover_tv" : "discover_movies"
            let page = try tmdb.object(tool, [:])
            #expect(page["results"]?.array?.count == 20)
            #expect(page.text.utf8.count < 8_000)
            #expect(try tmdb.object(tool, ["detail": "full"])["results"]?.array?.count == 20)
        }
    }

    @Test(
        "every list of TMDB's own is under 8 KB",
        arguments: [
            ("movie_genres", "/genre/movie/list", 19), ("tv_genres", "/genre/tv/list", 16),
            ("movie_providers", "/watch/providers/movie", 150), ("tv_providers", "/watch/providers/tv", 100),
            ("provider_regions", "/watch/providers/regions", 50), ("languages", "/configuration/languages", 180),
            ("movie_certifications", "/certification/movie/list", 40),
            ("tv_certifications", "/certification/tv/list", 40), ("countries", "/configuration/countries", 250),
            ("timezones", "/configuration/timezones", 100),
        ])
    func lists(kind: String, path: String, least: Int) throws {
        let tmdb = try ScriptedTMDB([path: try ReferenceAnswers.example(path)])
        let hasRegions = kind.hasSuffix("providers") || kind.hasSuffix("certifications") || kind == "timezones"
        let all: [JSONObject] = [[:], ["region": "US"], ["region": "DE"]]
        for arguments in hasRegions ? all : [[:]] {
            var arguments = arguments
            arguments.set("kind", to: .string(kind))
            let list = try tmdb.object("list_reference", arguments)
            #expect(list.text.utf8.count < 8_000)
            let count = list["entries"]?.object?.count ?? 0
            #expect(count >= (arguments["region"] == nil ? least : 1), "\(count)")
        }
    }

    @Test("names are found in TMDB's own lists and searches")
    func names() throws {
        let paths = ["/search/company", "/search/person", "/search/keyword", "/watch/providers/movie"]
        var bodies = ["/discover/movie": DiscoverFilterTests.empty]
        for path in paths { bodies[path] = try ReferenceAnswers.example(path) }
        let tmdb = try ScriptedTMDB(bodies)
        let page = try tmdb.object(
            "discover_movies",
            [
                "with_companies": "HBO", "with_cast": "tom hanks", "with_keywords": "Lost", "watch_region": "US",
                "with_watch_providers": "Netflix|Hulu|Apple TV+|Paramount+",
            ])
        #expect(
            page["resolved"] == [
                "with_companies": "3268 HBO", "with_cast": "31 Tom Hanks", "with_keywords": "262419 lost",
                "with_watch_providers": "8 Netflix|15 Hulu|350 Apple TV Plus|531 Paramount Plus",
            ])
        for (region, id) in [("US", "9"), ("FR", "119")] {
            let filters: JSONObject = ["watch_region": .string(region), "with_watch_providers": "Amazon Prime Video"]
            let page = try tmdb.object("discover_movies", filters)
            #expect(page["resolved"] == ["with_watch_providers": .string("\(id) Amazon Prime Video")])
        }
    }

    @Test(
        "services have the names that people use in TMDB's own lists",
        arguments: [
            ("US", "Prime Video", 9), ("GB", "Amazon", 9), ("FR", "Amazon", 119), ("US", "Peacock", 386),
            ("US", "Max", 384),
            ("ES", "HBO", 384), ("BR", "Max", 384), ("US", "Apple TV+", 350), ("FR", "Apple TV", 2),
            ("JP", "Disney+", 337),
            ("IN", "Disney+", 122), ("IN", "JioHotstar", 122), ("GB", "NOW", 39), ("IE", "Now TV", 39),
            ("IT", "NOW", 39),
            ("BR", "NOW", 484), ("GB", "Sky", 29), ("DE", "Sky", 29), ("CH", "Sky", 210), ("ES", "Movistar+", 149),
            ("FR", "Canal+", 381), ("CA", "Crave", 230), ("GB", "BBC iPlayer", 38), ("US", "Paramount Plus", 531),
            ("GB", "Paramount", 531), ("US", "Crunchyroll", 283), ("AU", "Stan", 21), ("BR", "Globoplay", 307),
            ("DE", "WOW", 30), ("GB", "ITVX", 41), ("GB", "ITV", 41), ("GB", "Channel 4", 103), ("US", "Showtime", 37),
            ("US", "Starz", 43), ("US", "Tubi", 73), ("US", "Pluto", 300), ("DE", "ARD", 219), ("US", "AMC+", 526),
            ("AU", "Binge", 385), ("AU", "Foxtel", 134), ("IN", "Sony LIV", 237), ("IN", "Zee 5", 232),
            ("DE", "RTL+", 298),
            ("DE", "Magenta", 178), ("FR", "Arte", 234), ("FR", "France.tv", 236), ("US", "Discovery+", 520),
            ("GB", "Discovery", 524), ("US", "Criterion", 258), ("US", "YouTube", 192), ("IT", "Mediaset", 359),
            ("US", "Netflix", 8), ("CA", "CBC", 314), ("JP", "U-Next", 84), ("US", "Hulu", 15), ("ES", "Filmin", 63),
            ("US", "Freevee", 613), ("GB", "All4", 103), ("US", "MGM+", 34), ("US", "the roku channel", 207),
        ] as [(String, String, Int)])
    func services(region: String, name: String, id: Int) throws {
        let path = "/watch/providers/movie"
        let tmdb = try ScriptedTMDB([
            path: try ReferenceAnswers.example(path), "/discover/movie": DiscoverFilterTests.empty,
        ])
        _ = try tmdb.object(
            "discover_movies", ["watch_region": .string(region), "with_watch_providers": .string(name)])
        #expect(tmdb.query("/discover/movie")?["with_watch_providers"] == "\(id)")
    }

    @Test(
        "offers of TMDB's own have services in every region",
        arguments: ["/movie/{movie_id}", "/tv/{series_id}", "/tv/{series_id}/season/{season_number}"])
    func offers(path: String) throws {
        let real = path.replacing("{movie_id}", with: "5").replacing("{series_id}", with: "5")
            .replacing("{season_number}", with: "1")
        let tmdb = try ScriptedTMDB([real + "/watch/providers": try ReferenceAnswers.example(path + "/watch/providers")]
        )
        var arguments: JSONObject = ["media_type": path.hasPrefix("/tv") ? "tv" : "movie", "id": 5]
        if path.hasSuffix("}") && path.contains("season") { arguments.set("season_number", to: 1) }
        let regions = try #require(try tmdb.object("get_watch_providers", arguments)["regions"]?.array)
        #expect(regions.count > 10)
        // The reference's file has a region that is none: a "NO" that a tool has read as a false.
        for region in regions where region.string?.count == 2 {
            arguments.set("region", to: region)
            let offers = try tmdb.object("get_watch_providers", arguments)
            #expect(offers["link"] != nil)
            #expect(["stream", "free", "ads", "rent", "buy"].contains { offers[$0] != nil })
        }
    }

    @Test(
        "what TMDB found by other sites' ids",
        arguments: ["find_movie_by_imdb", "find_person_by_imdb", "find_tv_series"])
    func found(name: String) throws {
        let tmdb = try ScriptedTMDB(["/find/tt1": try ReferenceAnswers.recording(name)])
        for detail in ["compact", "full"] {
            let found = try tmdb.object("find_by_external_id", ["external_id": "tt1", "detail": .string(detail)])
            #expect(found["results"]?.array?.count == 1)
        }
    }
}
