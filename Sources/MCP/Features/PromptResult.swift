import JSON

/// What getting a prompt gives.
public enum PromptResult: Equatable, Sendable {
    public struct Message: Equatable, Sendable {
        public let role: Annotations.Role
        public let content: ContentBlock

        public init(_ role: Annotations.Role, _ content: ContentBlock) {
            self.role = role
            self.content = content
        }
    }

    case messages([Message])
    /// The prompt could not be made: why, and what to do about it.
    case failure(String)
    case inputRequired(InputRequired)
    case refused(RPCError)

    func outcome(_ prompt: Prompt, for version: ProtocolVersion) -> RequestOutcome {
        switch self {
        case .messages(let messages):
            let json = messages.map { message -> JSONValue in
                ["role": .string(message.role.name), "content": message.content.json(for: version)]
            }
            return .complete(["description": .string(prompt.description), "messages": .array(json)])
        case .failure(let message): return .refused(RPCError(.internalError, message))
        case .inputRequired(let input): return .inputRequired(input)
        case .refused(let error): return .refused(error)
        }
    }
}
