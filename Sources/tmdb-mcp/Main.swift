import Configuration
import HTTPClient
import Reactor

@main
enum Main {
    static func main() {
        do throws(Command.Misuse) {
            switch try Command(Process.arguments) {
            case .help: Process.show(HelpText.text(version: version))
            case .version: Process.show("tmdb-mcp \(version)\n")
            case .serve: serve()
            }
        } catch {
            Process.log("\(error.message). Try: tmdb-mcp --help")
            Process.exit(.misuse)
        }
    }

    private static func serve() {
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try Configuration(environment: Process.environment)
        } catch {
            for line in error.lines { Process.log(line) }
            Process.exit(.misuse)
        }
        if Process.isTerminal(Process.standardInput) {
            Process.log("waiting for MCP messages on standard input; a client starts this program (try --help)")
        }
        do throws(SystemError) {
            try Signal.prepareProcess(receiving: StdioService.stopSignals)
            Process.exit(try serve(configuration, EventLoop()))
        } catch {
            Process.log("the system refused what the server needs: \(error.message)")
            Process.exit(.failure)
        }
    }

    private static func serve(
        _ configuration: Configuration, _ loop: EventLoop
    ) throws(SystemError) -> Process.ExitStatus {
        let service: StdioService
        do throws(HTTPClientError) {
            service = try StdioService(configuration, loop)
        } catch {
            Process.log(error.message)
            return .misuse
        }
        return try service.run()
    }
}
