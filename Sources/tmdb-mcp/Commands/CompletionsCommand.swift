import Bytes
import Configuration
import JSON
import MCP
import TMDB

/// `completions`: what completes command lines in a shell.
enum CompletionsCommand {
    static func run(_ arguments: CommandLineArguments) -> CurrentProcess.ExitStatus {
        let shell = arguments.operands.first ?? ""
        return ToolHelp.withServer { server in
            let tools = server.tools.map { tool in
                let properties = tool.input.json["properties"]?.object ?? [:]
                return CompletedTool(
                    name: tool.name,
                    arguments: properties.map { name, schema in
                        CompletedTool.Argument(name: name, values: ToolHelp.values(of: schema))
                    })
            }
            guard let text = Completions.text(for: shell, tools: tools, names: ToolSelection.knownNames) else {
                let shells = Command.shells.joined(separator: ", ")
                CurrentProcess.complain("completions needs the name of a shell: \(shells)")
                return .misuse
            }
            CurrentProcess.show(text)
            return .success
        }
    }
}
