import Bytes
import Configuration
import HTTPClient
import EventLoop
import System

/// `serve`: the MCP server.
enum ServeCommand {
    static func run(_ arguments: CommandLineArguments, _ configuration: Configuration) -> CurrentProcess.ExitStatus {
        do throws(SystemError) {
            try Signal.prepareProcess(receiving: Service.signals)
            try Orphans.reap()
            ProcessMetrics.noteStart()
            let loop = try EventLoop()
            let log = Log(configuration, loop)
            defer { log.flush() }
            return try serve(arguments, configuration, loop, log)
        } catch {
            CurrentProcess.complain("the system refused what the server needs: \(error.message)")
            return .failure
        }
    }

    private static func serve(
        _ arguments: CommandLineArguments, _ configuration: Configuration, _ loop: EventLoop, _ log: Log
    ) throws(SystemError) -> CurrentProcess.ExitStatus {
        for line in configuration.warnings { log.write(.warn, line) }
        if configuration.apiKey == nil { log.write(.warn, missingKey(configuration.mode)) }
        if configuration.mode == .stdio, CurrentProcess.isTerminal(CurrentProcess.standardInput) {
            log.write(.warn, "waiting for MCP messages on standard input; a client starts this program (try --help)")
        }
        let service: Service
        do throws(HTTPClientError) {
            service = try Service(configuration, loop, log)
        } catch {
            log.write(.error, error.message)
            return .misuse
        }
        return try service.run { () throws(ConfigurationError) in try Main.settings(arguments) }
    }

    /// A call would say it too, but to somebody else.
    private static func missingKey(_ mode: ServerMode) -> String {
        "no TMDB key is set, so calls fail: set TMDB_API_KEY, or name a file that holds it in TMDB_API_KEY_FILE"
            + (mode.usesHTTP ? "; HTTP clients may send their own in X-TMDB-Api-Key" : "")
    }
}
