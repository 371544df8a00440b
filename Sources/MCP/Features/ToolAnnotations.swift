import JSON

/// What a tool does to the world, as hints for the client (server/tools, ToolAnnotations in the schema).
public struct ToolAnnotations: Sendable {
    /// What a tool does to what is there.
    public enum Effect: Sendable {
        case readsOnly
        case adds(isIdempotent: Bool)
        case destroys(isIdempotent: Bool)
    }

    public let effect: Effect
    /// Whether it deals with a world outside that the server does not control.
    public let isOpenWorld: Bool

    public init(_ effect: Effect, isOpenWorld: Bool) {
        self.effect = effect
        self.isOpenWorld = isOpenWorld
    }

    /// - Parameter title: the tool's. Clients and their directories look for it here, whatever the revision.
    func json(title: String) -> JSONValue {
        var object: JSONObject = ["title": .string(title)]
        switch effect {
        case .readsOnly:
            object.set("readOnlyHint", to: true)
        case .adds(let isIdempotent):
            object.set("readOnlyHint", to: false)
            object.set("destructiveHint", to: false)
            object.set("idempotentHint", to: .bool(isIdempotent))
        case .destroys(let isIdempotent):
            object.set("readOnlyHint", to: false)
            object.set("destructiveHint", to: true)
            object.set("idempotentHint", to: .bool(isIdempotent))
        }
        // True is what a client takes for granted.
        if !isOpenWorld { object.set("openWorldHint", to: false) }
        return .object(object)
    }
}
