import Bytes
import Configuration
import TMDB

@main
enum Main {
    static func main() {
        CurrentProcess.openStandardStreams()
        CurrentProcess.trimProxies()
        let arguments = CommandLineArguments(CurrentProcess.arguments)
        for secret in arguments.secrets { CurrentProcess.hide(argument: secret.argument, after: secret.bytesBefore) }
        CurrentProcess.exit(run(arguments))
    }

    private static func run(_ arguments: CommandLineArguments) -> CurrentProcess.ExitStatus {
        // Mistakes on the command line are told together with those elsewhere.
        switch arguments.problems.isEmpty ? arguments.command : .serve {
        case .help:
            if arguments.helpTopic == .call, let tool = arguments.operands.first { return ToolHelp.run(tool) }
            CurrentProcess.show(HelpText.text(version: version, topic: arguments.helpTopic))
            return .success
        case .version:
            CurrentProcess.show("tmdb-mcp \(version)\n")
            return .success
        case .man:
            CurrentProcess.show(ManualPage.text(version: version, date: versionDate))
            return .success
        case .completions: return CompletionsCommand.run(arguments)
        case .healthcheck: return HealthCommand.run(arguments)
        case .serve: return configured(arguments) { ServeCommand.run(arguments, $0) }
        case .check: return configured(arguments, CheckCommand.run)
        case .config: return configured(arguments, ConfigCommand.run)
        case .tools: return configured(arguments, ToolsCommand.run)
        case .call: return configured(arguments) { CallCommand.run(arguments.operands, $0) }
        case .token: return configured(arguments) { TokenCommand.run(arguments, $0) }
        }
    }

    /// The settings of this run.
    @inline(never)
    static func settings(_ arguments: CommandLineArguments) throws(ConfigurationError) -> Configuration {
        try Configuration(
            arguments: arguments,
            // The others are started by people and scripts, and speak of the server that those would start.
            isStartedByClient: arguments.command == .serve && CurrentProcess.isStartedByClient,
            environment: ServiceFiles.environment(arguments) ?? CurrentProcess.environment,
            knownTools: { ToolSelection.knownNames }, knowsLanguage: { LanguageTag.isKnown($0) },
            knowsRegion: { RegionCode.isKnown($0) })
    }

    /// Runs what needs the settings, once all of them are sound.
    private static func configured(
        _ arguments: CommandLineArguments, _ run: (Configuration) -> CurrentProcess.ExitStatus
    ) -> CurrentProcess.ExitStatus {
        do throws(ConfigurationError) {
            return run(try settings(arguments))
        } catch {
            for line in error.lines { CurrentProcess.complain(line) }
            if let name = arguments.unknownCommand, ToolSelection.toolNames.contains(name) {
                CurrentProcess.complain("\(name) is a tool, which is called so: tmdb-mcp call \(name) NAME=VALUE")
                CurrentProcess.complain("its arguments are told by: tmdb-mcp call \(name) --help")
                return .misuse
            }
            CurrentProcess.complain("every setting and command is told by: tmdb-mcp --help")
            return .misuse
        }
    }
}
