import Bytes
import Configuration
import TMDB

/// `completions`: what completes command lines in a shell.
enum CompletionsCommand {
    static func run(_ arguments: CommandLineArguments) -> CurrentProcess.ExitStatus {
        let shell = arguments.operands.first ?? ""
        let text = Completions.text(for: shell, tools: ToolSelection.toolNames, names: ToolSelection.knownNames)
        guard let text else {
            CurrentProcess.complain("completions needs the name of a shell: \(Command.shells.joined(separator: ", "))")
            return .misuse
        }
        CurrentProcess.show(text)
        return .success
    }
}
