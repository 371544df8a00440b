public import EventLoop
public import MCP
public import System

/// Serves one client on two descriptors, as a rule standard input and output: a message a line (2025-11-25 and
/// 2026-07-28, basic/transports, stdio).
public final class StdioServer {
    public enum Event {
        /// The client sends no more, or its input could not be read.
        case inputEnded(SystemError?)
        /// All that has been read is answered, and the answers are out: told again and again.
        case settled
        /// So many requests were not answered in the time that `finish` gave, and are answered with errors next.
        case gaveUp(requests: Int)
        /// Nobody reads the output any more: nothing that is sent arrives.
        case outputClosed(SystemError)
    }

    private let session: Session
    private let output = OutputBox()
    private let loop: EventLoop
    private let beforeMessage: () -> Void
    private let onEvent: (Event) -> Void
    private var finishTimer: TimerID?

    /// Begins to read. The loop keeps this until `close`, or until the output is closed.
    ///
    /// - Parameters:
    ///   - input: stays the caller's, as `output` does, which must be another.
    ///   - beforeMessage: called before each message is served.
    ///   - note: what the client is told, as a log message, once its session has begun (revisions to 2025-11-25).
    ///   - onEvent: may call this.
    public init(
        _ server: Server, loop: EventLoop, input: Int32 = 0, output: Int32 = 1,
        beforeMessage: @escaping () -> Void = {}, note: String? = nil, onEvent: @escaping (Event) -> Void
    ) throws(SystemError) {
        self.loop = loop
        self.beforeMessage = beforeMessage
        self.onEvent = onEvent
        session = Session(server: server) { [output = self.output] in output.send($0) }
        session.note = note
        let events = LineTransport.Events(
            line: { [self] line in receive(line) },
            inputEnded: { onEvent(.inputEnded($0)) },
            drained: { [self] in tellIfSettled() },
            outputClosed: { onEvent(.outputClosed($0)) })
        self.output.transport = try LineTransport(
            loop: loop, input: input, output: output, lineBytesMax: MCPLimits.messageBytesMax, events: events)
    }

    /// Reads no more. Subscriptions and questions to the client end in good order; requests that run have `time` to be
    /// answered, and are answered with an error then. `Event.settled` tells when all is done.
    public func drain(within time: TimeSpan) {
        output.transport?.stopReading()
        session.endSubscriptions()
        session.endQuestions()
        finishTimer = loop.schedule(after: time) { [self] in
            finishTimer = nil
            let count = session.requestsInFlight
            if count > 0 { onEvent(.gaveUp(requests: count)) }
            // What is answered already still goes out: a slow reader is no reason to lose it.
            session.giveUp()
            session.close()
            tellIfSettled()
        }
        tellIfSettled()
    }

    /// Ends at once: requests that run are cancelled, and what waits to be written is dropped. No event follows.
    public func close() {
        if let finishTimer { loop.cancel(finishTimer) }
        finishTimer = nil
        output.transport?.close()
        output.transport = nil
        session.close()
    }

    private func receive(_ line: Span<UInt8>?) {
        beforeMessage()
        let payload = if let line { IncomingPayload(parsing: line) } else { IncomingPayload.tooLong }
        let progress = Debouncer(loop, delay: .milliseconds(MCPLimits.progressDelayMilliseconds))
        session.receive(payload) { [self] reply in
            switch reply {
            case .message(let message): output.send(message)
            case .progress(let message):
                progress.schedule { [self] in output.transport?.sendApart { message.write(into: &$0) } }
            case .answer(let message):
                progress.cancel()
                output.send(message)
            case .cancelled: progress.cancel()
            case .pause: break
            }
            tellIfSettled()
        }
    }

    private func tellIfSettled() {
        guard let transport = output.transport, session.requestsInFlight == 0, transport.isDrained else { return }
        onEvent(.settled)
    }
}

/// Where the session sends: the transport, which is made after it.
private final class OutputBox {
    var transport: LineTransport?

    func send(_ message: OutgoingMessage) { transport?.send { message.write(into: &$0) } }
}
