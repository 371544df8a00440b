import Bytes
import JSON

/// A trailer or another video that TMDB links to.
enum Video {
    static let shape = Shape([
        Field("name", .name).required,
        Field("type", .text),
        Field("official", .flag),
        Field("url", .derived(.text) { video, _ in url(of: video).map { .string($0) } }).required,
        Field("language", .text, from: "iso_639_1"),
        Field("date", .date, from: "published_at"),
    ])

    /// The best of a list, as a URL: a trailer or a teaser, in the language that was asked for, official.
    @Sendable static func trailer(_ record: JSONValue, _ shaping: Shaping) -> JSONValue? {
        let videos = (record["videos"]?["results"]?.array ?? []).filter { kindRank($0) < 2 }
        let best = sorted(videos, shaping.language)
        for video in best {
            if let url = url(of: video) { return .string(url) }
        }
        return nil
    }

    /// Trailers first, then teasers, then the rest; in each those of the language first, then the official ones.
    static func sorted(_ videos: [JSONValue], _ language: String) -> [JSONValue] {
        let code = language.languageCode
        let ranks = videos.map { video in
            let isOther = video["iso_639_1"]?.string != code
            let isUnofficial = video["official"]?.bool != true
            return kindRank(video) * 4 + (isOther ? 2 : 0) + (isUnofficial ? 1 : 0)
        }
        return Ranking.sorted(videos, by: ranks)
    }

    private static func kindRank(_ video: JSONValue) -> Int64 {
        switch video["type"]?.string {
        case "Trailer": 0
        case "Teaser": 1
        default: 2
        }
    }

    /// Nil for a site that is not known, or a key that is none.
    private static func url(of video: JSONValue) -> String? {
        guard let key = video["key"].flatMap(Field.Kind.text), key.utf8.allSatisfy(isKeyByte) else { return nil }
        switch video["site"]?.string {
        case "YouTube": return "https://www.youtube.com/watch?v=" + key
        case "Vimeo": return "https://vimeo.com/" + key
        default: return nil
        }
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
