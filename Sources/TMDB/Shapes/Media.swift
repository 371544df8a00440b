import JSON

/// Videos and images of a record: GET /movie/{id}/videos, /movie/{id}/images and those of other types.
enum Media {
    static let shape = Shape(
        [
            Field("total_videos", .integer),
            Field("videos", .list(Video.shape)),
            Field("total_images", .integer),
            Field("images", .derived(.list(image), rows)),
        ] + Attribution.fields)

    /// TMDB's lists of images, with the size that each is given in.
    private static let kinds: [(name: String, list: String, size: ImageSize)] = [
        ("poster", "posters", .poster), ("backdrop", "backdrops", .backdrop), ("logo", "logos", .logo),
        ("profile", "profiles", .profile), ("still", "stills", .still),
    ]

    private static let image = Shape([
        Field("kind", .text).required,
        Field("url", .text).required,
        Field("language", .text, from: "iso_639_1"),
        Field("country", .text, from: "iso_3166_1"),
        Field("width", .integer, description: "of the original, which full gives"),
        Field("height", .integer),
    ])

    /// - Parameters:
    ///   - videos, images: TMDB's answers, nil for what was not asked for.
    ///   - rowsMax: videos, and images of each kind.
    static func json(videos: JSONValue?, images: JSONValue?, rowsMax: Int64, _ shaping: Shaping) -> [UInt8]? {
        guard let source = object(videos: videos, images: images, rowsMax: rowsMax, shaping) else { return nil }
        let rows = ((videos == nil ? 0 : 1) + (images == nil ? 0 : kinds.count)) * Int(clamping: rowsMax)
        return shaping.fitted(rows: rows) { shape.write(source, $0, into: &$1) }
    }

    /// What the shape is made of. Nil when TMDB's answers are none.
    static func object(
        videos: JSONValue? = nil, images: JSONValue? = nil, rowsMax: Int64 = 5, _ shaping: Shaping
    ) -> JSONValue? {
        var source = JSONObject()
        let most = Int(clamping: rowsMax)
        if let videos {
            guard let list = videos["results"]?.array else { return nil }
            source.set("total_videos", to: .number(JSONNumber(list.count)))
            source.set("videos", to: .array(Array(Video.sorted(list, shaping.language).prefix(most))))
        }
        if let images {
            guard images.object != nil else { return nil }
            var total = 0
            for kind in kinds {
                let list = images[kind.list]?.array ?? []
                total += list.count
                // TMDB's first is the one that it shows.
                source.set(kind.list, to: .array(Array(list.prefix(most))))
            }
            source.set("total_images", to: .number(JSONNumber(total)))
        }
        return .object(source)
    }

    /// The images of some languages and of none.
    static func without(textIn images: JSONValue, but languages: [String]) -> JSONValue {
        guard var object = images.object else { return images }
        for kind in kinds {
            guard let list = images[kind.list]?.array else { continue }
            let kept = list.filter { image in
                image["iso_639_1"].flatMap(Field.Kind.text).map { $0 == "xx" || languages.contains($0) } ?? true
            }
            object.set(kind.list, to: .array(kept))
        }
        return .object(object)
    }

    @Sendable private static func rows(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard shaping.hasImages else { return nil }
        var rows: [JSONValue] = []
        for kind in kinds {
            for element in source[kind.list]?.array ?? [] {
                guard var object = element.object, let path = element["file_path"]?.string,
                    let url = (shaping.detail == .full ? ImageSize.original : kind.size).url(of: path)
                else { continue }
                object.set("kind", to: .string(kind.name))
                object.set("url", to: .string(url))
                rows.append(.object(object))
            }
        }
        return .array(rows)
    }
}
