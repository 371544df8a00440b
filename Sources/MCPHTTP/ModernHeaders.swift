import Bytes
import HTTPServer
import HTTPTypes
import JSON
import MCP

/// The headers that repeat what stands in the body of a request of the modern era, and must agree with it (2026-07-28,
/// basic/transports/streamable-http, Request Metadata and Server Validation).
struct ModernHeaders {
    private let head: RequestHead
    private let keys: FieldKeys

    init(_ head: RequestHead, _ keys: FieldKeys) {
        self.head = head
        self.keys = keys
    }

    /// The first thing that is wrong, if any. Comes before the body's own version is looked at, since a proxy may have
    /// relied on the header.
    func checkVersion(_ params: JSONObject) throws(RPCError) {
        guard let version = head.value(of: keys.protocolVersion) else {
            throw mismatch("the header MCP-Protocol-Version is missing")
        }
        if let named = RequestMeta.namedVersion(params), named != version {
            throw mismatch("the header MCP-Protocol-Version differs from the revision in params._meta")
        }
    }

    func check(method: String, params: JSONObject, server: Server) throws(RPCError) {
        guard let named = head.value(of: keys.method) else { throw mismatch("the header Mcp-Method is missing") }
        guard named == method else { throw mismatch("the header Mcp-Method differs from the method in the body") }
        guard let source = server.mirroredParam(of: method) else { return }
        // A body without it is refused for that, by the method.
        guard let name = params[source]?.string else { return }
        guard let value = head.value(of: keys.name) else { throw mismatch("the header Mcp-Name is missing") }
        guard try decode(value, "Mcp-Name") == name else {
            throw mismatch("the header Mcp-Name differs from params.\(source) in the body")
        }
        if method == Method.callTool.rawValue, let tool = server.tool(named: name) { try check(tool, params) }
    }

    private func check(_ tool: Tool, _ params: JSONObject) throws(RPCError) {
        let arguments = params["arguments"]?.object ?? [:]
        for mirrored in tool.input.mirroredHeaders {
            guard let value = mirrored.value(in: arguments) else {
                if head.value(of: mirrored.name) == nil { continue }
                throw mismatch("the body has no argument for the header \(mirrored.name)")
            }
            guard let text = head.value(of: mirrored.name) else {
                throw mismatch("the header \(mirrored.name) is missing")
            }
            let given = try decode(text, mirrored.name)
            guard ModernHeaders.same(given, value) else {
                throw mismatch("the header \(mirrored.name) differs from the argument in the body")
            }
        }
    }

    /// Whole numbers are compared as numbers.
    private static func same(_ text: String, _ value: JSONValue) -> Bool {
        switch value {
        case .string(let string): string == text
        case .bool(let bool): text == (bool ? "true" : "false")
        case .number: (try? JSONValue(parsing: text)) == value
        case .null, .array, .object: false
        }
    }

    /// Undoes the encoding of values that a header cannot hold (Value Encoding): `=?base64?…?=`. Anything else is meant
    /// literally, and is visible ASCII, whitespace and tabs.
    private func decode(_ value: String, _ name: String) throws(RPCError) -> String {
        let bytes = Array(value.utf8)
        guard bytes.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) else {
            throw mismatch("the header \(name) must be sent as base64, since it is not plain ASCII")
        }
        let prefix = Array("=?base64?".utf8)
        guard bytes.count >= prefix.count + 2, bytes.starts(with: prefix), bytes.suffix(2).elementsEqual("?=".utf8)
        else { return value }
        guard let decoded = Base64.decode(bytes[prefix.count..<(bytes.count - 2)]),
            let text = String(validating: decoded, as: UTF8.self)
        else { throw mismatch("the header \(name) is not well-formed base64 of UTF-8") }
        return text
    }

    private func mismatch(_ words: String) -> RPCError {
        RPCError(.headerMismatch, "The headers do not match the body: \(words).")
    }
}
