import Bytes
import Configuration
import System

/// `healthcheck`: whether the server of this machine is well, for the HEALTHCHECK of an image. Exit status 2 has no
/// meaning there, so that there are only 0 and 1.
enum HealthCommand {
    static func run(_ arguments: CommandLineArguments) -> CurrentProcess.ExitStatus {
        var arguments = arguments
        // The server of a container may have been given flags, which those who ask for its health do not repeat.
        if let first = ServerProcess.argumentsOfFirst() { arguments.inherit(first) }
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try Main.settings(arguments)
        } catch {
            for line in error.lines { CurrentProcess.complain(line) }
            return .failure
        }
        if let problem = configuration.mode.usesHTTP ? Health.problem(configuration) : problemOnStdio() {
            CurrentProcess.complain("not well: \(problem)")
            return .failure
        }
        CurrentProcess.show("well: the server \(configuration.mode.usesHTTP ? "answers on HTTP" : "runs")\n")
        return .success
    }

    private static func problemOnStdio() -> String? {
        do throws(SystemError) {
            return try ServerProcess.runs() ? nil : "no server runs (mode stdio; looked for its process in /proc)"
        } catch {
            return "the mode is stdio, and its process cannot be looked for: /proc: \(error.reason)"
        }
    }
}
