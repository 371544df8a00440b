import JSON

/// What a request of 2026-07-28 says about itself in `params._meta` (basic/index, Per-request protocol fields).
struct RequestMeta {
    static let serverInfoKey = "io.modelcontextprotocol/serverInfo"
    private static let versionKey = "io.modelcontextprotocol/protocolVersion"
    private static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"

    let version: ProtocolVersion

    /// Nil for a request of an older revision, which names no revision in its `_meta`.
    init?(_ params: JSONObject) throws(RPCError) {
        guard let meta = params["_meta"] else { return nil }
        guard let named = meta[RequestMeta.versionKey] else {
            if meta[RequestMeta.capabilitiesKey] == nil { return nil }
            throw RPCError(.invalidParams, "params._meta needs \(RequestMeta.versionKey), a string.")
        }
        guard let text = named.string else {
            throw RPCError(.invalidParams, "\(RequestMeta.versionKey) must be a string.")
        }
        guard let version = ProtocolVersion(text), version.era == .modern else {
            throw RPCError(
                .unsupportedProtocolVersion, "This server does not speak that revision of the protocol this way.",
                data: ["supported": Server.supportedVersions, "requested": .string(text.shortened)])
        }
        guard meta[RequestMeta.capabilitiesKey]?.object != nil else {
            throw RPCError(.invalidParams, "params._meta needs \(RequestMeta.capabilitiesKey), an object.")
        }
        self.version = version
    }
}
