import Bytes
import JSON

/// What reading a resource gives.
public enum ResourceResult: Equatable, Sendable {
    case contents([ResourceContents], CacheHint)
    case notFound
    /// It is there, but could not be read: why, and what to do about it.
    case failure(String)
    case inputRequired(InputRequired)
    case refused(RPCError)

    func outcome(uri: String, for version: ProtocolVersion) -> RequestOutcome {
        switch self {
        case .contents(let contents, let caching):
            var object: JSONObject = ["contents": .array(contents.map { $0.json })]
            if version.era == .modern { caching.add(to: &object) }
            return .complete(object)
        case .notFound: return .refused(ResourceResult.notFoundError(uri, version))
        case .failure(let message): return .refused(RPCError(.internalError, message))
        case .inputRequired(let input): return .inputRequired(input)
        case .refused(let error): return .refused(error)
        }
    }

    static func notFoundError(_ uri: String, _ version: ProtocolVersion) -> RPCError {
        RPCError(
            version.era == .modern ? .invalidParams : .resourceNotFound,
            "There is no resource \"\(uri.shortened)\": see resources/list and resources/templates/list.",
            data: ["uri": .string(uri.shortened(to: MCPLimits.uriMax))])
    }
}
