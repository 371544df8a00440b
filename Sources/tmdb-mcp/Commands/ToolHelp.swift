import Bytes
import Configuration
import JSON
import MCP

/// `call TOOL --help`: what a tool does, and each of its arguments.
enum ToolHelp {
    static func run(_ name: String) -> CurrentProcess.ExitStatus {
        withServer { server in
            guard let tool = server.tool(named: name) else {
                CurrentProcess.complain(CallCommand.refusal(name, server.tools.map { $0.name }))
                return .misuse
            }
            CurrentProcess.show(text(tool))
            return .success
        }
    }

    /// Runs `work` with a server that has all tools, whatever the settings are.
    static func withServer(_ work: (Server) -> CurrentProcess.ExitStatus) -> CurrentProcess.ExitStatus {
        guard let configuration = try? Configuration(environment: { _ in nil }) else { return .failure }
        return LocalClient.run(configuration) { client in client.exit(work(client.server)) }
    }

    private static func text(_ tool: Tool) -> String {
        let required = tool.input.json["required"]?.array?.compactMap { $0.string } ?? []
        var text = "Usage: tmdb-mcp call \(tool.name)"
        for name in required { text += " \(name)=VALUE" }
        text += " [NAME=VALUE]...\n\n" + JSONPrettyPrinter.plain(tool.description).wrapped()
        for (name, schema) in tool.input.json["properties"]?.object ?? [:] {
            text += "\n" + "\(name)=\(form(schema))\(required.contains(name) ? " (required)" : "")".wrapped(indent: 2)
            if let words = schema["description"]?.string { text += JSONPrettyPrinter.plain(words).wrapped(indent: 6) }
        }
        return text
    }

    /// What may stand for the value.
    private static func form(_ schema: JSONValue) -> String {
        let values = values(of: schema)
        if !values.isEmpty { return values.joined(separator: " | ") }
        switch schema["type"]?.string {
        case "integer", "number":
            guard let least = schema["minimum"], let most = schema["maximum"] else { return "NUMBER" }
            return "\(least.text) to \(most.text)"
        case "array": return "ITEM,ITEM..."
        default: return "TEXT"
        }
    }

    /// The words that a value may be; none where there are others.
    static func values(of schema: JSONValue) -> [String] {
        if schema["type"]?.string == "boolean" { return ["true", "false"] }
        return schema["enum"]?.array?.compactMap { $0.string } ?? []
    }
}
