import JSON
import MCP
import TMDB
import Testing

/// The country that a call is about where it names none: the server's own, else that of the language.
@Suite struct CountryTests {
    private static let offers: JSONValue = [
        "id": 5,
        "results": [
            "DE": ["link": "https://example.com/de", "flatrate": [["provider_name": "WOW"]]],
            "GB": ["link": "https://example.com/gb", "rent": [["provider_name": "Sky Store"]]],
        ],
    ]

    private static let providers: JSONValue = [
        "results": [
            ["provider_id": 30, "provider_name": "WOW", "display_priorities": ["DE": 1]],
            ["provider_id": 39, "provider_name": "Now TV", "display_priorities": ["GB": 1]],
        ]
    ]

    private static let certifications = """
        {"certifications":{"DE":[{"certification":"12","order":1}],"GB":[{"certification":"12A","order":1}]}}
        """

    private func makeTMDB(language: String = "en-US", region: String? = nil) throws -> ScriptedTMDB {
        try ScriptedTMDB(language: language, region: region) { path, _ in
            switch path {
            case "/discover/movie", "/discover/tv", "/search/movie", "/search/tv", "/search/multi":
                (200, DiscoverFilterTests.empty)
            case "/movie/11": (200, Samples.filmRecord.text)
            case "/movie/5/watch/providers": (200, Self.offers.text)
            case "/watch/providers/movie": (200, Self.providers.text)
            case "/certification/movie/list": (200, Self.certifications)
            case "/configuration/timezones": (200, #"[{"iso_3166_1":"DE","zones":["Europe/Berlin"]}]"#)
            default: nil
            }
        }
    }

    @Test(
        "streaming filters without a region are those of the server's country, else of the language's",
        arguments: [
            ("en-US", "DE", nil, "DE"), ("en-US", "UK", nil, "GB"), ("en-US", "DE", "en-GB", "DE"),
            ("en-US", "DE", "pt-BR", "DE"), ("en-US", nil, "de", "DE"), ("en-US", nil, "de-AT", "AT"),
            ("en-US", nil, "en", "US"), ("en-US", nil, "en-GB", "GB"), ("en-US", nil, "ja", "JP"),
            ("en-US", nil, "pt", "PT"), ("en-US", nil, "pt-BR", "BR"), ("en-US", nil, "ko", "KR"),
            ("de", nil, nil, "DE"), ("de-AT", nil, nil, "AT"), ("de", nil, "fr", "FR"),
        ] as [(String, String?, String?, String)])
    func watchRegion(setting: String, region: String?, language: String?, country: String) throws {
        let tmdb = try makeTMDB(language: setting, region: region)
        var arguments: JSONObject = ["with_watch_providers": "8"]
        if let language { arguments.set("language", to: .string(language)) }
        let page = try tmdb.object("discover_movies", arguments)
        #expect(tmdb.query("/discover/movie")?["watch_region"] == country)
        #expect(page["note"]?.string?.contains("watch_region was taken to be \(country)") == true)
        arguments.set("watch_region", to: "FR")
        #expect(try tmdb.object("discover_movies", arguments)["note"]?.string?.contains("taken to be") == false)
        #expect(tmdb.query("/discover/movie")?["watch_region"] == "FR")
    }

    @Test(
        "where nothing tells of a country, none is made up",
        arguments: [("en-US", nil), ("en-US", "en-US"), ("xx", nil), ("de", "en-US")] as [(String, String?)])
    func none(setting: String, language: String?) throws {
        let tmdb = try makeTMDB(language: setting)
        var arguments: JSONObject = ["with_watch_providers": "8"]
        if let language { arguments.set("language", to: .string(language)) }
        #expect(try tmdb.failure("discover_movies", arguments).contains("with_watch_providers needs watch_region"))
    }

    @Test("each filter that needs a country gets it, and no other")
    func filters() throws {
        let tmdb = try makeTMDB(region: "DE")
        _ = try tmdb.object("discover_movies", ["with_genres": "Comedy"])
        #expect(tmdb.query("/discover/movie") == ["page": "1", "with_genres": "35"])
        _ = try tmdb.object("discover_movies", ["certification": "12", "release_date.gte": "2024-01-01"])
        #expect(
            tmdb.query("/discover/movie") == [
                "page": "1", "certification": "12", "certification_country": "DE", "region": "DE",
                "release_date.gte": "2024-01-01",
            ])
        _ = try tmdb.object("discover_movies", ["with_release_type": "Digital"])
        #expect(tmdb.query("/discover/movie")?["region"] == "DE")
        _ = try tmdb.object("discover_movies", ["with_watch_providers": "wow"])
        #expect(tmdb.query("/discover/movie")?["with_watch_providers"] == "30")
        _ = try tmdb.object("discover_tv", ["with_watch_monetization_types": "free"])
        #expect(tmdb.query("/discover/tv")?["watch_region"] == "DE")
    }

    @Test(
        "the age rating is that of the country",
        arguments: [
            ("en-US", nil, "PG-13 (US)"), ("en-US", "pt", "M/12 (PT)"), ("pt", nil, "M/12 (PT)"),
            ("en-US", "pt-BR", "PG-13 (US)"),
        ] as [(String, String?, String)])
    func certification(setting: String, language: String?, rating: String) throws {
        var arguments: JSONObject = ["media_type": "movie", "id": 11]
        if let language { arguments.set("language", to: .string(language)) }
        let details = try makeTMDB(language: setting).object("get_details", arguments)
        #expect(details["results"]?[0]?["certification"]?.string == rating)
        let ours = try makeTMDB(language: setting, region: "PT").object("get_details", arguments)
        #expect(ours["results"]?[0]?["certification"]?.string == "M/12 (PT)")
    }

    @Test("offers are those of the server's country, with the other regions that have some")
    func offersOfServer() throws {
        let arguments: JSONObject = ["media_type": "movie", "id": 5]
        let ours = try makeTMDB(region: "DE").object("get_watch_providers", arguments)
        #expect(ours["region"] == "DE" && ours["stream"] == ["WOW"] && ours["regions"] == ["GB"])
        let german = try makeTMDB(language: "de").object("get_watch_providers", arguments)
        #expect(german["region"] == "DE")
        let all = try makeTMDB().object("get_watch_providers", arguments)
        #expect(all["region"] == nil && all["regions"] == ["DE", "GB"])
        let asked = try makeTMDB(region: "DE").object(
            "get_watch_providers", ["media_type": "movie", "id": 5, "region": "UK"])
        #expect(asked["rent"] == ["Sky Store"] && asked["regions"] == nil)
        let nothing = try makeTMDB(region: "FR").object("get_watch_providers", arguments)
        #expect(nothing["note"]?.string?.contains("Nothing is offered in FR") == true)
        #expect(nothing["regions"] == ["DE", "GB"])
    }

    @Test("lists and searches are of the server's country")
    func lists() throws {
        let tmdb = try makeTMDB(region: "DE")
        let services = try tmdb.object("list_reference", ["kind": "movie_providers"])
        #expect(services["region"] == "DE")
        #expect(tmdb.query("/watch/providers/movie") == ["watch_region": "DE"])
        #expect(try tmdb.object("list_reference", ["kind": "movie_certifications"])["entries"] == ["12": ""])
        #expect(try tmdb.object("list_reference", ["kind": "timezones"])["region"] == nil)
        _ = try tmdb.object("search", ["query": "a", "type": "movie"])
        #expect(tmdb.query("/search/movie")?["region"] == "DE")
        _ = try tmdb.object("search", ["query": "a", "type": "tv"])
        #expect(tmdb.query("/search/tv")?["region"] == nil)
        // The dates of a search stay TMDB's own where the language alone tells.
        let german = try makeTMDB(language: "de")
        _ = try german.object("search", ["query": "a", "type": "movie"])
        #expect(german.query("/search/movie")?["region"] == nil)
    }

    @Test("clients see the server's country as the default of region")
    func shown() throws {
        for name in ["get_details", "get_watch_providers", "list_reference", "search"] {
            let schema = try makeTMDB(region: "DE").tool(name).input.json["properties"]?["region"]
            #expect(schema?["description"]?.string?.hasSuffix("default DE") == true)
            let plain = try makeTMDB().tool(name).input.json["properties"]?["region"]
            #expect(plain?["description"]?.string?.contains("default") == false)
        }
    }
}
