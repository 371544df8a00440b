public import JSON

/// A message from a client, told apart by what it carries (JSON-RPC 2.0, sections 4 and 5).
public enum IncomingMessage: Equatable, Sendable {
    case request(id: RequestID, method: String, params: JSONObject)
    case notification(method: String, params: JSONObject)
    /// The client's answer to a request of the server's. The id is nil when it is none that the server makes.
    case response(id: Int64?, ClientAnswer)

    /// What is wrong with a message, and its id when it has one that can be echoed.
    public struct Malformed: Error, Equatable, Sendable {
        public let id: RequestID?
        public let error: RPCError
    }

    public init(_ value: JSONValue) throws(Malformed) {
        guard case .object(let object) = value else {
            throw Malformed(id: nil, error: RPCError(.invalidRequest, "A message must be a JSON object."))
        }
        let id = object["id"].flatMap(RequestID.init)
        func malformed(_ code: RPCError.Code, _ message: String) -> Malformed {
            Malformed(id: id, error: RPCError(code, message))
        }
        guard object["jsonrpc"]?.string == "2.0" else {
            throw malformed(.invalidRequest, "A message must carry \"jsonrpc\": \"2.0\".")
        }
        guard let methodValue = object["method"] else {
            guard let answer = ClientAnswer(object) else {
                throw malformed(.invalidRequest, "A message must carry a method, a result or an error.")
            }
            self = .response(id: object["id"]?.int64, answer)
            return
        }
        guard let method = methodValue.string else { throw malformed(.invalidRequest, "method must be a string.") }
        if object["id"] != nil && id == nil {
            throw malformed(.invalidRequest, "id must be a string or a whole number.")
        }
        let params: JSONObject
        switch object["params"] {
        // Some clients send null for what they leave out.
        case nil, .null: params = [:]
        case .object(let members): params = members
        // A notification is never answered (JSON-RPC 2.0, section 4.1), so nobody would hear what is wrong with it.
        case _ where id == nil: params = [:]
        default: throw malformed(.invalidRequest, "params must be an object.")
        }
        if let id {
            self = .request(id: id, method: method, params: params)
        } else {
            self = .notification(method: method, params: params)
        }
    }
}
