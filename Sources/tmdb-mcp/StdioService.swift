import Bytes
import Configuration
import MCP
import EventLoop
import System
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
    private let loop: EventLoop
    private let log: Log
    private let beforeMessage: () -> Void
    private var stopTimer: TimerID?
    /// Nothing is read any more.
    private(set) var isStopping = false
    private var status = End.done
    private var ended: ((End) -> Void)?

    /// Begins to read. `ended` is called once.
    init(
        loop: EventLoop, server: Server, log: Log, beforeMessage: @escaping () -> Void, ended: @escaping (End) -> Void
    ) throws(SystemError) {
        self.loop = loop
        self.log = log
        self.beforeMessage = beforeMessage
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
            loop: loop, input: CurrentProcess.standardInput, output: CurrentProcess.standardOutput,
            lineBytesMax: MCP.Limits.messageBytesMax, events: events)
    }

    /// Reads no more, and ends once every request that was read is answered, or has had its time.
    func stop() {
        guard !isStopping else { return }
        isStopping = true
        output.transport?.stopReading()
        session.endSubscriptions()
        session.endQuestions()
        stopTimer = loop.schedule(after: Limits.stopTime) { [self] in
            stopTimer = nil
            dropRequests()
        }
        endIfDone()
    }

    /// What is answered already still goes out: a slow reader is no reason to lose it.
    private func dropRequests() {
        let seconds = Limits.stopTime.nanoseconds / 1_000_000_000
        let count = session.requestsInFlight
        if count > 0 {
            log.write(.warn, "requests without an answer \(seconds) s after the end of the input: \(count), given up")
        }
        session.close()
        endIfDone()
    }

    /// Ends at once: requests that run are dropped.
    func end() {
        if let stopTimer { loop.cancel(stopTimer) }
        stopTimer = nil
        output.transport?.close()
        output.transport = nil
        session.close()
        let ended = ended
        self.ended = nil
        ended?(status)
    }

    private func receive(_ line: Span<UInt8>?) {
        beforeMessage()
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
