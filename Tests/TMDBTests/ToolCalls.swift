import JSON

/// A call, or more, for each endpoint that a tool about titles and people asks; the ids are those of the sample.
enum ToolCalls {
    static let all: [(tool: String, arguments: JSONObject)] = {
        var calls: [(tool: String, arguments: JSONObject)] = []
        func add(_ tool: String, _ arguments: JSONObject) { calls.append((tool, arguments)) }
        for type in ["multi", "movie", "tv", "person", "collection", "company", "keyword"] {
            add("search", ["query": "a", "type": .string(type)])
        }
        for type in ["movie", "tv", "person", "all"] {
            add("get_trending", ["media_type": .string(type), "time_window": "week"])
        }
        for type in ["movie", "tv"] {
            let id: JSONValue = type == "tv" ? 1396 : 603
            let subject: JSONObject = ["media_type": .string(type), "id": id]
            // The reference has `{}` for the recommendations of a film.
            if type == "tv" { add("get_recommendations", subject) }
            add("get_recommendations", ["media_type": .string(type), "id": id, "similar": true])
            add("get_credits", subject)
            add("get_media", subject)
            add("get_details", ["media_type": .string(type), "ids": [id]])
        }
        let ofFilm: JSONValue = ["keywords", "lists", "alternative_titles", "translations", "watch/providers"]
        add("get_details", ["media_type": "movie", "id": 603, "append": ofFilm])
        let ofSeries: JSONValue = ["episode_groups", "screened_theatrically", "aggregate_credits", "season/1"]
        add("get_details", ["media_type": "tv", "id": 1396, "append": ofSeries])
        add("get_details", ["media_type": "person", "id": 15277, "append": ["images", "tagged_images"]])
        add("get_season", ["id": 1396, "season_number": 1])
        add("get_season", ["id": 1396, "season_number": 1, "episode_number": 1])
        add("get_season", ["id": 1396, "season_number": 1, "append": ["external_ids", "translations"]])
        add("get_season", ["id": 1396, "episode_group": "order"])
        add("get_credits", ["media_type": "tv", "id": 1396, "season_number": 1])
        add("get_credits", ["media_type": "tv", "id": 1396, "season_number": 1, "episode_number": 1])
        for (type, id) in [("company", 420), ("network", 49), ("keyword", 4379)] as [(String, JSONValue)] {
            add("get_details", ["media_type": .string(type), "id": id])
        }
        add("get_media", ["media_type": "person", "id": 15277])
        add("get_media", ["media_type": "collection", "id": 10])
        add("get_media", ["media_type": "tv", "id": 1396, "season_number": 1])
        add("get_media", ["media_type": "tv", "id": 1396, "season_number": 1, "episode_number": 1])
        add("get_collection", ["id": 10])
        return calls
    }()
}
