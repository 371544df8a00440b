import Configuration
import TMDB

/// `completions`: what completes command lines in a shell.
enum CompletionsCommand {
    static func run(_ arguments: Arguments) -> Process.ExitStatus {
        let shell = arguments.operands.first ?? ""
        let text = Completions.text(for: shell, tools: ToolSelection.toolNames, names: ToolSelection.knownNames)
        guard let text else {
            Process.complain("completions needs the name of a shell: \(Command.shells.joined(separator: ", "))")
            return .misuse
        }
        Process.show(text)
        return .success
    }
}
