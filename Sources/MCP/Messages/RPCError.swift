import Bytes
public import JSON

/// An error of the protocol itself, as JSON-RPC 2.0 (section 5.1) and MCP define its codes. What goes wrong inside a
/// tool is no such error but a result, so that a model can read it.
public struct RPCError: Error, Equatable, Sendable {
    public enum Code: Int64, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
        /// 2025-11-25 and earlier, server/resources; later revisions use `invalidParams`.
        case resourceNotFound = -32002
        /// 2026-07-28, basic/transports/streamable-http: an HTTP header is missing or differs from the body.
        case headerMismatch = -32020
        /// 2026-07-28, basic/index: the request needs a capability that the client did not declare.
        case missingClientCapability = -32021
        /// 2026-07-28, basic/versioning: the revision named in `_meta` is not served.
        case unsupportedProtocolVersion = -32022
    }

    public let code: Code
    /// One sentence for the person who wrote the client.
    public let message: String
    public let data: JSONValue?

    public init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    public var json: JSONValue {
        var object: JSONObject = ["code": .number(JSONNumber(code.rawValue)), "message": .string(message)]
        if let data { object.set("data", to: data) }
        return .object(object)
    }
}

extension RPCError {
    static func methodNotFound(_ method: String) -> RPCError {
        RPCError(.methodNotFound, "This server has no method \"\(method.shortened)\".")
    }

    /// For a request of the modern era alone: the older revisions have no such error.
    public static func missingCapabilities(_ names: [String]) -> RPCError {
        let required = JSONObject(names.map { ($0, JSONValue.object([:])) })
        return RPCError(
            .missingClientCapability, "The request needs a client that declares \(ClientCapabilities.words(names)).",
            data: ["requiredCapabilities": .object(required)])
    }
}
