import JSON

/// The extensions of a server, as an array literal. What it does is in closures, so that the program of a server
/// without any has none of it.
public final class Extensions: ExpressibleByArrayLiteral {
    /// The settings of each by its identifier.
    let capabilities: JSONValue
    /// The member of `params` that the header Mcp-Name repeats in a request of that method; nil when there is none.
    let mirroredParam: (_ method: String) -> String?
    /// Begins to serve, and returns whether there is such a method.
    let serve: (RequestContext) -> Bool

    public init(_ all: [Extension]) {
        capabilities = .object(JSONObject(all.map { ($0.identifier, JSONValue.object($0.settings)) }))
        let methods = all.flatMap { $0.methods }
        mirroredParam = { name in methods.first { $0.name == name }?.mirroredParam }
        serve = { request in
            guard let method = methods.first(where: { $0.name == request.methodName }) else { return false }
            request.name = method.name
            request.start { method.run(request.params, request) { request.deliver($0.outcome) } }
            return true
        }
    }

    public convenience init(arrayLiteral all: Extension...) { self.init(all) }
}
