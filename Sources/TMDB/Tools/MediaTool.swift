import Bytes
import JSON
import MCP

/// `get_media`: videos and images (TMDB: GET /{type}/{id}/videos and /images).
enum MediaTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_media", title: "Videos and images",
            description: "URLs of trailers and other videos, posters, backdrops, logos, photos or stills.",
            [
                Parameters.mediaType(types), Parameters.id,
                Parameter(
                    "kind", .choice(["videos", "images", "all"]), default: "all", description: "which of the two"),
                Parameters.seasonNumber, Parameters.episodeNumber,
                Parameter(
                    "include_languages", .list(languageCode, count: 1...3),
                    description: "beside language, en and none; none alone: images without text"),
                Parameters.limit(5, "of videos and of each kind of images"),
                Parameters.language(context), Parameters.detail,
            ],
            output: .object(Media.shape.schema), about: types, in: context, work: work)
    }

    private static let languageCode = Parameter.Kind.custom(
        schema: ["type": "string"],
        check: { value in
            if let text = value.string, text == none || text.utf8.count == 2 && LanguageTag.isWellFormed(text) {
                return nil
            }
            return "a language's code of two small letters such as \"de\", or none for images without text"
        },
        normalised: {
            ["none", "null", "xx", "no text"].contains($0.asciiLowercased) ? none : LanguageTag.normalised($0)
        })

    /// Images without text, which TMDB says of null.
    private static let none = "none"

    private static let types = ["movie", "tv", "person", "collection"]

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let (subject, part) = arguments.part
        let shaping = arguments.shaping(call.context)
        let kind = arguments.string("kind") ?? "all"
        let hasVideos = shaping.mediaType == "movie" || shaping.mediaType == "tv"
        if kind == "videos", !hasVideos {
            return finish(.failure("TMDB has videos of movies and series only: set kind to images."))
        }
        if case .none(let problem) = part { return finish(.failure(problem)) }

        let languages = languages(arguments, shaping.language)
        let given = (arguments.value("include_languages")?.array ?? []).compactMap { $0.string }
        // Who asks for images without text does not want the others that come with them otherwise, as those of
        // `language` do.
        let isTextless = given.contains(none)
        let ofImages: Call.Query =
            isTextless
            ? [("include_image_language", (given.filter { $0 != none } + ["null"]).joined(separator: ","))]
            : [("language", shaping.language), ("include_image_language", languages + ",null")]
        var requests: [(path: String, query: Call.Query)] = []
        if hasVideos, kind != "images" {
            let query: Call.Query = [("language", shaping.language), ("include_video_language", languages)]
            requests.append((subject.path + "/videos", query))
        }
        if kind != "videos" {
            requests.append((subject.path + "/images", shaping.mediaType == "person" ? [] : ofImages))
        }
        let hasBoth = requests.count == 2
        call.getAll(requests) { answers in
            var values: [JSONValue] = []
            for answer in answers {
                switch answer {
                case .failure(let error): return finish(.failure(subject.reason(error)))
                case .success(let value): values.append(value)
                }
            }
            let limit = arguments.integer("limit") ?? 5
            let videos = hasBoth || kind == "videos" ? values.first : nil
            var images = kind == "videos" ? nil : values.last
            if isTextless { images = images.map { Media.without(textIn: $0, but: given) } }
            guard let json = Media.json(videos: videos, images: images, rowsMax: limit, shaping) else {
                return finish(.failure(TMDBError.unexpectedShape.message))
            }
            finish(.structured(StructuredContent(json: json)))
        }
    }

    /// Codes joined by commas, each once. Most media of foreign titles are in English.
    private static func languages(_ arguments: Arguments, _ language: String) -> String {
        var codes = [language.languageCode]
        for code in (arguments.value("include_languages")?.array ?? []).compactMap({ $0.string }) + ["en"] {
            if code != none, !codes.contains(code) { codes.append(code) }
        }
        return codes.joined(separator: ",")
    }
}
