import Bytes
import Configuration
import JSON
import MCP

/// `call`: one call of a tool.
enum CallCommand {
    /// - Parameter operands: the tool's name and its arguments.
    static func run(_ operands: [String], _ configuration: Configuration) -> CurrentProcess.ExitStatus {
        LocalClient.run(configuration) { client in
            let names = client.server.tools.map { $0.name }
            guard let name = operands.first, let tool = client.server.tool(named: name) else {
                CurrentProcess.complain(refusal(operands.first, names))
                return client.exit(.misuse)
            }
            let arguments: JSONObject
            do throws(CallArguments.Refusal) {
                arguments = try CallArguments.read(operands.dropFirst(), for: tool)
            } catch {
                CurrentProcess.complain(error.message)
                return client.exit(.misuse)
            }
            client.ask("tools/call", ["name": .string(name), "arguments": .object(arguments)]) { answer in
                client.exit(show(answer))
            }
        }
    }

    static func refusal(_ given: String?, _ names: [String]) -> String {
        guard let given else { return "call needs the name of a tool: \(names.joined(separator: ", "))" }
        let nearest = NearestName.among(names, to: given, percent: 40)
        return "there is no tool \"\(given)\"; "
            + (nearest.map { "did you mean \($0)?" } ?? "there are \(names.joined(separator: ", "))")
    }

    private static func show(_ answer: Result<JSONValue, RPCError>) -> CurrentProcess.ExitStatus {
        switch answer {
        case .failure(let error):
            CurrentProcess.complain(error.message)
            return .failure
        case .success(let result):
            if result["isError"]?.bool == true {
                CurrentProcess.complain(words(of: result))
                return .failure
            }
            // Where results are text alone, the text is the same JSON.
            let words = words(of: result)
            let content = result["structuredContent"] ?? (try? JSONValue(parsing: words))
            guard CurrentProcess.isTerminal(CurrentProcess.standardOutput) else {
                CurrentProcess.show((content ?? result).text + "\n")
                return .success
            }
            CurrentProcess.show(
                content.map { JSONPrettyPrinter.text($0, width: CurrentProcess.columns) }
                    ?? JSONPrettyPrinter.lines(words))
            return .success
        }
    }

    /// The texts of the content.
    private static func words(of result: JSONValue) -> String {
        let texts = result["content"]?.array?.compactMap { $0["text"]?.string } ?? []
        return texts.isEmpty ? result.text : texts.joined(separator: "\n")
    }
}
