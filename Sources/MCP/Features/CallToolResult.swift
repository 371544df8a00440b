public import JSON

/// What a tool answers.
public enum CallToolResult: Equatable, Sendable {
    /// A value that conforms to the tool's output schema. Clients get it as structured content and as text.
    case structured(StructuredContent)
    case content([ContentBlock])
    /// Words for the model and its user: what went wrong and what to do about it.
    case failure(String)
    case inputRequired(InputRequired)
    /// The call breaks the protocol, as a forged `requestState` does.
    case refused(RPCError)
    /// A result of a kind that an extension defines, such as a task; its `resultType` tells which.
    case extended(JSONObject)

    func outcome(for version: ProtocolVersion) -> RequestOutcome {
        switch self {
        case .structured(let content):
            return .structured(content)
        case .content(let content):
            return .complete(["content": .array(content.map { $0.json(for: version) })])
        case .failure(let message):
            return .failed(["content": [["type": "text", "text": .string(message)]], "isError": true])
        case .inputRequired(let input):
            return .inputRequired(input)
        case .refused(let error):
            return .refused(error)
        case .extended(let object):
            return .complete(object)
        }
    }
}
