import Foundation
import JSON
import TMDB
import Testing

enum RealAnswers {
    struct Recording: Sendable, CustomTestStringConvertible {
        let file: String
        let tool: String
        let arguments: JSONObject

        var testDescription: String { file }
    }

    /// The folder that TMDB_RECORDINGS names: `endpoints.json`, the examples of TMDB's reference, and `responses/`.
    /// They are TMDB's, so the repository does not hold them; the same tests run on the stand-in's sample everywhere.
    private static let folder = ProcessInfo.processInfo.environment["TMDB_RECORDINGS"].map {
        URL(fileURLWithPath: $0)
    }

    static let isWanted = folder != nil

    private static func read(_ name: String) throws -> JSONValue {
        let folder = try #require(folder)
        return try JSONValue(parsing: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    }

    static func endpoints() throws -> JSONObject { try #require(try read("endpoints.json")["paths"]?.object) }

    static func recorded(_ file: String) throws -> JSONValue { try read("responses/" + file) }

    /// Answers each target with the example of its endpoint, with those of the namespaces that it appends.
    static func upstream() throws -> Upstream {
        let endpoints = try endpoints()
        let upstream = Upstream()
        upstream.answer = { target in
            let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
            guard var object = example(of: parts[0], endpoints)?.object else { return response(404, "") }
            let query = parts.count > 1 ? parts[1].removingPercentEncoding ?? "" : ""
            for parameter in query.split(separator: "&") where parameter.hasPrefix("append_to_response=") {
                for name in parameter.dropFirst("append_to_response=".count).split(separator: ",") {
                    if let value = example(of: parts[0] + "/" + name, endpoints) { object.set(String(name), to: value) }
                }
            }
            return response(200, JSONValue.object(object).text)
        }
        return upstream
    }

    /// The example answer of the endpoint whose path fits, without those that only have errors.
    private static func example(of path: String, _ endpoints: JSONObject) -> JSONValue? {
        let segments = ("/3" + path).split(separator: "/")
        for (template, endpoint) in endpoints {
            let parts = template.split(separator: "/")
            guard parts.count == segments.count else { continue }
            // Episode groups have ids of 24 hexadecimal digits.
            let fits = zip(parts, segments).allSatisfy { part, segment in
                let isID = segment.allSatisfy(\.isNumber) || segment.count == 24 && segment.allSatisfy(\.isHexDigit)
                return part == segment || part.hasPrefix("{") && isID
            }
            let window =
                template.hasSuffix("{time_window}") && path.hasPrefix("/trending")
                && zip(parts, segments).dropLast().allSatisfy { $0 == $1 }
            if fits || window, let example = endpoint["examples"]?["200"] { return example }
        }
        return nil
    }

    static let recordings: [Recording] = [
        Recording(file: "search_multi_disney.json", tool: "search", arguments: ["query": "a"]),
        Recording(file: "search_multi_with_collection.json", tool: "search", arguments: ["query": "a"]),
        Recording(file: "search_movie.json", tool: "search", arguments: ["query": "a", "type": "movie"]),
        Recording(file: "search_tv.json", tool: "search", arguments: ["query": "a", "type": "tv"]),
        Recording(file: "search_person.json", tool: "search", arguments: ["query": "a", "type": "person"]),
        trending("all_day", "all"), trending("movie", "movie"), trending("tv", "tv"), trending("person", "person"),
        Recording(
            file: "movie_recommendations.json", tool: "get_recommendations",
            arguments: ["media_type": "movie", "id": 550]),
        Recording(
            file: "movie_similar.json", tool: "get_recommendations",
            arguments: ["media_type": "movie", "id": 550, "similar": true]),
        Recording(
            file: "tv_recommendations.json", tool: "get_recommendations", arguments: ["media_type": "tv", "id": 1]),
        details("movie_550_append_to_response", "movie"), details("movie_550_detail", "movie"),
        details("tv_append_to_response", "tv"), details("tv_detail", "tv"),
        details("person_append_to_response", "person"), details("person_detail", "person"),
        Recording(file: "collection_detail.json", tool: "get_collection", arguments: ["id": 10]),
        Recording(
            file: "movie_videos.json", tool: "get_media",
            arguments: ["media_type": "movie", "id": 550, "kind": "videos"]),
    ]

    private static func trending(_ file: String, _ type: String) -> Recording {
        Recording(
            file: "trending_\(file).json", tool: "get_trending",
            arguments: ["media_type": .string(type), "time_window": "day"])
    }

    private static func details(_ file: String, _ type: String) -> Recording {
        Recording(file: file + ".json", tool: "get_details", arguments: ["media_type": .string(type), "id": 1])
    }
}
