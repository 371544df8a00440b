import Bytes
import Configuration
import JSON
import MCP

/// `tools`: what is offered to clients.
enum ToolsCommand {
    static func run(_ configuration: Configuration) -> CurrentProcess.ExitStatus {
        LocalClient.run(configuration) { client in
            if CurrentProcess.isTerminal(CurrentProcess.standardOutput) {
                CurrentProcess.show(client.server.tools.map { text($0) }.joined(separator: "\n"))
                return client.exit(.success)
            }
            client.ask("tools/list", [:]) { answer in
                switch answer {
                case .success(let result):
                    CurrentProcess.show(result.text + "\n")
                    client.exit(.success)
                case .failure(let error):
                    CurrentProcess.complain(error.message)
                    client.exit(.failure)
                }
            }
        }
    }

    /// Its name and title, its arguments, and below them what it does.
    private static func text(_ tool: Tool) -> String {
        let required = tool.input.json["required"]?.array?.compactMap { $0.string } ?? []
        var names: [String] = []
        for (name, _) in tool.input.json["properties"]?.object ?? [:] {
            names.append(required.contains(name) ? name : "[\(name)]")
        }
        return "\(tool.name): \(tool.title)\n" + names.joined(separator: " ").wrapped(indent: 2)
            + JSONPrettyPrinter.plain(tool.description).wrapped(indent: 4)
    }
}
