public import JSON

/// An extension of the protocol that a server has (2026-07-28, basic/index, Extensions): what `server/discover` says of
/// it, and its methods. Clients of the legacy era know no extensions and are told of none.
public struct Extension {
    /// With its prefix, such as `io.modelcontextprotocol/tasks`.
    public let identifier: String
    /// Empty when there is nothing to settle.
    public let settings: JSONObject
    public let methods: [ExtensionMethod]

    public init(identifier: String, settings: JSONObject = [:], methods: [ExtensionMethod]) {
        self.identifier = identifier
        self.settings = settings
        self.methods = methods
    }
}

/// A method of an extension. The protocol's own methods cannot be replaced.
public struct ExtensionMethod {
    /// How a request ends.
    public enum Result: Equatable, Sendable {
        /// `resultType` and the server's `_meta` are added to it.
        case complete(JSONObject)
        case refused(RPCError)

        var outcome: RequestOutcome {
            switch self {
            case .complete(let object): .complete(object)
            case .refused(let error): .refused(error)
            }
        }
    }

    /// Such as `tasks/get`.
    public let name: String
    /// The member of `params` that the header Mcp-Name repeats; nil when there is none.
    public let mirroredParam: String?
    /// Starts a request and calls `finish` once: at once, or later unless the request is cancelled first. `params` is
    /// a client's own words: check it, and whether the client has declared the extension where that is a condition.
    public let run:
        (_ params: JSONObject, _ request: RequestContext, _ finish: @escaping (Result) -> Void) -> Cancellation

    public init(
        name: String, mirroredParam: String? = nil,
        run:
            @escaping (
                _ params: JSONObject, _ request: RequestContext, _ finish: @escaping (Result) -> Void
            ) -> Cancellation
    ) {
        self.name = name
        self.mirroredParam = mirroredParam
        self.run = run
    }
}
