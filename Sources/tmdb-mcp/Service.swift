import Upstream
import Bytes
import Configuration
import HTTPClient
import HTTPTypes
import MCP
import MCPHTTP
import MCPStdio
import EventLoop
import System
import TMDB

/// The server as it runs: TMDB's tools on standard input and output, over HTTP, or both.
final class Service {
    /// SIGHUP has two meanings: see `hangUp`.
    static let signals: [Signal] = [.terminate, .interrupt, .hangUp]

    /// Descriptors that clients' connections leave: for TMDB and name servers, for clients that are told that all
    /// connections are taken, for the loop.
    private static let sparedFiles = 128

    private let loop: EventLoop
    private let configuration: Configuration
    private let log: Log
    let server: Server
    private let metrics = Metrics()
    private let client: HTTPClient
    private let tmdb: TMDBClient
    private let omdb: OMDbClient
    private let context: TMDBContext
    private var stdio: StdioServer?
    private var http: HTTPTransport?
    private var secrets: Secrets?
    private let hadTerminal = CurrentProcess.hasTerminal
    private var lifecycle = Lifecycle(stdio: false, http: false)
    private var stopTimer: TimerID?
    private var ending = Ending()
    /// Why HTTP is not served, although it was to be.
    private var portProblem: String?
    /// A message has come on standard input.
    private var hasClient = false

    init(_ configuration: Configuration, _ loop: EventLoop, _ log: Log) throws(HTTPClientError) {
        self.configuration = configuration
        self.loop = loop
        self.log = log
        let upstream = UpstreamConfiguration(configuration)
        let client = try HTTPClient(
            loop: loop, configuration: HTTPClientConfiguration(configuration, attempt: upstream.attemptNanoseconds))
        self.client = client
        tmdb = TMDBClient(
            userAgent: "tmdb-mcp/\(version)",
            baseURL: configuration.baseURL,
            credential: configuration.apiKey.map { Credential($0.reveal()) },
            configuration: upstream, dependencies: Dependencies(loop),
            fetch: log.watching { request, finish in
                let call = client.send(request, completion: finish)
                return { client.cancel(call) }
            })
        omdb = OMDbClient(
            userAgent: "tmdb-mcp/\(version)", baseURL: configuration.omdbBaseURL,
            key: configuration.omdbKey?.reveal(), dependencies: Dependencies(loop),
            fetch: log.watching { request, finish in
                let call = client.send(request, completion: finish)
                return { client.cancel(call) }
            })
        // The names have been checked with the other settings.
        let tools = (try? ToolSelection(configuration.tools ?? [])) ?? .all
        let observer = log.observer(metrics.observer)
        context = TMDBContext(
            client: tmdb, language: configuration.language, region: configuration.region,
            argumentNames: configuration.showsDots ? .dots : .underscores,
            ratings: omdb, session: configuration.session?.reveal(), clock: observer.clock)
        server = TMDBServer.make(
            version: version, context: context,
            tools: tools, hasStructuredOutput: configuration.hasStructuredOutput, observer: observer)
    }

    /// Serves until the end, and tells how it ended.
    ///
    /// - Parameter reread: gives the settings as they are now.
    func run(reread: @escaping Secrets.Reread) throws(SystemError) -> CurrentProcess.ExitStatus {
        try loop.receive(Service.signals) { [self] signal in
            if signal == .hangUp { return hangUp() }
            // At the end of the turn, which a client that has left before the signal is no part of. Whoever types
            // Ctrl-C does not wait for proxies.
            loop.atEndOfTurn { [self] in stop(signal == .terminate ? "SIGTERM" : "SIGINT", drains: signal == .terminate)
            }
        }
        defer {
            loop.receiveNoSignals()
            if let stopTimer { loop.cancel(stopTimer) }
            secrets?.close()
        }
        let token = configuration.mode.usesHTTP ? try listen() : nil
        let secrets = Secrets(configuration, token: token, loop, log, reread: reread)
        secrets.useKey = { [tmdb] in tmdb.credential = Credential($0.reveal()) }
        secrets.useSession = { [context] in context.session = $0.reveal() }
        secrets.useOMDbKey = { [omdb] in omdb.use(key: $0.reveal()) }
        secrets.useToken = { [self] in http?.replaceToken(Array($0.reveal().utf8)) }
        self.secrets = secrets
        if configuration.mode.usesStdio, http != nil || !configuration.mode.usesHTTP || CurrentProcess.isStartedByClient
        {
            stdio = try StdioServer(
                server, loop: loop, input: CurrentProcess.standardInput, output: CurrentProcess.standardOutput,
                beforeMessage: { [self] in
                    secrets.refresh()
                    lifecycle.messageReceived()
                    hasClient = true
                }, note: portProblem, onEvent: { [self] in handle($0) })
        }
        lifecycle = Lifecycle(stdio: stdio != nil, http: http != nil)
        if http == nil, stdio != nil { tellStart("serving standard input and output", token: nil) }
        if !lifecycle.hasFailed { try loop.run() }
        return lifecycle.hasFailed || portProblem != nil && !hasClient ? .failure : .success
    }

    private func handle(_ event: StdioServer.Event) {
        switch event {
        case .inputEnded(let error):
            if let error { log.write(.error, "cannot read standard input: \(error.message)") }
            ending.cause = "end of input"
            perform(lifecycle.inputEnded(failed: error != nil))
        case .settled: perform(lifecycle.stdioSettled())
        case .gaveUp(let count):
            log.write(.warn, "requests without an answer in time after the end of the input: \(count), given up")
        case .outputClosed(let error):
            log.write(.warn, "the client takes no more answers: \(error.reason)")
            ending.cause = "end of output"
            perform(lifecycle.outputClosed())
        }
    }

    /// Returns the token that lets clients in, if they can connect.
    private func listen() throws(SystemError) -> Secret? {
        let host = configuration.host.text
        guard let address = SocketAddress(host: host, port: configuration.port) else { return nil }
        let token = try ClientToken(configuration, log)
        let http = HTTPTransport(
            loop: loop, server: server, metrics: metrics, configuration: httpConfiguration(token.secret)
        ) { [client, tmdb] text in
            UpstreamMetrics.write(client, tmdb, into: &text)
            ProcessMetrics.write(into: &text)
        }
        let place = if case .ipv6 = configuration.host { "[\(host)]" } else { host }
        do throws(SystemError) {
            tellStart(try listen(http, address, place), token: token.place)
            self.http = http
            return token.secret
        } catch {
            http.close()
            let problem =
                "cannot listen on \(place):\(configuration.port): \(error.reason); choose another port with --sse-port "
                + "(0 for any), or serve standard input and output alone with --server-mode stdio"
            log.write(.error, problem)
            portProblem = problem
            return nil
        }
    }

    /// Returns what there is to say of it.
    private func listen(
        _ http: HTTPTransport, _ address: SocketAddress, _ place: String
    ) throws(SystemError) -> String {
        do throws(SystemError) {
            return "listening on http://\(place):\(try http.listen(on: address))/mcp"
        } catch {
            guard let substitute = address.substitute(for: error) else { throw error }
            let port = try http.listen(on: substitute)
            return "listening on http://0.0.0.0:\(port)/mcp: this machine has no IPv6 (\(error.reason))"
        }
    }

    /// - Parameter token: where the token for HTTP clients is; nil where they need none.
    private func tellStart(_ message: String, token: String?) {
        guard log.writes(.info) else { return }
        var line = log.line(.info, message)
        line.add("version", version)
        line.add("mode", configuration.mode.name)
        let key = configuration.apiKey == nil ? nil : configuration.source(of: .apiKey)
        line.add("key", key?.description ?? "none")
        if let token { line.add("token", token) }
        log.writeNow(line)
    }

    private func httpConfiguration(_ token: Secret) -> HTTPTransportConfiguration {
        var http = HTTPTransportConfiguration(configuration, token: token)
        http.refreshToken = { [self] in secrets?.refresh(isUrgent: $0) }
        http.onRefusal = { [log] in log.record($0) }
        http.onUntoldRefusals = { [log] count in
            var line = log.line(.warn, "more requests were refused")
            line.add("suppressed", count)
            log.writeLater(line)
        }
        http.readinessNote = { [self] in secrets?.key == nil ? "no TMDB key is set: only calls with one work" : nil }
        if let files = try? ProcessLimits.raiseOpenFiles() {
            http.limitConnections(to: max(files - Service.sparedFiles, files / 2))
        }
        return http
    }

    /// The end of the terminal that the server was started from is its own, but not under nohup. Where there is no such
    /// terminal, or it is still there, somebody has sent the signal to have files read again.
    private func hangUp() {
        if hadTerminal, !CurrentProcess.hasTerminal, !Signal.hangUp.isIgnored {
            return stop("SIGHUP", drains: false)
        }
        secrets?.readAgain()
    }

    /// - Parameters:
    ///   - signal: its name.
    ///   - drains: whether clients are told that the server stops, and are served until they have heard it.
    private func stop(_ signal: String, drains: Bool) {
        ending.cause = signal
        let hasClients = configuration.drainSeconds > 0 && (http?.connections ?? 0) > 0
        perform(lifecycle.signalReceived(drains: drains && hasClients))
    }

    /// What has begun when the server stops may take so long.
    private var stopTime: TimeSpan {
        TimeSpan(
            nanoseconds: Int64(configuration.timeoutMilliseconds) * 1_000_000 + ProgramLimits.answerTime.nanoseconds)
    }

    private func perform(_ action: Lifecycle.Action) {
        switch action {
        case .none: break
        case .finishStdio:
            if http == nil { begin(.requests) }
            stdio?.drain(within: ProgramLimits.finishTime)
        case .closeStdio: closeStdio()
        case .closeHTTP: closeHTTP()
        case .drain(let end):
            begin(.drain)
            stopLater(.seconds(configuration.drainSeconds))
            endStdio(end)
            http?.beginDrain()
        case .stop(let end):
            begin(.requests)
            stopLater(stopTime)
            endStdio(end)
            http?.drain { [self] in perform(lifecycle.httpDrained()) }
        case .giveUpHTTP:
            begin(.errors)
            stopLater(ProgramLimits.lastTime)
            closeStdio()
            http?.giveUp()
        case .exit:
            begin(nil)
            closeStdio()
            closeHTTP()
            tellEnd()
            loop.stop()
        }
    }

    /// Tells that the server stops, unless that is no news.
    private func begin(_ phase: Ending.Phase?) {
        let isNews = !ending.hasBegun
        ending.begin(phase, at: Instant.readClock())
        guard isNews, log.writes(.info) else { return }
        var line = log.line(.info, "stopping")
        line.add("cause", ending.cause)
        if let http { line.add("http_connections", Int64(http.connections)) }
        log.writeNow(line)
    }

    private func tellEnd() {
        guard log.writes(.info) else { return }
        var line = log.line(.info, "stopped")
        for (phase, time) in ending.waits { line.add(phase.field, millisecondsOf: time.nanoseconds) }
        log.writeNow(line)
    }

    private func stopLater(_ time: TimeSpan) {
        stopTimer = loop.schedule(after: time) { [self] in perform(lifecycle.timePassed()) }
    }

    private func endStdio(_ end: Lifecycle.StdioEnd) {
        switch end {
        case .none: break
        case .finish(let isLast): stdio?.drain(within: isLast ? ProgramLimits.finishTime : stopTime)
        case .close: closeStdio()
        }
    }

    private func closeStdio() {
        stdio?.close()
        stdio = nil
    }

    private func closeHTTP() {
        http?.close()
        http = nil
    }
}
