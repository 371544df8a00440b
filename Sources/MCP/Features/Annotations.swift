import JSON

/// Hints about a resource or a piece of content (server/resources, Annotations).
public struct Annotations: Equatable, Sendable {
    public enum Role: Equatable, Sendable {
        case user, assistant

        var name: String { self == .user ? "user" : "assistant" }
    }

    /// For whom it is; empty for anybody.
    public let audience: [Role]
    /// From 0, optional, to 1, required.
    public let priority: Double?

    public init(audience: [Role] = [], priority: Double? = nil) {
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
