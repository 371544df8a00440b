public import JSON

// Tools, prompts and resources that answer before the call returns. What asks others, or takes long, finishes later.

extension Tool {
    /// - Parameter answer: called for each call, with checked arguments.
    public init(
        name: String, title: String, description: String, icons: [Icon] = [], input: InputSchema = InputSchema([]),
        outputSchema: JSONValue? = nil, annotations: ToolAnnotations,
        answer: @escaping (_ arguments: Arguments, _ request: RequestContext) -> CallToolResult
    ) {
        self.init(
            name: name, title: title, description: description, icons: icons, input: input, outputSchema: outputSchema,
            annotations: annotations
        ) { arguments, request, finish in
            finish(answer(arguments, request))
            return {}
        }
    }
}

extension Prompt {
    /// - Parameter answer: called for each request, with checked arguments.
    public init(
        name: String, title: String, description: String, icons: [Icon] = [], arguments: [Argument] = [],
        completions: [Completion] = [],
        answer: @escaping (_ arguments: Arguments, _ request: RequestContext) -> PromptResult
    ) {
        self.init(
            name: name, title: title, description: description, icons: icons, arguments: arguments,
            completions: completions
        ) { arguments, request, finish in
            finish(answer(arguments, request))
            return {}
        }
    }
}

extension Resource {
    /// A text that is made anew each time it is read.
    public init(
        uri: String, name: String, title: String, description: String, mimeType: String = "text/plain",
        caching: CacheHint = .none, text: @escaping () -> String
    ) {
        self.init(uri: uri, name: name, title: title, description: description, mimeType: mimeType) { _, finish in
            finish(.contents([ResourceContents(uri: uri, mimeType: mimeType, .text(text()))], caching))
            return {}
        }
    }
}

extension CallToolResult {
    /// A piece of text.
    public static func text(_ text: String) -> CallToolResult { .content([.text(text)]) }
}

extension PromptResult {
    /// What the user is taken to say.
    public static func text(_ text: String) -> PromptResult { .messages([Message(.user, .text(text))]) }
}
