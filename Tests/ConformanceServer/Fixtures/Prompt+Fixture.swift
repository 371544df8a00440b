import MCP

extension Prompt {
    /// A prompt that is made at once.
    static func fixture(
        _ name: String, _ description: String, arguments: [Prompt.Argument] = [], completions: [Completion] = [],
        answer: @escaping (_ arguments: Arguments, _ request: RequestContext) -> PromptResult
    ) -> Prompt {
        Prompt(
            name: name, title: name, description: description, arguments: arguments, completions: completions,
            answer: answer)
    }
}

extension PromptResult {
    /// One message of the user for each piece of content.
    static func user(_ contents: [ContentBlock]) -> PromptResult { .messages(contents.map { Message(.user, $0) }) }
}
