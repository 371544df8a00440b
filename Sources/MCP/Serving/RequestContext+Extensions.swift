import Bytes
import JSON

/// What extensions need to know of a request, and to say in its place.
extension RequestContext {
    /// Whether the client has declared the extension with this request (2026-07-28, basic/index, Extensions); none does
    /// in the legacy era. To be asked as the work begins: what the client sent is given up after that.
    public func declares(_ identifier: String) -> Bool {
        version.era == .modern && meta(RequestMeta.capabilitiesKey)?["extensions"]?[identifier]?.object != nil
    }

    /// The JSON text of the result that such a call would be answered with, for an extension that hands it out later;
    /// nil for what is no result. May be asked after the request has ended.
    public func text(of result: CallToolResult) -> [UInt8]? {
        guard let result = self.result(of: result.outcome(for: version)) else { return nil }
        var text: [UInt8] = []
        result.write(into: &text)
        return text
    }
}

extension RPCError {
    /// The request needs a client that declares the extension.
    public static func missingExtension(_ identifier: String) -> RPCError {
        let required = JSONObject([(identifier, JSONValue.object([:]))])
        return RPCError(
            .missingClientCapability, "The request needs a client that declares the extension \(identifier).",
            data: ["requiredCapabilities": ["extensions": .object(required)]])
    }
}
