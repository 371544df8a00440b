import JSON

/// One result of a list: a film, a series, a person, a collection, a company or a keyword.
enum Row {
    static let shape = Shape(identity + [name, originalTitle] + facts + portrait + more) { source, shaping in
        let type = type(of: source, shaping)
        return hasTitle(type) ? sureTitles : type == "person" ? people : nil
    }

    /// One far down a list.
    static let slim = Shape(shape.only(slimNames).fields) { source, shaping in
        hasTitle(type(of: source, shaping)) ? slimTitles : nil
    }

    private static let slimNames = "id media_type title adult name year rating known_for_department"

    /// Of what is known to have a title.
    private static let sureTitles =
        [identity[0], mediaType, Field("title", .derived(.name, sureTitle)), adult, originalTitle] + facts + more
    private static let slimTitles = Shape(sureTitles).only(slimNames).fields

    /// Of lists that have films and series alone.
    static let titles = Shape(identity + [originalTitle] + facts + more)

    /// What a person has marked, and lists that they made.
    static let ofAccount = Shape(
        identity + [Field("your_rating", .rating, from: "rating"), originalTitle] + facts + [
            name, Field("description", .prose(bytesMax: 140)), Field("items", .integer, from: "item_count"),
        ] + more)

    private static let people = identity + [name, originalTitle] + portrait + more

    private static let identity = [Field("id", .integer).required, mediaType, title, adult]

    private static let originalTitle = Field("original_title", .text, from: "original_title", "original_name").fullOnly

    private static let facts = [
        Field("year", .year, from: "release_date", "first_air_date"),
        Field("date", .date, from: "release_date", "first_air_date"),
        Field("genres", .genres, from: "genre_ids"),
        Field("rating", .rating, from: "vote_average", description: "0 to 10"),
        Field("votes", .integer, from: "vote_count"),
        Field("overview", .prose(bytesMax: 140)), Field("text_language", .text),
        Field("poster", .image(.poster), from: "poster_path"),
    ]

    /// Of a person or a company.
    private static let portrait = [
        Field("known_for_department", .text),
        Field("known_for", .derived(.names, knownFor)),
        Field("photo", .image(.profile), from: "profile_path"),
        Field("logo", .image(.logo), from: "logo_path"),
    ]

    private static let more = [
        Field("origin_country", .derived(.names, countries)).fullOnly,
        Field("original_language", .text).fullOnly,
        Field("popularity", .rating).fullOnly,
        Field("backdrop", .image(.backdrop), from: "backdrop_path").fullOnly,
    ]

    static let mediaType = Field("media_type", .derived(.text, typeText)).required
    static let title = Field("title", .derived(.name, title))
    /// Of a person, a company or a keyword.
    static let name = Field("name", .derived(.name, name))

    /// Told of adult titles, and of people known for them, alone.
    static let adult = Field("adult", .derived(.flag, adult))

    // What each row is asked for.
    private static let typeKey = JSONKey("media_type")
    private static let titleKey = JSONKey("title")
    private static let nameKey = JSONKey("name")
    private static let adultKey = JSONKey("adult")

    private static func type(of source: JSONValue, _ shaping: Shaping) -> String? {
        source[typeKey].flatMap(Field.Kind.text) ?? shaping.mediaType
    }

    @Sendable private static func typeText(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        type(of: source, shaping).map { .string($0) }
    }

    private static func hasTitle(_ type: String?) -> Bool { type == "movie" || type == "tv" || type == "collection" }

    @Sendable private static func title(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        hasTitle(type(of: source, shaping)) ? sureTitle(source, shaping) : nil
    }

    @Sendable private static func sureTitle(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        text(source, titleKey) ?? text(source, nameKey) ?? text(source, JSONKey("original_title"))
            ?? text(source, JSONKey("original_name"))
    }

    @Sendable private static func adult(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        source[adultKey]?.bool == true ? true : nil
    }

    @Sendable private static func name(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        hasTitle(type(of: source, shaping)) ? nil : text(source, nameKey)
    }

    /// The titles that a person is known for.
    @Sendable private static func knownFor(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard let titles = source["known_for"]?.array else { return nil }
        return .array(
            titles.prefix(3).compactMap { title in
                let name = (text(title, titleKey) ?? text(title, nameKey))?.string
                return name.map { .string($0.cut(toBytes: shaping.nameBytesMax)) }
            })
    }

    /// One of a company, several of a series.
    @Sendable private static func countries(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard let countries = source["origin_country"] else { return nil }
        if let one = Field.Kind.text(countries) { return [.string(one)] }
        return countries
    }

    private static func text(_ source: JSONValue, _ member: JSONKey) -> JSONValue? {
        guard let value = source[member], Field.Kind.text(value) != nil else { return nil }
        return value
    }
}
