import JSON

/// Hints about a resource or a piece of content (server/resources, Annotations).
package struct Annotations: Equatable, Sendable {
    package enum Role: Equatable, Sendable {
        case user, assistant

        var name: String { self == .user ? "user" : "assistant" }
    }

    /// For whom it is; empty for anybody.
    package let audience: [Role]
    /// From 0, optional, to 1, required.
    package let priority: Double?

    package init(audience: [Role] = [], priority: Double? = nil) {
        self.audience = audience
        self.priority = priority
    }

    var json: JSONValue {
        var object = JSONObject()
        if !audience.isEmpty { object.set("audience", to: .array(audience.map { .string($0.name) })) }
        if let priority, let number = JSONNumber(priority) { object.set("priority", to: .number(number)) }
        return .object(object)
    }
}
