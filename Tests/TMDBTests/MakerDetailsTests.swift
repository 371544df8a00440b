import JSON
import MCP
import TMDB
import Testing

/// `get_details` of what has no titles of its own: companies, networks and keywords.
@Suite struct MakerDetailsTests {
    private static let company: JSONValue = [
        "id": 14, "name": "Quay Films", "description": "Makes films.", "headquarters": "Porto",
        "homepage": "https://q.example",
        "logo_path": "/q.svg", "origin_country": "PT", "parent_company": ["id": 9, "name": "Harbour Group"],
    ]

    @Test("a company, a network and a keyword have records")
    func records() throws {
        let company = try desk(Self.company).value("get_details", ["media_type": "company", "id": 14])["results"]?[0]
        #expect(
            company == [
                "id": 14, "media_type": "company", "name": "Quay Films", "overview": "Makes films.",
                "homepage": "https://q.example", "countries": ["PT"], "headquarters": "Porto",
                "parent_company": "Harbour Group", "logo": "https://image.tmdb.org/t/p/w300/q.png",
                "url": "https://www.themoviedb.org/company/14",
            ])
        let network: JSONValue = [
            "id": 49, "name": "HBO", "headquarters": "", "logo_path": nil, "origin_country": "US",
        ]
        #expect(
            try desk(network).value("get_details", ["media_type": "network", "id": 49])["results"] == [
                [
                    "id": 49, "media_type": "network", "name": "HBO", "countries": ["US"],
                    "url": "https://www.themoviedb.org/network/49",
                ]
            ])
        #expect(
            try desk(Samples.keyword).value("get_details", ["media_type": "keyword", "id": 15])["results"]?[0]?["name"]
                == "harbour")
    }

    @Test(
        "what people call them is taken, and addresses",
        arguments: [
            (["media_type": "studio", "id": 14], "/company/14"),
            (["media_type": "TV channel", "id": 14], "/network/14"),
            (["id": "https://www.themoviedb.org/company/14-quay"], "/company/14"),
            (["id": "keyword/14"], "/keyword/14"),
        ] as [(JSONObject, String)])
    func words(arguments: JSONObject, target: String) throws {
        let desk = try desk(Self.company)
        _ = try desk.value("get_details", arguments)
        #expect(desk.upstream.targets.map { String($0.prefix { $0 != "?" }) } == [target])
    }

    @Test("several come at once, and nothing is appended to them")
    func several() throws {
        let value = try desk(Self.company).value("get_details", ["media_type": "company", "ids": [14, 15]])
        #expect(value["results"]?.array?.count == 2)
        #expect(value["results"]?[0]?["headquarters"] == "Porto")
        let message = try desk(nil).failure(
            "get_details", ["media_type": "company", "id": 14, "append": ["images"]])
        #expect(message.contains("TMDB appends nothing to a company"))
    }
}
