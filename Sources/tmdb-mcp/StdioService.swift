import Configuration
import HTTPClient
import HTTPTypes
import JSON
import MCP
import Reactor
import StdioTransport
import TMDB

/// Serves one client on standard input and output, until its input ends or a signal asks to stop. Calls that have begun
/// are answered first; a second signal does not wait for them.
final class StdioService {
    static let stopSignals: [Signal] = [.terminate, .interrupt, .hangUp]

    /// How long a stop by signal waits for calls that run.
    private static let stopTimeout = TimeSpan.seconds(10)

    private let loop: EventLoop
    private let client: HTTPClient
    private var transport: StdioTransport?
    private var connection: Connection?
    private var isStopping = false
    private var status = Process.ExitStatus.success

    init(_ configuration: Configuration, _ loop: EventLoop) throws(HTTPClientError) {
        self.loop = loop
        var settings = HTTPClientConfiguration()
        settings.totalTimeout = .milliseconds(configuration.timeoutMilliseconds)
        if let file = configuration.caFile { settings.trust = .file(file) }
        let client = try HTTPClient(loop: loop, configuration: settings)
        self.client = client
        let tmdb = TMDBClient(
            userAgent: "tmdb-mcp/\(version)",
            baseURL: configuration.baseURL,
            credential: configuration.apiKey.map { Credential($0.reveal()) }
        ) { request, finish in
            let call = client.send(request, completion: finish)
            return { client.cancel(call) }
        }
        connection = Connection(server: TMDBServer.make(version: version, client: tmdb)) { [self] message in
            transport?.send { bytes in message.write(into: &bytes) }
        }
    }

    /// Serves until the end, and tells how it ended.
    func run() throws(SystemError) -> Process.ExitStatus {
        try loop.receive(StdioService.stopSignals) { [self] _ in stopOnSignal() }
        let events = StdioTransport.Events(
            line: { [self] line in receive(line) },
            inputEnded: { [self] error in
                if let error { Process.log("cannot read standard input: \(error.message)") }
                stopWhenDone()
            },
            drained: { [self] in stopIfDone() },
            outputClosed: { [self] error in
                Process.log("the client takes no more answers: \(error.reason)")
                end(.failure)
            })
        transport = try StdioTransport(
            loop: loop, input: Process.standardInput, output: Process.standardOutput,
            lineBytesMax: MCP.Limits.messageBytesMax, events: events)
        try loop.run()
        return status
    }

    private func receive(_ line: Span<UInt8>?) {
        if let line { connection?.receive(line) } else { connection?.receiveTooLong() }
    }

    private func stopOnSignal() {
        if isStopping { return end(.success) }
        transport?.stopReading()
        _ = loop.schedule(after: StdioService.stopTimeout) { [self] in end(.success) }
        stopWhenDone()
    }

    private func stopWhenDone() {
        isStopping = true
        stopIfDone()
    }

    private func stopIfDone() {
        guard isStopping, let connection, let transport else { return }
        if connection.callsInFlight == 0 && transport.isDrained { end(.success) }
    }

    private func end(_ status: Process.ExitStatus) {
        self.status = status
        connection?.cancelAll()
        transport?.close()
        loop.stop()
    }
}
