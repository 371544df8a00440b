import Configuration
import HTTPClient
import Reactor

@main
enum Main {
    static func main() {
        Process.openStandardStreams()
        let arguments = Arguments(Process.arguments)
        for secret in arguments.secrets { Process.hide(argument: secret.argument, after: secret.bytesBefore) }
        switch arguments.problems.isEmpty ? arguments.command : .serve {
        case .help: Process.show(HelpText.text(version: version))
        case .version: Process.show("tmdb-mcp \(version)\n")
        case .serve: serve(arguments)
        }
    }

    private static func serve(_ arguments: Arguments) {
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try Configuration(arguments: arguments, environment: Process.environment)
        } catch {
            for line in error.lines { Process.log(line) }
            Process.log("every setting is told by: tmdb-mcp --help")
            Process.exit(.misuse)
        }
        for line in configuration.warnings { Process.log(line) }
        if configuration.mode == .stdio, Process.isTerminal(Process.standardInput) {
            Process.log("waiting for MCP messages on standard input; a client starts this program (try --help)")
        }
        do throws(SystemError) {
            try Signal.prepareProcess(receiving: Service.stopSignals)
            Process.exit(try serve(configuration, EventLoop()))
        } catch {
            Process.log("the system refused what the server needs: \(error.message)")
            Process.exit(.failure)
        }
    }

    private static func serve(
        _ configuration: Configuration, _ loop: EventLoop
    ) throws(SystemError) -> Process.ExitStatus {
        let service: Service
        do throws(HTTPClientError) {
            service = try Service(configuration, loop)
        } catch {
            Process.log(error.message)
            return .misuse
        }
        return try service.run()
    }
}
