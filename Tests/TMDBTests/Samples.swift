import JSON

/// Answers in the form of TMDB's, about titles and people that do not exist.
enum Samples {
    static let film: JSONValue = [
        "id": 11, "title": "The Glass Harbour", "original_title": "O Porto de Vidro", "release_date": "2019-03-04",
        "genre_ids": [18, 28], "vote_average": 7.4567, "vote_count": 321, "overview": "A harbour of glass.",
        "poster_path": "/gh.jpg", "backdrop_path": "/ghb.jpg", "adult": false, "popularity": 12.34, "video": false,
        "original_language": "pt",
    ]
    static let series: JSONValue = [
        "id": 12, "name": "Ferrymen", "original_name": "Ferrymen", "first_air_date": "2001-12-31",
        "genre_ids": [80], "vote_average": 0, "vote_count": 0, "overview": "", "poster_path": nil,
        "origin_country": ["GB"], "media_type": "tv",
    ]
    static let person: JSONValue = [
        "id": 13, "name": "Ada Quill", "known_for_department": "Acting", "profile_path": "/aq.jpg", "gender": 1,
        "known_for": [film, series], "popularity": 1.5,
    ]
    static let company: JSONValue = ["id": 14, "name": "Quay Films", "logo_path": "/q.png", "origin_country": "PT"]
    static let keyword: JSONValue = ["id": 15, "name": "harbour"]
    static let collection: JSONValue = [
        "id": 16, "name": "Harbour Collection", "original_name": "Harbour Collection", "overview": "All harbours.",
        "poster_path": "/hc.jpg",
    ]

    static func page(_ rows: [JSONValue]) -> JSONValue {
        [
            "page": 1, "results": .array(rows), "total_pages": 3, "total_results": .number(JSONNumber(rows.count + 40)),
        ]
    }

    static let cast: JSONValue = [
        "id": 13, "name": "Ada Quill", "character": "Mara", "order": 0, "profile_path": "/aq.jpg", "credit_id": "a",
    ]
    static let crew: [JSONValue] = [
        ["id": 21, "name": "Bo Reed", "department": "Sound", "job": "Sound Mixer"],
        ["id": 22, "name": "Cy Marsh", "department": "Writing", "job": "Screenplay", "profile_path": nil],
        ["id": 23, "name": "Dee Holm", "department": "Directing", "job": "Script Supervisor"],
        ["id": 22, "name": "Cy Marsh", "department": "Directing", "job": "Director"],
    ]
    static let credits: JSONValue = ["id": 11, "cast": [cast], "crew": .array(crew)]

    static let videos: JSONValue = [
        "results": [
            video("t1", "Teaser", "en", true), video("t2", "Trailer", "en", false), video("t3", "Trailer", "de", true),
            video("t4", "Trailer", "en", true), video("t5", "Clip", "en", true),
        ]
    ]

    private static func video(_ key: String, _ type: String, _ language: String, _ isOfficial: Bool) -> JSONValue {
        [
            "key": .string(key), "type": .string(type), "iso_639_1": .string(language), "official": .bool(isOfficial),
            "site": "YouTube", "name": .string("Video \(key)"), "published_at": "2019-01-02T03:04:05.000Z",
            "size": 1080,
        ]
    }

    static let filmRecord: JSONValue = [
        "id": 11, "title": "The Glass Harbour", "original_title": "O Porto de Vidro", "tagline": "Do not lean.",
        "release_date": "2019-03-04", "status": "Released", "runtime": 123, "vote_average": 7.4567, "vote_count": 321,
        "genres": [["id": 18, "name": "Drama"]], "overview": "A harbour of glass.",
        "homepage": "https://example.com/gh",
        "imdb_id": "tt0000011", "belongs_to_collection": ["id": 16, "name": "Harbour Collection", "poster_path": nil],
        "production_companies": [["id": 14, "name": "Quay Films"]],
        "production_countries": [["iso_3166_1": "PT", "name": "Portugal"]], "original_language": "pt",
        "spoken_languages": [["english_name": "Portuguese", "iso_639_1": "pt", "name": "Português"]],
        "poster_path": "/gh.jpg", "backdrop_path": "/ghb.jpg", "budget": 1000, "revenue": 2000, "popularity": 12.34,
        "credits": credits, "videos": videos, "external_ids": ["imdb_id": "tt0000011", "wikidata_id": "Q11"],
        "release_dates": [
            "results": [
                ["iso_3166_1": "PT", "release_dates": [["certification": "M/12", "type": 3]]],
                [
                    "iso_3166_1": "US",
                    "release_dates": [["certification": "", "type": 1], ["certification": "PG-13"]],
                ],
            ]
        ],
        "keywords": ["keywords": [["id": 15, "name": "harbour"]]],
    ]

    static let seriesRecord: JSONValue = [
        "id": 12, "name": "Ferrymen", "original_name": "Ferrymen", "tagline": "", "first_air_date": "2001-12-31",
        "last_air_date": "2003-02-01", "status": "Ended", "type": "Scripted", "episode_run_time": [50, 55],
        "number_of_seasons": 2, "number_of_episodes": 16, "genres": [["id": 80, "name": "Crime"]], "vote_average": 8,
        "vote_count": 10, "overview": "Men and ferries.", "created_by": [["id": 24, "name": "Eve Pike"]],
        "seasons": [
            ["season_number": 0, "name": "Specials", "episode_count": 1, "air_date": nil],
            ["season_number": 1, "name": "Season 1", "episode_count": 8, "air_date": "2001-12-31"],
        ],
        "last_episode_to_air": ["season_number": 2, "episode_number": 8, "name": "Ashore", "air_date": "2003-02-01"],
        "next_episode_to_air": nil, "networks": [["id": 1, "name": "BBC Two"]], "origin_country": ["GB"],
        "production_countries": [], "original_language": "en", "poster_path": nil, "in_production": false,
        "credits": credits, "videos": ["results": []], "external_ids": ["imdb_id": "tt0000012", "tvdb_id": 99],
        "content_ratings": [
            "results": [["iso_3166_1": "DE", "rating": "12"], ["iso_3166_1": "US", "rating": "TV-14"]]
        ],
    ]

    static let personCredits: JSONValue = [
        "cast": [
            work("movie", 11, "The Glass Harbour", "2019-03-04", 300, ["character": "Mara", "order": 0]),
            work("tv", 12, "Ferrymen", "2001-12-31", 100, ["character": "Jo", "episode_count": 16]),
            work("tv", 12, "Ferrymen", "2001-12-31", 100, ["character": "Jo's twin", "episode_count": 2]),
            work("tv", 31, "The Late Talk", "2010-01-01", 9000, ["character": "Self - Guest", "episode_count": 40]),
            work("movie", 32, "Undated", "", 0, ["character": "Kim", "order": 3]),
        ],
        "crew": [
            work("movie", 11, "The Glass Harbour", "2019-03-04", 300, ["job": "Producer", "department": "Production"]),
            work("movie", 33, "Short Pier", "2021-06-07", 20, ["job": "Director", "department": "Directing"]),
            work("movie", 33, "Short Pier", "2021-06-07", 20, ["job": "Writer", "department": "Writing"]),
        ],
    ]

    private static func work(
        _ type: String, _ id: Int, _ title: String, _ date: String, _ votes: Int, _ more: JSONObject
    ) -> JSONValue {
        var object: JSONObject = [
            "media_type": .string(type), "id": .number(JSONNumber(id)), "vote_count": .number(JSONNumber(votes)),
            "vote_average": 6.5, "genre_ids": [18], "overview": "Work.", "poster_path": "/w.jpg",
        ]
        object.set(type == "tv" ? "name" : "title", to: .string(title))
        object.set(type == "tv" ? "first_air_date" : "release_date", to: .string(date))
        for (name, value) in more { object.set(name, to: value) }
        return .object(object)
    }

    static let personRecord: JSONValue = [
        "id": 13, "name": "Ada Quill", "biography": "Born by the sea.", "birthday": "1970-05-06", "deathday": nil,
        "place_of_birth": "Porto, Portugal", "known_for_department": "Acting", "imdb_id": "nm0000013",
        "also_known_as": ["A. Quill"], "profile_path": "/aq.jpg", "homepage": nil, "popularity": 3.25,
        "combined_credits": personCredits, "external_ids": ["imdb_id": "nm0000013", "instagram_id": "adaq"],
    ]

    static func episode(_ number: Int) -> JSONValue {
        [
            "id": .number(JSONNumber(500 + number)), "episode_number": .number(JSONNumber(number)), "season_number": 1,
            "name": .string("Part \(number)"), "air_date": "2001-12-31", "runtime": 50, "vote_average": 7.25,
            "vote_count": 4, "overview": "They row.", "still_path": "/s.jpg", "episode_type": "standard",
            "crew": .array(crew), "guest_stars": [cast],
        ]
    }

    static let season: JSONValue = [
        "_id": "x", "id": 77, "name": "Season 1", "season_number": 1, "air_date": "2001-12-31",
        "overview": "The first.",
        "poster_path": "/s1.jpg", "vote_average": 7.5, "episodes": [episode(1), episode(2)],
    ]

    static let collectionRecord: JSONValue = [
        "id": 16, "name": "Harbour Collection", "overview": "All harbours.", "poster_path": "/hc.jpg",
        "parts": [
            ["id": 41, "title": "Harbour 3", "release_date": ""],
            ["id": 42, "title": "Harbour 2", "release_date": "2021-01-01", "media_type": "movie", "genre_ids": [18]],
            ["id": 43, "name": "Harbour", "release_date": "2019-03-04"],
        ],
    ]

    static let reviews: JSONValue = page([
        [
            "id": "r1", "author": "reader", "author_details": ["rating": 8, "username": "reader"],
            "content": "Clear as glass.", "created_at": "2020-02-03T04:05:06.789Z",
            "updated_at": "2021-02-03T04:05:06Z",
            "url": "https://www.themoviedb.org/review/r1",
        ]
    ])

    static let images: JSONValue = [
        "id": 11,
        "posters": [
            ["file_path": "/p1.jpg", "iso_639_1": "en", "width": 1000, "height": 1500, "vote_average": 5.3],
            ["file_path": "/p2.jpg", "iso_639_1": "pt", "width": 500, "height": 750],
        ],
        "backdrops": [["file_path": "/b1.jpg", "iso_639_1": nil, "width": 1920, "height": 1080]],
    ]

    /// Every tool with arguments and what TMDB would answer to all that it asks.
    static let calls: [(tool: String, arguments: JSONObject, answer: JSONValue)] = [
        ("search", ["query": "a"], page([person, series])),
        ("search", ["query": "a", "type": "movie", "detail": "full"], page([film])),
        ("search", ["query": "a", "type": "company"], page([company])),
        ("search", ["query": "a", "type": "collection"], page([collection])),
        ("get_trending", ["media_type": "movie", "time_window": "day"], page([film])),
        ("get_recommendations", ["media_type": "tv", "id": 12], page([series])),
        ("get_details", ["media_type": "movie", "id": 11, "append": ["keywords"]], filmRecord),
        ("get_details", ["media_type": "tv", "id": 12, "detail": "full"], seriesRecord),
        ("get_details", ["media_type": "person", "ids": [13, 14]], personRecord),
        ("get_season", ["id": 12, "season_number": 1], season),
        ("get_season", ["id": 12, "season_number": 1, "episode_number": 1, "detail": "full"], episode(1)),
        ("get_credits", ["media_type": "movie", "id": 11], credits),
        ("get_filmography", ["id": 13, "detail": "full"], personCredits),
        ("get_collection", ["id": 16], collectionRecord),
        ("get_reviews", ["media_type": "movie", "id": 11], reviews),
        ("get_media", ["media_type": "movie", "id": 11, "kind": "videos"], videos),
        ("get_media", ["media_type": "movie", "id": 11, "kind": "images"], images),
    ]
}
