import Bytes
import JSON

/// What TMDB appends to a record of a type (developer.themoviedb.org, "Append To Response"), besides what needs a
/// user's session.
enum Namespaces {
    static func names(of mediaType: String) -> [String] {
        switch mediaType {
        case "movie":
            [
                "alternative_titles", "changes", "credits", "external_ids", "images", "keywords", "lists",
                "recommendations", "release_dates", "reviews", "similar", "translations", "videos", "watch/providers",
            ]
        case "tv":
            [
                "aggregate_credits", "alternative_titles", "changes", "content_ratings", "credits", "episode_groups",
                "external_ids", "images", "keywords", "lists", "recommendations", "reviews", "screened_theatrically",
                "similar", "translations", "videos", "watch/providers",
            ]
        case "person":
            [
                "changes", "combined_credits", "external_ids", "images", "movie_credits", "tagged_images",
                "translations", "tv_credits",
            ]
        default: []
        }
    }

    static func contains(_ name: String, mediaType: String) -> Bool {
        names(of: mediaType).contains(name) || (mediaType == "tv" && isSeason(name))
    }

    /// Such as "season/1".
    private static func isSeason(_ name: String) -> Bool {
        let number = name.utf8.dropFirst("season/".utf8.count)
        return name.hasPrefix("season/") && (1...5).contains(number.count)
            && number.allSatisfy { $0.isASCIIDigit }
    }

    static func refusal(of name: String, mediaType: String) -> String {
        let names = names(of: mediaType)
        if names.isEmpty { return "append: TMDB appends nothing to a \(mediaType): leave it out." }
        return "append: TMDB has no \"\(name)\" of a \(mediaType). There are \(names.joined(separator: ", "))"
            + (mediaType == "tv" ? " and season/1, season/2 and so on." : ".")
    }
}
