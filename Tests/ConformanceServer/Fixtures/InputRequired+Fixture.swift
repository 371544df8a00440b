import JSON
import MCP

extension InputRequired.Question {
    /// A form with one field, which must be filled in.
    static func form(_ key: String, _ message: String, field: String, type: String) -> InputRequired.Question {
        let properties = JSONObject([(field, JSONValue.object(["type": .string(type)]))])
        return form(
            key, message,
            schema: ["type": "object", "properties": .object(properties), "required": [.string(field)]])
    }

    static func form(_ key: String, _ message: String, schema: JSONValue) -> InputRequired.Question {
        InputRequired.Question(key, .elicitation(["message": .string(message), "requestedSchema": schema]))
    }

    static func sampling(_ key: String, _ text: String, tokensMax: Int) -> InputRequired.Question {
        let message: JSONValue = ["role": "user", "content": ["type": "text", "text": .string(text)]]
        return InputRequired.Question(
            key, .sampling(["messages": [message], "maxTokens": .number(JSONNumber(tokensMax))]))
    }

    static func roots(_ key: String) -> InputRequired.Question { InputRequired.Question(key, .roots) }
}
