package import JSON

/// A tool that a model can call.
package struct Tool {
    /// Stops a call that runs. After it the call's completion is never called.
    package typealias Cancellation = () -> Void

    package let name: String
    package let title: String
    /// What the tool does and when to use it, for a model.
    package let description: String
    package let input: InputSchema
    /// The JSON Schema (2020-12) of every `.structured` result.
    package let outputSchema: JSONValue
    /// Starts a call and calls `finish` once: at once, or later unless the call is cancelled first.
    package let run: (_ arguments: Arguments, _ finish: @escaping (ToolResult) -> Void) -> Cancellation

    package init(
        name: String, title: String, description: String, input: InputSchema, outputSchema: JSONValue,
        run: @escaping (_ arguments: Arguments, _ finish: @escaping (ToolResult) -> Void) -> Cancellation
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.input = input
        self.outputSchema = outputSchema
        self.run = run
    }

    /// The entry in `tools/list`. Every tool here reads from an open world and changes nothing.
    func json(for version: ProtocolVersion) -> JSONValue {
        var object: JSONObject = ["name": .string(name)]
        if version.hasStructuredContent { object.set("title", to: .string(title)) }
        object.set("description", to: .string(description))
        object.set("inputSchema", to: input.json)
        if version.hasStructuredContent { object.set("outputSchema", to: outputSchema) }
        if version.hasToolAnnotations {
            object.set("annotations", to: ["title": .string(title), "readOnlyHint": true, "openWorldHint": true])
        }
        return .object(object)
    }
}
