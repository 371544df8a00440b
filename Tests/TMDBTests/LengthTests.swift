import JSON
import TMDB
import Testing

/// Runtimes summed: of a season, a series and a collection.
@Suite struct LengthTests {
    private static func episodes(_ runtimes: [Int?]) -> JSONValue {
        .array(
            runtimes.enumerated().map { number, runtime in
                [
                    "episode_number": .number(JSONNumber(number + 1)),
                    "runtime": runtime.map { .number(JSONNumber($0)) } ?? .null,
                ]
            })
    }

    private static func season(_ number: Int, _ count: Int) -> JSONValue {
        ["season_number": .number(JSONNumber(number)), "episode_count": .number(JSONNumber(count))]
    }

    /// A series of seasons with so many episodes of an hour each, and specials. TMDB appends what it is asked for.
    private func makeTMDB(_ counts: [Int], lacking: Set<Int> = []) throws -> ScriptedTMDB {
        try ScriptedTMDB { path, query in
            guard path == "/tv/7" else { return nil }
            let seasons = counts.enumerated().map { Self.season($0.offset + 1, $0.element) }
            var series: JSONObject = ["id": 7, "name": "S", "seasons": .array([Self.season(0, 5)] + seasons)]
            let names = (query["append_to_response"] ?? "").split(separator: ",").map { String($0) }
            if names.count > 20 { return (400, "{}") }
            for name in names {
                guard let number = Int(name.dropFirst("season/".count)), !lacking.contains(number) else { continue }
                let episodes = Self.episodes([Int?](repeating: 60, count: counts[number - 1]))
                let season: JSONObject = [
                    "season_number": .number(JSONNumber(number)), "air_date": "2002-06-02", "episodes": episodes,
                ]
                series.set(name, to: .object(season))
            }
            return (200, JSONValue.object(series).text)
        }
    }

    @Test("a season tells the minutes of all its episodes, whatever the page, and how many have none")
    func season() throws {
        let runtimes = [Int?](repeating: 30, count: 60) + [nil, 0, 45]
        let desk = try desk(["season_number": 1, "episodes": Self.episodes(runtimes)])
        for page in [1, 2] as [JSONValue] {
            let value = try desk.value("get_season", ["id": 7, "season_number": 1, "page": page])
            #expect(value["total_runtime"] == 1845)
            #expect(value["unknown_runtimes"] == 2)
        }
    }

    @Test("without a season, a series tells its length by season, without the specials")
    func series() throws {
        let tmdb = try makeTMDB([13, 12, 12, 13, 10])
        let value = try tmdb.object("get_season", ["id": 7])
        #expect(value["total_runtime"] == 3600)
        #expect(value["total_episodes"] == 60)
        #expect(value["title"] == "S")
        #expect(value["seasons"]?.array?.count == 5)
        #expect(value["seasons"]?[0] == ["season_number": 1, "year": 2002, "episodes": 13, "total_runtime": 780])
        #expect(tmdb.requests.count == 2)
        #expect(tmdb.requests[1].query["append_to_response"] == "season/1,season/2,season/3,season/4,season/5")
    }

    @Test(
        "seasons come by twenty a request or fewer episodes than a hundred and twenty, twelve requests at most",
        arguments: [
            ([Int](repeating: 1, count: 41), 3, 41), ([Int](repeating: 24, count: 36), 8, 36),
            ([Int](repeating: 200, count: 14), 12, 12), ([500], 1, 1),
        ])
    func batches(counts: [Int], requests: Int, summed: Int) throws {
        let tmdb = try makeTMDB(counts)
        let value = try tmdb.object("get_season", ["id": 7])
        #expect(tmdb.requests.count == 1 + requests)
        #expect(value["total_runtime"]?.int == counts.prefix(summed).reduce(0, +) * 60)
        #expect((value["note"]?.string?.contains("season/13") ?? false) == (summed < counts.count))
    }

    @Test("a season that TMDB does not give is told")
    func lacking() throws {
        let value = try makeTMDB([10, 10, 10], lacking: [2]).object("get_season", ["id": 7])
        #expect(value["total_runtime"] == 1200)
        #expect(value["note"] == "The sums lack what TMDB did not give: season/2.")
        #expect(try makeTMDB([10], lacking: [1]).failure("get_season", ["id": 7]).contains("form that TMDB documents"))
    }

    @Test("a series that is not there, and an episode without its season")
    func failures() throws {
        let tmdb = try makeTMDB([1])
        #expect(try tmdb.failure("get_season", ["id": 8]).contains("tv series with the id 8"))
        #expect(try tmdb.failure("get_season", ["id": 7, "episode_number": 3]).contains("needs season_number"))
    }

    @Test("a collection tells the lengths of its films when that is asked for")
    func collection() throws {
        var bodies = [
            "/collection/9": """
            {"id":9,"name":"C","parts":[{"id":2,"title":"B","release_date":"2002-01-01"},\
            {"id":1,"title":"A","release_date":"2001-01-01"},{"id":3,"title":"D","release_date":"2003-01-01"},\
            {"id":4,"title":"E","release_date":""}]}
            """,
            "/movie/1": "{\"id\":1,\"runtime\":100}", "/movie/2": "{\"id\":2,\"runtime\":20}",
            "/movie/3": "{\"id\":3,\"runtime\":0}",
        ]
        let tmdb = try ScriptedTMDB(bodies)
        let value = try tmdb.object("get_collection", ["id": 9, "runtimes": true])
        #expect(value["total_runtime"] == 120)
        #expect(value["parts"]?.array?.map { $0["runtime"] } == [100, 20, nil, nil])
        #expect(!tmdb.paths.contains("/movie/4"))
        let plain = try ScriptedTMDB(bodies)
        #expect(try plain.object("get_collection", ["id": 9])["total_runtime"] == nil)
        #expect(plain.paths == ["/collection/9"])
        #expect(value["note"]?.string?.contains("lacks 2 of the 4 films") == true)
        bodies["/movie/2"] = nil
        let less = try ScriptedTMDB(bodies).object("get_collection", ["id": 9, "runtimes": true])
        #expect(less["total_runtime"] == 100)
        #expect(less["note"]?.string?.contains("lacks 3 of the 4 films") == true)
    }

    @Test(
        "all films of a collection are in the sum, or the note tells how many are not",
        arguments: [(30, 30, nil), (100, 100, nil), (101, 100, "past the first 100")] as [(Int, Int, String?)])
    func longCollection(films: Int, summed: Int, note: String?) throws {
        let parts = (1...films).map { "{\"id\":\($0),\"title\":\"F\",\"release_date\":\"2001-01-01\"}" }
        let collection = "{\"id\":9,\"name\":\"C\",\"parts\":[\(parts.joined(separator: ","))]}"
        let tmdb = try ScriptedTMDB { path, _ in
            if path == "/collection/9" { return (200, collection) }
            return (200, "{\"id\":\(path.dropFirst("/movie/".count)),\"runtime\":90}")
        }
        let value = try tmdb.object("get_collection", ["id": 9, "runtimes": true])
        #expect(value["total_runtime"]?.int == summed * 90)
        let told = value["note"]?.string ?? ""
        #expect(note.map { told.contains($0) } ?? !told.contains("total_runtime"))
    }
}
