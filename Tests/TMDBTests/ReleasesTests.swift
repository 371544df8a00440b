import JSON
import TMDB
import Testing

/// When and how a film comes out in a country.
@Suite struct ReleasesTests {
    private static let film: JSONValue = [
        "id": 5, "title": "F",
        "release_dates": [
            "results": [
                [
                    "iso_3166_1": "US",
                    "release_dates": [
                        ["type": 3, "release_date": "2024-03-01T00:00:00.000Z", "certification": "PG-13"]
                    ],
                ],
                [
                    "iso_3166_1": "GB",
                    "release_dates": [
                        [
                            "type": 5, "release_date": "2024-06-10T00:00:00.000Z", "certification": "",
                            "note": "Blu-ray",
                        ],
                        ["type": 4, "release_date": "2024-05-20T00:00:00.000Z", "certification": ""],
                        ["type": 1, "release_date": "2024-02-15T00:00:00.000Z", "certification": "", "note": "London"],
                        ["type": 3, "release_date": "2024-03-02T00:00:00.000Z", "certification": "12A"],
                        ["type": 6, "release_date": "2024-12-25T00:00:00.000Z"],
                        ["type": 2, "release_date": "2024-02-28T00:00:00.000Z"],
                    ],
                ],
            ]
        ],
    ]

    @Test("the releases in a country that was asked for, oldest first, by their kinds", arguments: ["GB", "uk"])
    func region(region: String) throws {
        let answer = try desk(Self.film).value(
            "get_details", ["media_type": "movie", "id": 5, "region": .string(region)])
        let record = try #require(answer["results"]?[0])
        #expect(record["certification"] == "12A (GB)")
        #expect(
            record["releases"]?.array?.map { $0["type"] } == [
                "premiere", "limited", "theatrical", "digital", "physical", "tv",
            ])
        #expect(
            record["releases"]?[2] == [
                "country": "GB", "date": "2024-03-02", "type": "theatrical", "certification": "12A",
            ])
        #expect(record["releases"]?[4]?["note"] == "Blu-ray")
    }

    @Test("one of many has them too, and a country without any tells those of another as such")
    func several() throws {
        let records = try desk(Self.film).value(
            "get_details", ["media_type": "movie", "ids": [5, 6], "region": "JP"])
        #expect(records["results"]?[0]?["releases"]?.array?.map { $0["country"] } == ["US"])
    }

    @Test("without a country, a record has none, so that it is short")
    func without() throws {
        let record = try desk(Self.film).value("get_details", ["media_type": "movie", "id": 5])["results"]?[0]
        #expect(record?["title"] == "F")
        #expect(record?["releases"] == nil)
    }
}
