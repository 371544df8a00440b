import JSON
import MCP

extension Tool {
    /// A tool that answers later, or at once.
    static func fixture(
        _ name: String, _ description: String, _ input: InputSchema = InputSchema([]),
        effect: ToolAnnotations.Effect = .readsOnly,
        run:
            @escaping (
                _ arguments: Arguments, _ request: RequestContext, _ finish: @escaping (CallToolResult) -> Void
            ) -> Cancellation
    ) -> Tool {
        Tool(
            name: name, title: name, description: description, input: input,
            annotations: ToolAnnotations(effect, isOpenWorld: false), run: run)
    }

    /// A tool that answers at once.
    static func fixture(
        _ name: String, _ description: String, _ input: InputSchema = InputSchema([]),
        effect: ToolAnnotations.Effect = .readsOnly,
        answer: @escaping (_ arguments: Arguments, _ request: RequestContext) -> CallToolResult
    ) -> Tool {
        Tool(
            name: name, title: name, description: description, input: input,
            annotations: ToolAnnotations(effect, isOpenWorld: false), answer: answer)
    }
}
