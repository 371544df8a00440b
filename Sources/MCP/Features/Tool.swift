public import JSON

/// A tool that a model can call.
public struct Tool {
    public let name: String
    public let title: String
    /// What the tool does and when to use it, for a model.
    public let description: String
    public let icons: [Icon]
    public let input: InputSchema
    /// The JSON Schema (2020-12) of every `.structured` result; nil for a tool that gives content alone.
    public let outputSchema: JSONValue?
    public let annotations: ToolAnnotations
    /// Starts a call and calls `finish` once: at once, or later unless the call is cancelled first.
    public let run:
        (_ arguments: Arguments, _ request: RequestContext, _ finish: @escaping (CallToolResult) -> Void) ->
            Cancellation

    public init(
        name: String, title: String, description: String, icons: [Icon] = [], input: InputSchema,
        outputSchema: JSONValue? = nil, annotations: ToolAnnotations,
        run:
            @escaping (
                _ arguments: Arguments, _ request: RequestContext, _ finish: @escaping (CallToolResult) -> Void
            ) -> Cancellation
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.icons = icons
        self.input = input
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.run = run
    }

    /// The entry in `tools/list`.
    ///
    /// - Parameter hasOutput: whether results are structured, so that there is something for an output schema to tell.
    func json(for version: ProtocolVersion, hasOutput: Bool) -> JSONValue {
        var object = JSONObject(name: name, title: title, description: description, icons: icons, for: version)
        object.set("inputSchema", to: input.json)
        if hasOutput, let outputSchema { object.set("outputSchema", to: outputSchema) }
        if version.hasToolAnnotations { object.set("annotations", to: annotations.json(title: title)) }
        return .object(object)
    }
}
