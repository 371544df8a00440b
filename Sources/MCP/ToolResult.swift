package import JSON

/// What a tool answers.
package enum ToolResult: Equatable {
    /// A value that conforms to the tool's output schema. Clients get it as structured content and as text.
    case structured(JSONValue)
    /// Words for the model and its user: what went wrong and what to do about it.
    case failure(String)

    func json(for version: ProtocolVersion) -> JSONObject {
        switch self {
        case .structured(let value):
            var object: JSONObject = ["content": [["type": "text", "text": .string(value.text)]]]
            if version.hasStructuredContent { object.set("structuredContent", to: value) }
            return object
        case .failure(let message):
            return ["content": [["type": "text", "text": .string(message)]], "isError": true]
        }
    }
}
