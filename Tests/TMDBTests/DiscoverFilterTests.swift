import JSON
import MCP
import TMDB
import Testing

@Suite struct DiscoverFilterTests {
    static let empty = "{\"page\":1,\"results\":[],\"total_pages\":0,\"total_results\":0}"

    private func makeTMDB() throws -> ScriptedTMDB {
        try ScriptedTMDB(["/discover/movie": Self.empty, "/discover/tv": Self.empty])
    }

    /// TMDB's names (GET /discover/movie), each with a value and what TMDB is sent.
    static let movieFilters: [(JSONObject, [String: String])] = [
        ([:], [:]), (["page": 7], ["page": "7"]),
        (["sort_by": "primary_release_date.desc"], ["sort_by": "primary_release_date.desc"]),
        (["sort_by": "release_date.desc"], ["sort_by": "primary_release_date.desc"]),
        (["sort_by": "revenue.asc"], ["sort_by": "revenue.asc"]),
        (["primary_release_year": 1999], ["primary_release_year": "1999"]), (["year": 1999.0], ["year": "1999"]),
        (["primary_release_date.gte": "2024-02-29"], ["primary_release_date.gte": "2024-02-29"]),
        (["primary_release_date.lte": "2023-12-31"], ["primary_release_date.lte": "2023-12-31"]),
        (["release_date.gte": "2000-02-29"], ["release_date.gte": "2000-02-29"]),
        (["release_date.lte": "1900-02-28"], ["release_date.lte": "1900-02-28"]),
        (["region": "DE", "with_release_type": "3|2"], ["region": "DE", "with_release_type": "3|2"]),
        (["with_release_type": "theatrical (limited), Digital"], ["with_release_type": "2,4"]),
        (
            ["certification": "PG-13", "certification_country": "US"],
            ["certification": "PG-13", "certification_country": "US"]
        ),
        (
            ["certification.gte": "6", "certification_country": "DE"],
            ["certification.gte": "6", "certification_country": "DE"]
        ),
        (
            ["certification.lte": "R", "certification_country": "US"],
            ["certification.lte": "R", "certification_country": "US"]
        ),
        (["with_cast": "31"], ["with_cast": "31"]), (["with_crew": " 31 , 32 ,"], ["with_crew": "31,32"]),
        (["with_people": "31|32"], ["with_people": "31|32"]), (["include_video": true], ["include_video": "true"]),
    ]

    static let tvFilters: [(JSONObject, [String: String])] = [
        ([:], [:]), (["sort_by": "first_air_date.desc"], ["sort_by": "first_air_date.desc"]),
        (["sort_by": "name.asc"], ["sort_by": "name.asc"]),
        (["first_air_date_year": 2019], ["first_air_date_year": "2019"]),
        (["first_air_date.gte": "2019-01-01"], ["first_air_date.gte": "2019-01-01"]),
        (["first_air_date.lte": "2019-01-01"], ["first_air_date.lte": "2019-01-01"]),
        (
            ["air_date.gte": "2019-01-01", "air_date.lte": "2019-01-01"],
            ["air_date.gte": "2019-01-01", "air_date.lte": "2019-01-01"]
        ),
        (["timezone": "Europe/Berlin"], ["timezone": "Europe/Berlin"]),
        (["with_status": "0"], ["with_status": "0"]), (["with_status": "Ended|cancelled"], ["with_status": "3|4"]),
        (["with_status": "in production"], ["with_status": "2"]),
        (["with_status": "Pilot | 1"], ["with_status": "5|1"]),
        (["with_status": "0,3"], ["with_status": "0|3"]), (["with_status": 0], ["with_status": "0"]),
        (["with_type": ["News", 6]], ["with_type": "1|6"]),
        (["with_type": "Documentary|News|Miniseries|Reality|Scripted|Talk Show|Video"], ["with_type": "0|1|2|3|4|5|6"]),
        (["with_networks": "49"], ["with_networks": "49"]),
        (["include_null_first_air_dates": true], ["include_null_first_air_dates": "true"]),
        (["screened_theatrically": false], ["screened_theatrically": "false"]),
    ]

    static let sharedFilters: [(JSONObject, [String: String])] = [
        (["with_genres": "28,878"], ["with_genres": "28,878"]), (["without_genres": "27"], ["without_genres": "27"]),
        (["with_keywords": "1|2"], ["with_keywords": "1|2"]), (["without_keywords": "3"], ["without_keywords": "3"]),
        (["with_companies": "41077"], ["with_companies": "41077"]),
        (["without_companies": "1"], ["without_companies": "1"]),
        (["with_origin_country": "GB|IE"], ["with_origin_country": "GB|IE"]),
        (["with_original_language": "ko"], ["with_original_language": "ko"]),
        (["with_original_language": "KO, ja"], ["with_original_language": "ko|ja"]),
        (["with_origin_country": "uk, kr"], ["with_origin_country": "GB,KR"]),
        (["with_genres": 28], ["with_genres": "28"]), (["with_genres": [28, "878"]], ["with_genres": "28,878"]),
        (["with_genres": "", "with_keywords": [], "language": " "], [:]),
        (["with_runtime.gte": 60, "with_runtime.lte": 60], ["with_runtime.gte": "60", "with_runtime.lte": "60"]),
        (["vote_average.gte": 7.5, "vote_average.lte": 10], ["vote_average.gte": "7.5", "vote_average.lte": "10"]),
        (["vote_count.gte": 0, "vote_count.lte": 300], ["vote_count.gte": "0", "vote_count.lte": "300"]),
        (
            ["watch_region": "US", "with_watch_providers": "8|9"],
            ["watch_region": "US", "with_watch_providers": "8|9"]
        ),
        (
            ["watch_region": "US", "without_watch_providers": "8"],
            ["watch_region": "US", "without_watch_providers": "8"]
        ),
        (
            ["watch_region": "US", "with_watch_monetization_types": "Free|ads"],
            ["watch_region": "US", "with_watch_monetization_types": "free|ads"]
        ),
        (["include_adult": true], ["include_adult": "true"]),
    ]

    @Test(
        "every filter of movies reaches TMDB under its name, and nothing else does",
        arguments: movieFilters + sharedFilters)
    func movies(arguments: JSONObject, query: [String: String]) throws {
        let tmdb = try makeTMDB()
        _ = try tmdb.object("discover_movies", arguments)
        #expect(tmdb.paths.filter { $0 != "/certification/movie/list" } == ["/discover/movie"])
        #expect(tmdb.query("/discover/movie") == query.merging(["page": "1"]) { given, _ in given })
    }

    @Test(
        "every filter of series reaches TMDB under its name, and nothing else does",
        arguments: tvFilters + sharedFilters)
    func series(arguments: JSONObject, query: [String: String]) throws {
        let tmdb = try makeTMDB()
        _ = try tmdb.object("discover_tv", arguments)
        #expect(tmdb.paths == ["/discover/tv"])
        #expect(tmdb.query("/discover/tv") == query.merging(["page": "1"]) { given, _ in given })
    }

    @Test("the tables above have every filter")
    func complete() throws {
        let tmdb = try makeTMDB()
        let own: Set<String> = ["page", "language", "detail"]
        for (tool, rows) in [("discover_movies", Self.movieFilters), ("discover_tv", Self.tvFilters)] {
            let tested = Set((rows + Self.sharedFilters).flatMap { $0.0.map(\.key) })
            let declared = Set(try tmdb.tool(tool).input.parameters.map(\.name))
            #expect(declared.subtracting(own) == tested.subtracting(own))
        }
    }

    @Test(
        "filters that TMDB would ignore or misread are refused before anything is sent",
        arguments: [
            ("discover_movies", ["certification": "R"], "certification needs certification_country"),
            ("discover_movies", ["certification.lte": "R"], "certification.lte needs certification_country"),
            ("discover_movies", ["certification.gte": "R"], "certification.gte needs certification_country"),
            ("discover_movies", ["certification_country": "US"], "certification_country needs certification or"),
            ("discover_movies", ["with_watch_providers": "8"], "with_watch_providers needs watch_region"),
            ("discover_tv", ["without_watch_providers": "8"], "without_watch_providers needs watch_region"),
            (
                "discover_tv", ["with_watch_monetization_types": "free"],
                "with_watch_monetization_types needs watch_region"
            ),
            ("discover_tv", ["watch_region": "US"], "watch_region needs with_watch_providers or"),
            ("discover_tv", ["with_cast": "31"], "TMDB cannot filter series by people; get_filmography"),
            ("discover_tv", ["with_crew": "31"], "TMDB cannot filter series by people; get_filmography"),
            ("discover_tv", ["with_people": 31], "TMDB cannot filter series by people; get_filmography"),
            ("discover_movies", ["sort_by": "date.desc"], "one of popularity.desc, popularity.asc, primary_release"),
            ("discover_tv", ["sort_by": "release_date.desc"], "one of popularity.desc, popularity.asc, first_air_date"),
            ("discover_movies", ["vote_average.gte": 8, "vote_average.lte": 7.5], "vote_average.gte (8) is above"),
            ("discover_movies", ["vote_count.gte": 2, "vote_count.lte": 1], "vote_count.gte (2) is above"),
            ("discover_tv", ["with_runtime.gte": 90, "with_runtime.lte": 30], "with_runtime.gte (90) is above"),
            ("discover_movies", ["release_date.gte": "2024-01-02", "release_date.lte": "2024-01-01"], "is above"),
            (
                "discover_movies",
                ["primary_release_date.gte": "2024-02-01", "primary_release_date.lte": "2024-01-31"],
                "is above"
            ),
            ("discover_tv", ["air_date.gte": "2024-01-01", "air_date.lte": "1999-12-31"], "is above"),
            ("discover_tv", ["first_air_date.gte": "2024-01-01", "first_air_date.lte": "1999-12-31"], "is above"),
            (
                "discover_tv", ["with_status": "Running"],
                "0 Returning Series, 1 Planned, 2 In Production, 3 Ended, 4 Canceled"
            ),
            ("discover_tv", ["with_status": "6"], "with_status has no \"6\""),
            (
                "discover_tv", ["with_type": "Film"],
                "0 Documentary, 1 News, 2 Miniseries, 3 Reality, 4 Scripted, 5 Talk"
            ),
            (
                "discover_movies", ["with_release_type": "7"],
                "1 Premiere, 2 Theatrical (limited), 3 Theatrical, 4 Digital"
            ),
            (
                "discover_tv", ["watch_region": "US", "with_watch_monetization_types": "paid"],
                "flatrate, free, ads, rent, buy"
            ),
            ("discover_tv", ["with_genres": "18,35|80"], "mixes \",\" (all of them) and \"|\" (any of them)"),
            ("discover_tv", ["with_status": "0|1,2"], "mixes"),
            ("discover_tv", ["with_genres": " , "], "names nothing"),
            ("discover_tv", ["with_networks": "\"HBO"], "a double quote without its end"),
            (
                "discover_movies", ["with_people": .string((1...21).map(String.init).joined(separator: "|"))],
                "more than 20"
            ),
            ("discover_tv", ["with_origin_country": "gbx"], "several as \"GB,US\" (all) or \"GB|US\" (any)"),
            ("discover_tv", ["with_origin_country": "GB|US,IE"], "several as"),
            ("discover_tv", ["with_original_language": "jp"], "Japanese is ja"),
            ("discover_tv", ["with_original_language": "en,kr"], "Korean ko"),
            ("discover_tv", ["with_original_language": "eng"], "a language such as \"en\""),
            ("discover_tv", ["with_original_language": "en|"], "a language such as \"en\""),
            ("discover_movies", ["region": "usx"], "region must be a country's code"),
            ("discover_movies", ["watch_region": "u"], "watch_region must be a country's code"),
            ("discover_movies", ["with_genres": .string(String(repeating: "1", count: 501))], "1 to 500 characters"),
            ("discover_movies", ["with_genres": true], "with_genres must be a string"),
            ("discover_tv", ["year": 1999], "\"year\": series have first_air_date_year."),
            ("discover_tv", ["certification": "R"], "TMDB has it for movies only"),
            ("discover_movies", ["first_air_date_year": 1999], "movies have primary_release_year."),
            ("discover_movies", ["vote_average": 7], "perhaps vote_average.gte is meant"),
            ("discover_movies", ["vote_average.gte": 11], "a number from 0.0 to 10.0"),
            (
                "discover_movies", ["with_networks": "49"],
                "there is no argument \"with_networks\": TMDB has it for TV series only"
            ),
        ] as [(String, JSONObject, String)])
    func refused(tool: String, arguments: JSONObject, words: String) throws {
        let tmdb = try makeTMDB()
        let message = try tmdb.failure(tool, arguments)
        #expect(message.contains(words), "\(message)")
        #expect(tmdb.requests.isEmpty)
    }

    @Test(
        "a date is a day that there is, written year-month-day",
        arguments: [
            ("2024-02-29", true), ("2023-02-29", false), ("2000-02-29", true), ("1900-02-29", false),
            ("2024-04-31", false), ("2024-12-31", true), ("2024-13-01", false), ("2024-00-10", false),
            ("2024-01-00", false), ("2024-1-1", false), ("24-01-01", false), ("2024/01/01", false),
            ("2024-01-01T00", false), ("", true), ("２024-01-01", false), ("2024-01-0é", false), ("----------", false),
        ])
    func dates(text: String, isAccepted: Bool) throws {
        let input = try makeTMDB().tool("discover_tv").input
        let isRefused = (try? input.check(["air_date.gte": .string(text)])) == nil
        #expect(isRefused == !isAccepted)
    }

    @Test("twenty codes are one list, twenty-one are too many", arguments: [(20, true), (21, false)])
    func codes(count: Int, isAccepted: Bool) throws {
        let input = try makeTMDB().tool("discover_tv").input
        let list = [String](repeating: "GB", count: count).joined(separator: "|")
        #expect(((try? input.check(["with_origin_country": .string(list)])) != nil) == isAccepted)
    }

    private static let certifications = """
        {"certifications":{"US":[{"certification":"PG-13"},{"certification":"R"}],"RU":[{"certification":"6+"}]}}
        """

    @Test(
        "certifications are those of the country, whatever their letters' case",
        arguments: [("pg-13", "US", "PG-13"), ("r,PG-13", "US", "R|PG-13"), ("6+", "RU", "6+")])
    func certification(given: String, country: String, sent: String) throws {
        let tmdb = try ScriptedTMDB([
            "/discover/movie": Self.empty, "/certification/movie/list": Self.certifications,
        ])
        _ = try tmdb.object(
            "discover_movies", ["certification.lte": .string(given), "certification_country": .string(country)])
        #expect(tmdb.query("/discover/movie")?["certification.lte"] == sent)
    }

    @Test(
        "a certification that the country has not is refused with those that it has",
        arguments: [
            ("FSK 12", "US", "certification: US has no \"FSK 12\"; it has PG-13, R"), ("R|X", "US", "it has PG-13, R"),
            (",", "US", "it has PG-13, R"), ("R", "DE", "TMDB lists no certifications of DE"),
        ])
    func unknownCertification(given: String, country: String, words: String) throws {
        let tmdb = try ScriptedTMDB([
            "/discover/movie": Self.empty, "/certification/movie/list": Self.certifications,
        ])
        let message = try tmdb.failure(
            "discover_movies", ["certification": .string(given), "certification_country": .string(country)])
        #expect(message.contains(words))
        #expect(tmdb.paths == ["/certification/movie/list"])
    }

    @Test("all that is wrong is told at once")
    func everything() throws {
        let tmdb = try makeTMDB()
        let message = try tmdb.failure(
            "discover_movies",
            [
                "certification": "R", "with_watch_providers": "8", "vote_count.gte": 5, "vote_count.lte": 1,
                "with_genres": "1,2|3", "with_release_type": "Postal",
            ])
        #expect(message.split(separator: "\n").count == 5)
        #expect(tmdb.requests.isEmpty)
    }

    @Test("rows are films or series, with genres, year and whole URLs, and resolved tells what words stood for")
    func rows() throws {
        let body = """
            {"page":2,"total_pages":900,"total_results":17990,"results":[{"id":5,"name":"Title","genre_ids":[18,10765],\
            "first_air_date":"2019-05-06","vote_average":8.66,"vote_count":10,"poster_path":"/p.jpg","overview":""}]}
            """
        let tmdb = try ScriptedTMDB(["/discover/tv": body])
        let page = try tmdb.object("discover_tv", ["with_status": "ended", "page": 2])
        #expect(page["total_pages"] == 500)
        #expect(page["resolved"] == ["with_status": "3 Ended"])
        let row: JSONValue = [
            "id": 5, "media_type": "tv", "title": "Title", "year": 2019, "date": "2019-05-06",
            "genres": ["Drama", "Sci-Fi & Fantasy"],
            "rating": 8.7, "votes": 10, "poster": "https://image.tmdb.org/t/p/w500/p.jpg",
        ]
        #expect(page["results"] == [row])
    }

    @Test(
        "the sorts say what a sort by rating wants, and the standard is TMDB's",
        arguments: ["discover_movies", "discover_tv"])
    func sorts(tool: String) throws {
        let sort = try makeTMDB().tool(tool).input.json["properties"]?["sort_by"]
        #expect(sort?["description"]?.string?.hasSuffix("default popularity.desc") == true)
        #expect(sort?["description"]?.string?.contains("vote_count.gte") == true)
    }

    @Test("a page that is none, and a failure of TMDB's, are told as such")
    func failures() throws {
        let broken = try ScriptedTMDB(["/discover/movie": "{\"results\":[]}"])
        #expect(try broken.failure("discover_movies", [:]) == TMDBError.unexpectedShape.message)
        let down = try ScriptedTMDB { _, _ in (503, "") }
        #expect(try down.failure("discover_tv", [:]) == TMDBError.serverFault(status: 503).message)
    }
}
