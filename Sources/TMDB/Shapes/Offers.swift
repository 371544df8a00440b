import Bytes
import JSON

/// Where a title can be watched: GET /movie/{id}/watch/providers and those of series and seasons.
enum Offers {
    static let shape = Shape([
        Field("region", .text),
        Field("matches", .names, description: "services of those asked for"),
        Field("stream", .names, description: "with a subscription"),
        Field("free", .names),
        Field("ads", .names, description: "free with advertisements"),
        Field("rent", .names),
        Field("buy", .names),
        Field("link", .text),
        Field("regions", .names, description: "that have some"),
        Field("note", .text),
    ])

    /// Of a title among others, or among other things: their names say enough.
    static let bare = Shape(
        shape.without(["matches"]).fields.map { Field($0.name, $0.kind) })

    private static let kinds = [
        (name: "stream", source: "flatrate"), (name: "free", source: "free"), (name: "ads", source: "ads"),
        (name: "rent", source: "rent"), (name: "buy", source: "buy"),
    ]

    /// The offers in the region, or the regions that have some.
    ///
    /// - Parameter services: such as "8 Netflix"; their offers alone are given, where they have any. Nil for all.
    static func object(_ regions: JSONObject, region: String?, services: [String]? = nil) -> JSONObject {
        var object = JSONObject()
        if let region { object.set("region", to: .string(region)) }
        var hasOffers = false
        if let region, let offers = regions[region] {
            let matches = services.map { names(of: offers, among: $0) } ?? []
            if services != nil {
                object.set("matches", to: .array(matches))
                if matches.isEmpty { object.set("note", to: "None of services has it here, but these do.") }
            }
            for kind in kinds {
                let names = names(of: offers, [kind], among: matches.isEmpty ? nil : services)
                if names.isEmpty { continue }
                hasOffers = true
                object.set(kind.name, to: .array(names))
            }
            if hasOffers { object.set("link", to: offers["link"] ?? .null) }
        }
        if hasOffers { return object }
        let others = self.regions(in: regions, but: region)
        if let region {
            let words: String = others.array?.isEmpty == true ? "nor anywhere else." : "but in those of regions."
            object.set("note", to: .string("Nothing is offered in " + region + ", " + words))
        }
        object.set("regions", to: others)
        return object
    }

    /// The services of some or all kinds of offers, each once.
    ///
    /// - Parameter services: ids with their names; nil for all.
    private static func names(
        of offers: JSONValue, _ kinds: [(name: String, source: String)] = kinds, among services: [String]?
    ) -> [JSONValue] {
        var names: [JSONValue] = []
        for kind in kinds {
            for provider in offers[kind.source]?.array ?? [] {
                guard let name = provider["provider_name"], !names.contains(name) else { continue }
                if let services, !services.contains(where: { isOf($0, provider) }) { continue }
                names.append(name)
            }
        }
        return names
    }

    /// Whether a service is one that was asked for, or its cheaper form, which TMDB has as one of its own: "Netflix
    /// Standard with Ads" is Netflix too.
    private static func isOf(_ service: String, _ provider: JSONValue) -> Bool {
        let id = service.prefix { $0 != " " }
        if let number = provider["provider_id"]?.int64, id == "\(number)" { return true }
        let words = String(service.dropFirst(id.count)).folded
        let name = (provider["provider_name"]?.string ?? "").folded
        return !words.isEmpty && name.hasPrefix(words + " ") && name.hasSuffix(" with ads")
    }

    /// Those that have offers.
    static func regions(in regions: JSONObject, but region: String?) -> JSONValue {
        var others: [JSONValue] = []
        for (name, offers) in regions where name != region && offers.object != nil { others.append(.string(name)) }
        return .array(others)
    }
}
