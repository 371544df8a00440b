import JSON
import MCP
import TMDB
import Testing

@Suite struct DetailsToolTests {
    @Test(
        "one request asks for all that a record is made of",
        arguments: [
            (
                ["media_type": "movie", "id": 11],
                "/movie/11?append_to_response=credits%2Cvideos%2Cexternal_ids%2Crelease_dates&language=en-US"
                    + "&include_video_language=en"
            ),
            (
                ["media_type": "tv", "id": 12, "language": "de-AT"],
                "/tv/12?append_to_response=aggregate_credits%2Cvideos%2Cexternal_ids%2Ccontent_ratings&language=de-AT"
                    + "&include_video_language=de%2Cen"
            ),
            (
                ["media_type": "person", "id": 13],
                "/person/13?append_to_response=combined_credits%2Cexternal_ids&language=en-US"
            ),
            (
                ["media_type": "person", "id": 13, "append": ["external_ids", "images", "images"]],
                "/person/13?append_to_response=external_ids%2Cimages%2Ccombined_credits&language=en-US"
                    + "&include_image_language=en%2Cnull"
            ),
            (
                ["media_type": "movie", "id": 11, "append": ["watch/providers", "images"], "language": "pt"],
                "/movie/11?append_to_response=watch%2Fproviders%2Cimages%2Ccredits%2Cvideos%2Cexternal_ids"
                    + "%2Crelease_dates&language=pt&include_video_language=pt%2Cen"
                    + "&include_image_language=pt%2Cen%2Cnull"
            ),
        ] as [(JSONObject, String)])
    func target(arguments: JSONObject, target: String) throws {
        let desk = try desk(Samples.filmRecord)
        _ = try desk.value("get_details", arguments)
        #expect(desk.upstream.targets == [target])
    }

    @Test("no more than 20 namespaces are asked for, those of the call first")
    func appendMost() throws {
        let desk = try desk(Samples.seriesRecord)
        let seasons = (1...20).map { JSONValue.string("season/\($0)") }
        _ = try desk.value("get_details", ["media_type": "tv", "id": 12, "append": .array(seasons)])
        let target = try #require(desk.upstream.targets.first)
        #expect(target.contains("season%2F20&language"))
        let input = try desk.tool("get_details").input
        let tooMany: JSONObject = ["media_type": "tv", "id": 12, "append": .array(seasons + ["credits"])]
        #expect(throws: InputSchema.Refusal.self) { try input.check(tooMany) }
    }

    @Test(
        "a namespace that the type has not is refused with those that it has",
        arguments: [
            ("movie", "content_ratings", "release_dates"), ("movie", "season/1", "watch/providers"),
            ("tv", "release_dates", "season/1"), ("tv", "season/", "credits"), ("tv", "season/1/credits", "credits"),
            ("tv", "season/123456", "credits"), ("person", "credits", "combined_credits"),
            ("person", "credits&api_key=1", "images"), ("movie", "account_states", "lists"),
        ])
    func unknownNamespace(type: String, name: String, known: String) throws {
        let desk = try desk(Samples.filmRecord)
        let message = try desk.failure(
            "get_details", ["media_type": .string(type), "id": 1, "append": ["external_ids", .string(name)]])
        #expect(message.contains("\"\(name)\""))
        #expect(message.contains(known))
        #expect(desk.upstream.requests.isEmpty)
    }

    @Test(
        "exactly one of id and ids is taken",
        arguments: [["media_type": "movie"], ["media_type": "movie", "id": 1, "ids": [2]]] as [JSONObject])
    func oneOf(arguments: JSONObject) throws {
        let message = try desk(Samples.filmRecord).failure("get_details", arguments)
        #expect(message.contains("either id"))
    }

    @Test("20 ids are taken at most, and each is asked for once")
    func ids() throws {
        let desk = try desk(Samples.filmRecord)
        let ids = (1...20).map { JSONValue.number(JSONNumber($0)) }
        let value = try desk.value("get_details", ["media_type": "movie", "ids": .array(ids)])
        #expect(value["results"]?.array?.count == 20)
        #expect(desk.upstream.requests.count == 20)
        _ = try desk.value("get_details", ["media_type": "movie", "ids": [7, 7, 7]])
        #expect(desk.upstream.requests.count == 21)
        let input = try desk.tool("get_details").input
        #expect(throws: InputSchema.Refusal.self) { try input.check(["media_type": "tv", "ids": .array(ids + [21])]) }
        #expect(try desk.failure("get_details", ["media_type": "tv", "ids": []]).contains("Give either id"))
    }

    @Test("an id that fails does not fail the others, and the order stays")
    func someFail() throws {
        let desk = try desk(paths: ["/movie/3": Samples.filmRecord, "/movie/1": Samples.filmRecord, "/movie/4": []])
        let value = try desk.value("get_details", ["media_type": "movie", "ids": [3, 2, 1, 4]])
        #expect(value["results"]?.array?.count == 2)
        #expect(value["failed"]?.array?.map { $0["id"] } == [2, 4])
        #expect(value["failed"]?[0]?["reason"]?.string?.contains("movie with the id 2") == true)
        #expect(value["failed"]?[1]?["reason"]?.string == TMDBError.unexpectedShape.message)
    }

    @Test("when all fail the call fails, with each reason once")
    func allFail() throws {
        let message = try ToolDesk(Upstream(response(401))).failure(
            "get_details", ["media_type": "tv", "ids": [1, 2]])
        #expect(message == TMDBError.unauthorized().message)
    }

    @Test("several requests run at the same time, and are cancelled together")
    func cancellation() throws {
        let upstream = Upstream()
        let tool = try ToolDesk(upstream).tool("get_details")
        let arguments = try tool.input.check(["media_type": "movie", "ids": [1, 2, 3]])
        let cancel = tool.run(arguments, try makeRequest()) { _ in Issue.record("reported") }
        #expect(upstream.requests.count == 3)
        upstream.finishes.last?(response(200, Samples.filmRecord.text))
        cancel()
        #expect(upstream.cancelled == 2)
        for finish in upstream.finishes { finish(response(200, Samples.filmRecord.text)) }
    }

    @Test("answers in any order give results in the order of the ids")
    func order() throws {
        let upstream = Upstream()
        let tool = try ToolDesk(upstream).tool("get_details")
        var result: CallToolResult?
        _ = tool.run(try tool.input.check(["media_type": "movie", "ids": [1, 2]]), try makeRequest()) { result = $0 }
        var other = try #require(Samples.filmRecord.object)
        other.set("id", to: 2)
        upstream.finishes[1](response(200, JSONValue.object(other).text))
        #expect(result == nil)
        upstream.finishes[0](response(200, Samples.filmRecord.text))
        guard case .structured(let content) = try #require(result) else { throw ToolFailure(result: "failed") }
        #expect(try content.value["results"]?.array?.map { $0["id"] } == [11, 2])
    }

    @Test("the record of a film")
    func film() throws {
        let value = try desk(Samples.filmRecord).value("get_details", ["media_type": "movie", "id": 11])
        #expect(value["failed"] == [])
        #expect(
            value["results"]?[0] == [
                "id": 11, "media_type": "movie", "title": "The Glass Harbour", "original_title": "O Porto de Vidro",
                "tagline": "Do not lean.", "year": 2019, "date": "2019-03-04", "status": "Released", "runtime": 123,
                "budget": 1000, "revenue": 2000, "genres": ["Drama"], "rating": 7.5, "votes": 321,
                "certification": "PG-13 (US)",
                "overview": "A harbour of glass.", "directors": [["id": 22, "name": "Cy Marsh"]],
                "cast": [["id": 13, "name": "Ada Quill", "character": "Mara"]], "total_cast": 1,
                "trailer": "https://www.youtube.com/watch?v=t4", "imdb_id": "tt0000011",
                "homepage": "https://example.com/gh", "collection": ["id": 16, "title": "Harbour Collection"],
                "companies": ["Quay Films"], "countries": ["Portugal"], "original_language": "pt",
                "languages": ["Portuguese"], "poster": "https://image.tmdb.org/t/p/w500/gh.jpg",
                "backdrop": "https://image.tmdb.org/t/p/w1280/ghb.jpg", "url": "https://www.themoviedb.org/movie/11",
            ])
    }

    @Test("trailer and certification are those of the language and its region, where there are some")
    func language() throws {
        let value = try desk(Samples.filmRecord).value(
            "get_details", ["media_type": "movie", "id": 11, "language": "de-PT"])
        #expect(value["results"]?[0]?["trailer"] == "https://www.youtube.com/watch?v=t3")
        #expect(value["results"]?[0]?["certification"] == "M/12 (PT)")
    }

    @Test("the record of a series")
    func series() throws {
        let value = try desk(Samples.seriesRecord).value("get_details", ["media_type": "tv", "id": 12])
        let record = try #require(value["results"]?[0])
        #expect(record["title"] == "Ferrymen")
        #expect(record["imdb_id"] == "tt0000012")
        #expect(record["runtime"] == 50)
        #expect(record["certification"] == "TV-14 (US)")
        #expect(record["creators"] == [["id": 24, "name": "Eve Pike"]])
        #expect(
            record["seasons"]
                == [["season_number": 0, "episodes": 1], ["season_number": 1, "episodes": 8, "year": 2001]])
        #expect(record["last_episode"] == "S2 E8 Ashore (2003-02-01)")
        #expect(record["next_episode"] == nil)
        #expect(record["tagline"] == nil)
        #expect(record["trailer"] == nil)
        #expect(record["networks"] == ["BBC Two"])
        #expect(record["countries"] == ["GB"])
    }

    @Test("the record of a person, with the best known titles, each once and without talk shows")
    func person() throws {
        let value = try desk(Samples.personRecord).value("get_details", ["media_type": "person", "id": 13])
        let record = try #require(value["results"]?[0])
        #expect(record["name"] == "Ada Quill")
        #expect(record["title"] == nil)
        #expect(record["born"] == "1970-05-06")
        #expect(record["died"] == nil)
        #expect(record["birthplace"] == "Porto, Portugal")
        #expect(record["known_for"]?.array?.map { $0["id"] } == [11, 12, 32])
        #expect(record["known_for"]?[1]?["character"] == "Jo")
        #expect(record["photo"] == "https://image.tmdb.org/t/p/h632/aq.jpg")
        #expect(record["url"] == "https://www.themoviedb.org/person/13")
        #expect(record["more"] == nil)
    }

    @Test("a full record has more, uncut")
    func full() throws {
        var source = try #require(Samples.filmRecord.object)
        source.set("overview", to: .string(String(repeating: " word", count: 400)))
        let cast = (1...12).map { JSONValue.object(["id": .number(JSONNumber($0)), "name": "N"]) }
        source.set("credits", to: ["cast": .array(cast)])
        let desk = try desk(.object(source))
        let compact = try #require(try desk.value("get_details", ["media_type": "movie", "id": 11])["results"]?[0])
        #expect(compact["overview"]?.string.map { $0.utf8.count <= 700 } == true)
        #expect(compact["cast"]?.array?.count == 10)
        #expect(compact["more"] == nil)
        let arguments: JSONObject = ["media_type": "movie", "id": 11, "detail": "full"]
        let full = try #require(try desk.value("get_details", arguments)["results"]?[0])
        #expect(full["overview"]?.string?.utf8.count == 1999)
        #expect(full["cast"]?.array?.count == 12)
        #expect(full["budget"] == 1000)
        #expect(full["more"]?["external_ids"]?["wikidata_id"] == "Q11")
    }

    @Test("a full record of a series has the ids of its networks, which discover_tv takes")
    func networkIDs() throws {
        let arguments: JSONObject = ["media_type": "tv", "id": 12, "detail": "full"]
        let value = try desk(Samples.seriesRecord).value("get_details", arguments)
        #expect(value["results"]?[0]?["more"]?["networks"] == [["id": 1, "name": "BBC Two"]])
    }

    @Test("what was appended takes no place from the record, however long it is")
    func longAppended() throws {
        var source = try #require(Samples.filmRecord.object)
        let keywords = JSONValue.array((1...200).map { ["id": .number(JSONNumber($0)), "name": "word"] })
        source.set("keywords", to: ["keywords": keywords])
        let desk = try desk(.object(source))
        let value = try desk.value("get_details", ["media_type": "movie", "id": 11, "append": ["keywords"]])
        var record = try #require(value["results"]?[0]?.object)
        #expect(record["appended"]?["keywords"]?.array?.count == 200)
        record.remove("appended")
        let plain = try desk.value("get_details", ["media_type": "movie", "id": 11])
        #expect(plain["results"]?[0] == .object(record))
    }

    @Test("offers that are appended are told to be JustWatch's")
    func justWatch() throws {
        let desk = try desk(Samples.filmRecord)
        let offers = try desk.value("get_details", ["media_type": "movie", "id": 11, "append": ["watch/providers"]])
        #expect(offers["attribution"]?.string?.contains("JustWatch") == true)
        let other = try desk.value("get_details", ["media_type": "movie", "id": 11, "append": ["keywords"]])
        #expect(other["attribution"]?.string?.contains("JustWatch") == false)
    }

    @Test("how many the cast has is told, since a compact record shows ten")
    func castTotal() throws {
        var source = try #require(Samples.filmRecord.object)
        let cast = (1...12).map { JSONValue.object(["id": .number(JSONNumber($0)), "name": "N"]) }
        source.set("credits", to: ["cast": .array(cast)])
        let value = try desk(.object(source)).value("get_details", ["media_type": "movie", "id": 11])
        #expect(value["results"]?[0]?["cast"]?.array?.count == 10)
        #expect(value["results"]?[0]?["total_cast"] == 12)
    }
}
