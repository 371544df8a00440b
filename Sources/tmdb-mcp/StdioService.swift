import Configuration
import MCP
import Reactor
import StdioTransport

/// Serves one client on standard input and output. Requests that have begun are answered before it ends.
final class StdioService {
    /// How it ended.
    enum End {
        /// The input ended, or `stop` was called, and everything has been answered.
        case done
        /// The client takes no more answers, or its input could not be read.
        case failed
    }

    private let session: Session
    private let output = OutputBox()
    private var isStopping = false
    private var status = End.done
    private var ended: ((End) -> Void)?

    /// Begins to read. `ended` is called once.
    init(loop: EventLoop, server: Server, log: Log, ended: @escaping (End) -> Void) throws(SystemError) {
        self.ended = ended
        session = Session(server: server) { [output] in output.send($0) }
        let events = StdioTransport.Events(
            line: { [self] line in receive(line) },
            inputEnded: { [self] error in
                if let error {
                    log.write(.error, "cannot read standard input: \(error.message)")
                    status = .failed
                }
                stop()
            },
            drained: { [self] in endIfDone() },
            outputClosed: { [self] error in
                log.write(.warn, "the client takes no more answers: \(error.reason)")
                status = .failed
                end()
            })
        output.transport = try StdioTransport(
            loop: loop, input: Process.standardInput, output: Process.standardOutput,
            lineBytesMax: MCP.Limits.messageBytesMax, events: events)
    }

    /// Reads no more, and ends once every request that was read is answered.
    func stop() {
        isStopping = true
        output.transport?.stopReading()
        session.endSubscriptions()
        session.endQuestions()
        endIfDone()
    }

    /// Ends at once: requests that run are dropped.
    func end() {
        output.transport?.close()
        output.transport = nil
        session.close()
        let ended = ended
        self.ended = nil
        ended?(status)
    }

    private func receive(_ line: Span<UInt8>?) {
        let payload = if let line { IncomingPayload(parsing: line) } else { IncomingPayload.tooLong }
        session.receive(payload) { [self] reply in
            switch reply {
            case .message(let message), .answer(let message): output.send(message)
            case .pause, .cancelled: break
            }
            endIfDone()
        }
    }

    private func endIfDone() {
        guard isStopping, let transport = output.transport, session.requestsInFlight == 0, transport.isDrained else {
            return
        }
        end()
    }
}

/// Where a service's session sends: the transport, which is made after it.
private final class OutputBox {
    var transport: StdioTransport?

    func send(_ message: OutgoingMessage) { transport?.send { message.write(into: &$0) } }
}
