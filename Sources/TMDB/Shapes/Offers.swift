import Bytes
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
        let offers = region.flatMap { regions[$0] }
        for kind in kinds {
            let names = (offers?[kind.source]?.array ?? []).compactMap { $0["provider_name"] }
            if !names.isEmpty { object.set(kind.name, to: .array(names)) }
        }
        if kinds.contains(where: { object[$0.name] != nil }) {
            object.set("link", to: offers?["link"] ?? .null)
        } else {
            let others = regions.filter { $0.key != region && $0.value.object != nil }.map { $0.key }
            object.set("regions", to: .array(others.map { .string($0) }))
            if let region {
                let words = others.isEmpty ? "nor anywhere else" : "but in those of regions"
                object.set("note", to: .string("Nothing is offered in \(region), \(words)."))
            }
        }
        return object
    }
}
