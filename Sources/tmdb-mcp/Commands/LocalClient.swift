import Bytes
import Configuration
import HTTPClient
import JSON
import MCP
import EventLoop
import System

/// Asks this program's own server within the process, as a client of the newest revision would.
final class LocalClient {
    let server: Server
    let loop: EventLoop
    private let service: Service
    private var request: RequestContext?
    private var status = CurrentProcess.ExitStatus.failure

    private init(_ configuration: Configuration, _ loop: EventLoop, _ log: Log) throws(HTTPClientError) {
        self.loop = loop
        service = try Service(configuration, loop, log)
        server = service.server
    }

    /// Runs the loop from `work` on until `end` is called. Ctrl-C cancels what was asked for.
    static func run(_ configuration: Configuration, _ work: (LocalClient) -> Void) -> CurrentProcess.ExitStatus {
        for line in configuration.warnings { CurrentProcess.complain(line) }
        do throws(SystemError) {
            let signals: [Signal] = [.terminate, .interrupt] + (Signal.hangUp.isIgnored ? [] : [.hangUp])
            try Signal.prepareProcess(receiving: signals)
            let loop = try EventLoop()
            // What a log says of requests would only repeat what is printed, unless it was asked for.
            let isAskedFor = configuration.source(of: .loggingLevel) != .standard
            let log = Log(configuration, loop, leastLevel: isAskedFor ? .debug : .warn)
            let client: LocalClient
            do throws(HTTPClientError) {
                client = try LocalClient(configuration, loop, log)
            } catch {
                CurrentProcess.complain(error.message)
                return .misuse
            }
            try loop.receive(signals) { _ in client.interrupt() }
            defer { loop.receiveNoSignals() }
            work(client)
            try loop.run()
            log.flush()
            return client.status
        } catch {
            CurrentProcess.complain("the system refused what is needed: \(error.message)")
            return .failure
        }
    }

    func exit(_ status: CurrentProcess.ExitStatus) {
        self.status = status
        loop.stop()
    }

    /// Calls `finish` with the result, or with the error that the protocol has for it; now or later.
    func ask(
        _ method: String, _ params: JSONObject, _ finish: @escaping (Result<JSONValue, RPCError>) -> Void
    ) {
        var params = params
        params.set(
            "_meta",
            to: [
                "io.modelcontextprotocol/protocolVersion": .string(ProtocolVersion.v2026_07_28.text),
                "io.modelcontextprotocol/clientCapabilities": [:],
            ])
        do throws(RPCError) {
            let meta = try RequestMeta(params)
            request = server.serve(id: .number(1), method: method, params: params, meta: meta) { reply in
                if case .answer(let message) = reply { finish(LocalClient.result(message)) }
            }
        } catch {
            finish(.failure(error))
        }
    }

    private func interrupt() {
        request?.cancel()
        exit(.interrupted)
    }

    private static func result(_ message: OutgoingMessage) -> Result<JSONValue, RPCError> {
        switch message {
        case .result(_, let result):
            var text: [UInt8] = []
            result.write(into: &text)
            guard let value = try? JSONValue(parsing: text) else { break }
            return .success(value)
        case .error(_, let error, _): return .failure(error)
        case .notification, .request, .batch: break
        }
        return .failure(RPCError(.internalError, "The answer is not one."))
    }
}
