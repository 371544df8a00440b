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
        Field("regions", .names, description: "that have some, where this one is not given or has none"),
        Field("note", .text),
    ])

    private static let kinds = [
        (name: "stream", source: "flatrate"), (name: "free", source: "free"), (name: "ads", source: "ads"),
        (name: "rent", source: "rent"), (name: "buy", source: "buy"),
    ]

    /// The offers in the region, or the regions that have some.
    static func object(_ regions: JSONObject, region: String?) -> JSONObject {
        var object = JSONObject()
        if let region { object.set("region", to: .string(region)) }
        var hasOffers = false
        if let region, let offers = regions[region] {
            for kind in kinds {
                var names: [JSONValue] = []
                for provider in offers[kind.source]?.array ?? [] {
                    if let name = provider["provider_name"] { names.append(name) }
                }
                if names.isEmpty { continue }
                hasOffers = true
                object.set(kind.name, to: .array(names))
            }
            if hasOffers { object.set("link", to: offers["link"] ?? .null) }
        }
        if hasOffers { return object }
        var others: [JSONValue] = []
        for (name, offers) in regions where name != region && offers.object != nil { others.append(.string(name)) }
        if let region {
            let words: String = others.isEmpty ? "nor anywhere else." : "but in those of regions."
            object.set("note", to: .string("Nothing is offered in " + region + ", " + words))
        }
        object.set("regions", to: .array(others))
        return object
    }
}
