import Bytes
public import JSON

/// What a request of 2026-07-28 says about itself in `params._meta` (basic/index, Per-request protocol fields).
public struct RequestMeta: Sendable {
    static let serverInfoKey = "io.modelcontextprotocol/serverInfo"
    static let subscriptionKey = "io.modelcontextprotocol/subscriptionId"
    private static let versionKey = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    private static let logLevelKey = "io.modelcontextprotocol/logLevel"

    public let version: ProtocolVersion
    let clientCapabilities: ClientCapabilities
    /// The least level of the log messages that the client wants; nil for none at all.
    let logLevel: LoggingLevel?

    /// The revision that the request names, whatever it is; nil when it names none as text.
    public static func namedVersion(_ params: JSONObject) -> String? { params["_meta"]?[versionKey]?.string }

    /// Whether the request belongs to the modern era, well-formed or not.
    public static func isModern(_ params: JSONObject) -> Bool {
        guard let meta = params["_meta"] else { return false }
        return meta[versionKey] != nil || meta[capabilitiesKey] != nil
    }

    /// Reads the fields that every request of the modern era must carry.
    public init(_ params: JSONObject) throws(RPCError) {
        guard let meta = params["_meta"], let named = meta[RequestMeta.versionKey] else {
            throw RPCError(.invalidParams, "params._meta needs \(RequestMeta.versionKey), a string.")
        }
        guard let text = named.string else {
            throw RPCError(.invalidParams, "\(RequestMeta.versionKey) must be a string.")
        }
        guard let version = ProtocolVersion(text), version.era == .modern else {
            throw RequestMeta.unsupported(text)
        }
        guard let capabilities = meta[RequestMeta.capabilitiesKey]?.object else {
            throw RPCError(.invalidParams, "params._meta needs \(RequestMeta.capabilitiesKey), an object.")
        }
        self.version = version
        clientCapabilities = ClientCapabilities(capabilities)
        switch meta[RequestMeta.logLevelKey] {
        case nil, .null: logLevel = nil
        case let value?: logLevel = try LoggingLevel(value)
        }
    }

    /// The refusal of a revision that is not served this way (basic/versioning).
    public static func unsupported(_ version: String) -> RPCError {
        RPCError(
            .unsupportedProtocolVersion, "This server does not speak that revision of the protocol this way.",
            data: ["supported": Server.supportedVersions, "requested": .string(version.shortened)])
    }
}
