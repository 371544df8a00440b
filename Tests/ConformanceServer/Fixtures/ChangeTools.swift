import JSON
import MCP

/// Tools that change what their server offers, so that its subscribers are told.
final class ChangeTools {
    /// Set once the server is there, which the tools are a part of.
    var server: Server?

    var all: [Tool] { [toolChange, promptChange, resourceChange] }

    private static let done = CallToolResult.text("Mutation triggered")

    private var toolChange: Tool {
        trigger("test_trigger_tool_change", "Adds a tool, or takes it away again.") { server in
            let others = server.tools.filter { $0.name != ChangeTools.dynamicTool.name }
            let isThere = others.count < server.tools.count
            server.replaceTools(isThere ? others : others + [ChangeTools.dynamicTool])
        }
    }

    private var promptChange: Tool {
        trigger("test_trigger_prompt_change", "Adds a prompt, or takes it away again.") { server in
            let others = server.prompts.filter { $0.name != ChangeTools.dynamicPrompt.name }
            let isThere = others.count < server.prompts.count
            server.replacePrompts(isThere ? others : others + [ChangeTools.dynamicPrompt])
        }
    }

    private var resourceChange: Tool {
        trigger("test_trigger_resource_change", "Says that the watched resource has changed.") { server in
            server.changes.publish(.resource(uri: Resources.watchedURI))
        }
    }

    private func trigger(_ name: String, _ description: String, _ change: @escaping (Server) -> Void) -> Tool {
        .fixture(name, description, effect: .destroys(isIdempotent: false)) { [self] _, _ in
            if let server { change(server) }
            return ChangeTools.done
        }
    }

    private static var dynamicTool: Tool {
        .fixture("test_dynamic_tool", "Comes and goes.") { _, _ in .text("The dynamic tool is there.") }
    }

    private static var dynamicPrompt: Prompt {
        .fixture("test_dynamic_prompt", "Comes and goes.") { _, _ in .text("The dynamic prompt is there.") }
    }
}
