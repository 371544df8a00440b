import JSON

/// Where a title can be watched: GET /movie/{id}/watch/providers and those of series and seasons.
enum Offers {
    static let shape = Shape([
        Field("region", .text),
        Field("stream", .names, description: "with a subscription"),
        Field("free", .names),
        Field("ads", .names, description: "free with advertisements"),
        Field("rent", .names),
        Field("buy", .names),
        Field("link", .text, description: "to the offers"),
        Field("regions", .names, description: "where it can be watched, when none was asked for or there is nothing"),
    ])

    private static let kinds = [
        (name: "stream", source: "flatrate"), (name: "free", source: "free"), (name: "ads", source: "ads"),
        (name: "rent", source: "rent"), (name: "buy", source: "buy"),
    ]

    /// The offers in the region, or the regions that have some.
    static func object(_ regions: JSONObject, region: String?) -> JSONObject {
        var object = JSONObject()
        if let region { object.set("region", to: .string(region)) }
        guard let region, let offers = regions[region] else {
            object.set("regions", to: .array(regions.map { .string($0.key) }))
            return object
        }
        for kind in kinds {
            guard let providers = offers[kind.source]?.array else { continue }
            object.set(kind.name, to: .array(providers.compactMap { $0["provider_name"] }))
        }
        object.set("link", to: offers["link"] ?? .null)
        return object
    }
}
