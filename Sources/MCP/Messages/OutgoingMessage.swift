import Bytes
public import JSON

/// A message for a client. Kept apart from its bytes so that a transport can see what it is.
public enum OutgoingMessage: Sendable {
    case result(id: RequestID, Result)
    /// `id` is nil for an error of a message that had none to echo.
    case error(id: RequestID?, RPCError, ProtocolVersion)
    case notification(method: String, params: JSONObject)
    /// A request to the client, with an id that no other request of this session has. Legacy era only.
    case request(id: Int64, method: String, params: JSONObject)
    /// The answers to a batch (2025-03-26, basic/index, Batching).
    case batch([OutgoingMessage])

    public enum Result: Sendable {
        case object(JSONObject)
        /// The JSON text of an object, made once for many clients.
        case prepared([UInt8])
        case structured(StructuredContent, isTextAlone: Bool, rest: JSONObject)
    }

    /// Appends the message as JSON without a line feed.
    public func write(into bytes: inout [UInt8]) {
        switch self {
        case .result(let id, let result):
            bytes.append(contentsOf: "{\"jsonrpc\":\"2.0\",\"id\":".utf8)
            id.json.write(into: &bytes)
            bytes.append(contentsOf: ",\"result\":".utf8)
            result.write(into: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .error(let id, let error, let version):
            error.response(id: id, version).write(into: &bytes)
        case .notification(let method, let params):
            JSONValue.object(["jsonrpc": "2.0", "method": .string(method), "params": .object(params)])
                .write(into: &bytes)
        case .request(let id, let method, let params):
            let id = JSONValue.number(JSONNumber(id))
            JSONValue.object(["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)])
                .write(into: &bytes)
        case .batch(let messages):
            var separator = UInt8(ascii: "[")
            for message in messages {
                bytes.append(separator)
                message.write(into: &bytes)
                separator = UInt8(ascii: ",")
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }
}

extension OutgoingMessage.Result {
    /// Appends the result as JSON.
    public func write(into bytes: inout [UInt8]) {
        switch self {
        case .object(let object): JSONValue.object(object).write(into: &bytes)
        case .prepared(let text): bytes.append(copying: text.span)
        case .structured(let content, let isTextAlone, let rest):
            bytes.append(UInt8(ascii: "{"))
            content.write(into: &bytes, isTextAlone: isTextAlone)
            for (key, value) in rest {
                bytes.append(UInt8(ascii: ","))
                JSONValue.string(key).write(into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}

extension RPCError {
    /// The whole response. Without an id to echo, JSON-RPC 2.0 (section 5) writes null; since 2025-11-25 MCP's schema
    /// leaves the id out.
    fileprivate func response(id: RequestID?, _ version: ProtocolVersion) -> JSONValue {
        var object: JSONObject = ["jsonrpc": "2.0"]
        if let id {
            object.set("id", to: id.json)
        } else if !version.omitsUnknownID {
            object.set("id", to: .null)
        }
        object.set("error", to: json)
        return .object(object)
    }
}
