import Bytes
public import JSON

/// What a client says that it can do for the server (ClientCapabilities in the schema of each revision). Only what
/// counts here is kept: the rest may be long.
public struct ClientCapabilities: Equatable, Sendable {
    public let sampling: Bool
    public let roots: Bool
    /// Whether the user can be asked with forms. Nothing inside means forms (2025-11-25, client/elicitation).
    public let elicitation: Bool

    public init(_ json: JSONObject) {
        sampling = json["sampling"]?.object != nil
        roots = json["roots"]?.object != nil
        elicitation = json["elicitation"]?.object.map { $0.isEmpty || $0["form"] != nil } ?? false
    }

    package init(sampling: Bool, roots: Bool, elicitation: Bool) {
        self.sampling = sampling
        self.roots = roots
        self.elicitation = elicitation
    }

    /// Names of capabilities, for messages.
    static func words(_ names: [String]) -> String {
        (names.count == 1 ? "the capability " : "the capabilities ")
            + names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}
