import JSON
import MCP
import TMDB
import Testing

/// Names that several have, of which people mean one.
@Suite struct KnownNameTests {
    private static func found(_ rows: [JSONValue]) -> JSONValue {
        ["page": 1, "results": .array(rows), "total_pages": 1, "total_results": .number(JSONNumber(rows.count))]
    }

    private static func person(_ id: Int64, _ name: String, _ popularity: JSONValue, _ department: String) -> JSONValue
    {
        [
            "id": .number(JSONNumber(id)), "name": .string(name), "popularity": popularity,
            "known_for_department": .string(department),
        ]
    }

    private func makeTMDB(_ answers: [String: JSONValue]) throws -> ScriptedTMDB {
        var bodies = answers.mapValues { $0.text }
        for path in ["/discover/movie", "/discover/tv"] { bodies[path] = DiscoverFilterTests.empty }
        return try ScriptedTMDB(bodies)
    }

    @Test(
        "of several people of a name the one whom everybody knows is meant, and the others are told",
        arguments: [
            ("Chris Evans", 16828, "12 Chris Evans (Directing); 13 Chris Evans (Sound)"),
            ("evans", 16828, "11 Evan Evans"),
        ])
    func person(name: String, id: Int, others: String) throws {
        let tmdb = try makeTMDB([
            "/search/person": Self.found([
                Self.person(12, "Chris Evans", 0.6, "Directing"), Self.person(16828, "Chris Evans", 55.2, "Acting"),
                Self.person(13, "Chris Evans", 0.2, "Sound"), Self.person(11, "Evan Evans", 1.4, "Sound"),
            ])
        ])
        let page = try tmdb.object("discover_movies", ["with_cast": .string(name)])
        #expect(page["resolved"] == ["with_cast": .string("16828 Chris Evans")])
        #expect(tmdb.query("/discover/movie")?["with_cast"] == "\(id)")
        let note = try #require(page["note"]?.string)
        #expect(note.contains("\"\(name)\" was taken for 16828 Chris Evans (Acting); there are"), "\(note)")
        #expect(note.contains(others), "\(note)")
        #expect(note.contains("Nothing passes all filters"))
    }

    @Test(
        "where two are known, or nobody is, the name does not tell",
        arguments: [(55, 20), (0.9, 0.1), (nil, nil), (0, 0), (-5, 1e300), ("55", 0)] as [(JSONValue, JSONValue)])
    func unclear(one: JSONValue, other: JSONValue) throws {
        let tmdb = try makeTMDB([
            "/search/person": Self.found([
                Self.person(1, "Chris Evans", one, "Acting"), Self.person(2, "Chris Evans", other, "Acting"),
            ])
        ])
        if other.double == 1e300 {
            // As popular as can be.
            _ = try tmdb.object("discover_movies", ["with_cast": "Chris Evans"])
            return
        }
        #expect(try tmdb.failure("discover_movies", ["with_cast": "Chris Evans"]).contains("1 Chris Evans (Acting); 2"))
    }

    @Test("of companies of a name the one with a logo is meant")
    func company() throws {
        let tmdb = try makeTMDB([
            "/search/company": Self.found([
                ["id": 5, "name": "A24", "logo_path": nil, "origin_country": "FR"],
                ["id": 41077, "name": "A24", "logo_path": "/a.png", "origin_country": "US"],
            ])
        ])
        let page = try tmdb.object("discover_movies", ["with_companies": "A24"])
        #expect(page["resolved"] == ["with_companies": "41077 A24"])
        #expect(page["note"]?.string?.contains("there are 5 A24 (FR): give the id") == true)
    }

    // MARK: Streaming services

    /// Services in the words of TMDB's lists, with their places in regions.
    private static let services: JSONValue = {
        let rows: [(id: Int64, name: String, places: JSONObject)] = [
            (8, "Netflix", ["US": 0, "GB": 0, "DE": 0]), (1796, "Netflix basic with Ads", ["US": 225, "GB": 109]),
            (175, "Netflix Kids", ["US": 79]),
            (9, "Amazon Prime Video", ["US": 1]), (119, "Amazon Prime Video", ["GB": 2, "ES": 1, "IN": 1]),
            (10, "Amazon Video", ["US": 13, "GB": 4]), (533, "Amazon Arthaus Channel", ["DE": 60]),
            (2, "Apple TV", ["US": 4, "GB": 5]), (350, "Apple TV Plus", ["US": 3, "GB": 6]),
            (386, "Peacock Premium", ["US": 11]), (387, "Peacock Premium Plus", ["US": 12]),
            (384, "HBO Max", ["US": 7, "ES": 9]), (616, "HBO Max Free", ["US": 8]),
            (1825, "HBO Max Amazon Channel", ["US": 9]), (1899, "Max", ["FR": 4]),
            (337, "Disney Plus", ["US": 2, "GB": 1, "ES": 2]), (122, "Hotstar", ["IN": 2, "GB": 45]),
            (39, "Now TV", ["GB": 48, "IT": 9]), (591, "Now TV Cinema", ["GB": 64]), (484, "NOW", ["BR": 29]),
            (143, "Sundance Now", ["US": 74]), (269, "Funimation Now", ["US": 28]),
            (29, "Sky Go", ["GB": 9, "DE": 6]), (130, "Sky Store", ["GB": 14, "DE": 11]), (30, "WOW", ["DE": 5]),
            (149, "Movistar Plus", ["ES": 10]), (381, "Canal+", ["FR": 3]), (58, "Canal VOD", ["FR": 18]),
            (230, "Crave", ["CA": 4]), (305, "Crave Starz", ["CA": 5]), (38, "BBC iPlayer", ["GB": 10]),
            (41, "ITVX", ["GB": 20]), (103, "All 4", ["GB": 8]), (21, "Stan", ["AU": 9]),
            (307, "Globoplay", ["BR": 10]),
            (531, "Paramount Plus", ["US": 16, "GB": 7]), (582, "Paramount+ Amazon Channel", ["US": 23]),
            (1770, "Paramount+ Showtime", ["US": 216]), (37, "Showtime", ["US": 46]),
            (203, "Showtime Amazon Channel", ["US": 26]), (194, "Starz Play Amazon Channel", ["GB": 28]),
            (283, "Crunchyroll", ["US": 10]), (73, "Tubi TV", ["US": 50]), (257, "fuboTV", ["US": 5]),
            (207, "The Roku Channel", ["US": 29]), (632, "Showtime Roku Premium Channel", ["US": 30]),
            (20, "maxdome Store", ["DE": 16]), (298, "RTL+", ["DE": 14]), (220, "Jio Cinema", ["IN": 4]),
            (237, "Sony Liv", ["IN": 12]), (526, "AMC+", ["US": 34]), (352, "AMC on Demand", ["US": 137]),
        ]
        return found(
            rows.map { row in
                [
                    "provider_id": .number(JSONNumber(row.id)), "provider_name": .string(row.name),
                    "display_priority": 1, "display_priorities": .object(row.places),
                ]
            })
    }()

    @Test(
        "services have the names that people use in a region",
        arguments: [
            ("US", "Prime Video", 9), ("GB", "prime video", 119), ("US", "Amazon", 9), ("GB", "Amazon Prime", 119),
            ("US", "Peacock", 386), ("US", "Max", 384), ("US", "HBO", 384), ("US", "HBO Max", 384),
            ("FR", "HBO Max", 1899),
            ("FR", "max", 1899), ("ES", "Max", 384), ("US", "Apple TV+", 350), ("US", "Apple TV", 2),
            ("US", "AppleTV+", 350),
            ("US", "itunes", 2), ("US", "Disney+", 337), ("GB", "disney", 337), ("US", "DisneyPlus", 337),
            ("IN", "Disney+", 122), ("IN", "Hotstar", 122), ("IN", "JioHotstar", 122), ("IN", "Disney+ Hotstar", 122),
            ("IN", "JioCinema", 220), ("IN", "SonyLIV", 237), ("GB", "NOW", 39), ("GB", "Now TV", 39),
            ("BR", "NOW", 484),
            ("GB", "Sky", 29), ("DE", "Sky", 29), ("GB", "Sky Store", 130), ("ES", "Movistar+", 149),
            ("ES", "Movistar", 149), ("FR", "Canal+", 381), ("FR", "canal", 381), ("CA", "Crave", 230),
            ("GB", "BBC iPlayer", 38), ("GB", "iPlayer", 38), ("GB", "ITV", 41), ("GB", "Channel 4", 103),
            ("AU", "stan", 21), ("BR", "Globo Play", 307), ("DE", "WOW", 30), ("DE", "Sky Ticket", 30),
            ("US", "Paramount Plus", 531), ("US", "paramount+", 531), ("US", "Paramount", 531), ("US", "Showtime", 37),
            ("GB", "Starz", 194), ("US", "Crunchyroll", 283), ("US", "Tubi", 73), ("US", "fubo", 257),
            ("US", "Roku", 207), ("US", "Netflix", 8), ("GB", "netflix with ads", 1796), ("DE", "RTL", 298),
            ("US", "AMC", 526), ("US", "HBO Max Amazon Channel", 1825),
        ] as [(String, String, Int)])
    func service(region: String, name: String, id: Int) throws {
        for medium in ["movie", "tv"] {
            let tmdb = try makeTMDB(["/watch/providers/\(medium)": Self.services])
            let tool = medium == "tv" ? "discover_tv" : "discover_movies"
            _ = try tmdb.object(tool, ["with_watch_providers": .string(name), "watch_region": .string(region)])
            #expect(tmdb.query("/discover/\(medium)")?["with_watch_providers"] == "\(id)")
        }
    }

    @Test("what else a service's name may mean is told, without the channels within others")
    func alternatives() throws {
        let tmdb = try makeTMDB(["/watch/providers/movie": Self.services])
        let page = try tmdb.object("discover_movies", ["with_watch_providers": "Sky|Netflix", "watch_region": "UK"])
        #expect(page["resolved"] == ["with_watch_providers": "29 Sky Go|8 Netflix"])
        #expect(
            page["note"]?.string?.hasPrefix("\"Sky\" was taken for 29 Sky Go; there are 130 Sky Store: give") == true)
        #expect(page["note"]?.string?.contains("Netflix") == false)
    }

    @Test(
        "a name that tells no service of the region is answered with what is near",
        arguments: [
            ("US", "Now", "may be 269 Funimation Now; 143 Sundance Now"),
            ("DE", "Max", "no streaming service \"Max\" in DE"),
            ("DE", "Peacock", "no streaming service \"Peacock\" in DE"),
            ("KP", "Netflix", "TMDB knows no streaming services in KP: list_reference with kind provider_regions"),
        ])
    func unclear(region: String, name: String, words: String) throws {
        let tmdb = try makeTMDB(["/watch/providers/movie": Self.services])
        let message = try tmdb.failure(
            "discover_movies", ["with_watch_providers": .string(name), "watch_region": .string(region)])
        #expect(message.contains(words), "\(message)")
    }

    // MARK: Release types, countries

    @Test(
        "releases have the names that people use",
        arguments: [
            ("Blu-ray", "5"), ("bluray|DVD", "5|5"), ("Blu ray", "5"), ("cinema", "3"), ("theatre|limited", "3|2"),
            ("VOD|streaming", "4|4"), ("television", "6"), ("digital,physical", "4,5"), ("Festival", "1"),
        ])
    func releases(words: String, codes: String) throws {
        let tmdb = try makeTMDB([:])
        _ = try tmdb.object("discover_movies", ["with_release_type": .string(words)])
        #expect(tmdb.query("/discover/movie")?["with_release_type"] == codes)
    }

    @Test(
        "countries have the names that people use, wherever one stands",
        arguments: [
            ("UK", "GB"), ("uk", "GB"), ("U.K.", "GB"), ("United Kingdom", "GB"), ("USA", "US"), ("usa", "US"),
            ("U.S.", "US"), ("united states", "US"), ("Germany", "DE"), ("DEU", "DE"), ("South Korea", "KR"),
            ("Türkiye", "TR"), ("gb", "GB"), (" fr ", "FR"),
        ])
    func countries(name: String, code: String) throws {
        let tmdb = try makeTMDB(["/movie/5/watch/providers": ["id": 5, "results": [:]]])
        let tool = try tmdb.tool("discover_movies").input
        for argument in ["region", "watch_region", "certification_country", "with_origin_country"] {
            #expect(try tool.check([argument: .string(name)]).string(argument) == code)
        }
        #expect(
            try tool.check(["with_origin_country": .string("\(name)|FR")]).string("with_origin_country") == code + "|FR"
        )
        let offers = try tmdb.object("get_watch_providers", ["media_type": "movie", "id": 5, "region": .string(name)])
        #expect(offers["region"] == .string(code))
    }

    @Test(
        "the list of countries is searched by such names too", arguments: [("UK", "GB"), ("USA", "US"), ("gb", "GB")])
    func countryList(query: String, code: String) throws {
        let tmdb = try ScriptedTMDB([
            "/configuration/countries": """
            [{"iso_3166_1":"GB","english_name":"United Kingdom","native_name":"United Kingdom"},\
            {"iso_3166_1":"US","english_name":"United States of America","native_name":"United States"},\
            {"iso_3166_1":"FR","english_name":"France","native_name":"France"}]
            """
        ])
        let list = try tmdb.object("list_reference", ["kind": "countries", "query": .string(query)])
        #expect(list["entries"]?.object?.map { $0.key } == [code])
    }
}
