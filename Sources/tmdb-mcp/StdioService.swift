import Bytes
import Configuration
import MCP
import EventLoop
import System
import StdioTransport

/// One client on standard input and output. Whoever owns it is told what becomes of it, and says when it ends.
final class StdioService {
    enum Event {
        /// The client sends no more, or its input could not be read.
        case inputEnded(failed: Bool)
        /// All that has been read is answered, and the answers are out: told again and again.
        case settled
        /// The client takes no more answers.
        case outputClosed
    }

    private let session: Session
    private let output = OutputBox()
    private let loop: EventLoop
    private let log: Log
    private let beforeMessage: () -> Void
    private let tell: (Event) -> Void
    private var stopTimer: TimerID?

    /// Begins to read.
    init(
        loop: EventLoop, server: Server, log: Log, beforeMessage: @escaping () -> Void, tell: @escaping (Event) -> Void
    ) throws(SystemError) {
        self.loop = loop
        self.log = log
        self.beforeMessage = beforeMessage
        self.tell = tell
        session = Session(server: server) { [output] in output.send($0) }
        let events = StdioTransport.Events(
            line: { [self] line in receive(line) },
            inputEnded: { error in
                if let error { log.write(.error, "cannot read standard input: \(error.message)") }
                tell(.inputEnded(failed: error != nil))
            },
            drained: { [self] in tellIfSettled() },
            outputClosed: { error in
                log.write(.warn, "the client takes no more answers: \(error.reason)")
                tell(.outputClosed)
            })
        output.transport = try StdioTransport(
            loop: loop, input: CurrentProcess.standardInput, output: CurrentProcess.standardOutput,
            lineBytesMax: MCP.Limits.messageBytesMax, events: events)
    }

    /// Reads no more. Every request that was read is answered, or has had its time.
    func finish() {
        output.transport?.stopReading()
        session.endSubscriptions()
        session.endQuestions()
        stopTimer = loop.schedule(after: Limits.stopTime) { [self] in
            stopTimer = nil
            dropRequests()
        }
        tellIfSettled()
    }

    /// What is answered already still goes out: a slow reader is no reason to lose it.
    private func dropRequests() {
        let seconds = Limits.stopTime.nanoseconds / 1_000_000_000
        let count = session.requestsInFlight
        if count > 0 {
            log.write(.warn, "requests without an answer \(seconds) s after the end of the input: \(count), given up")
        }
        session.close()
        tellIfSettled()
    }

    /// Ends at once: requests that run are dropped.
    func close() {
        if let stopTimer { loop.cancel(stopTimer) }
        stopTimer = nil
        output.transport?.close()
        output.transport = nil
        session.close()
    }

    private func receive(_ line: Span<UInt8>?) {
        beforeMessage()
        let payload = if let line { IncomingPayload(parsing: line) } else { IncomingPayload.tooLong }
        session.receive(payload) { [self] reply in
            switch reply {
            case .message(let message), .answer(let message): output.send(message)
            case .pause, .cancelled: break
            }
            tellIfSettled()
        }
    }

    private func tellIfSettled() {
        guard let transport = output.transport, session.requestsInFlight == 0, transport.isDrained else { return }
        tell(.settled)
    }
}

/// Where a service's session sends: the transport, which is made after it.
private final class OutputBox {
    var transport: StdioTransport?

    func send(_ message: OutgoingMessage) { transport?.send { message.write(into: &$0) } }
}
