import MCP
import EventLoop
import System
import StdioTransport

/// Serves one client on standard input and output, until its input has ended and its requests are answered, or SIGTERM.
final class StdioService {
    private let loop: EventLoop
    private var session: Session?
    private var transport: StdioTransport?
    private var isInputEnded = false

    init(_ server: Server, _ loop: EventLoop) {
        self.loop = loop
        session = Session(server: server) { [self] in send($0) }
    }

    func run() throws(SystemError) {
        try loop.receive([.terminate]) { [loop] _ in loop.stop() }
        let events = StdioTransport.Events(
            line: { [self] line in receive(line) },
            inputEnded: { [self] _ in endInput() },
            drained: { [self] in stopIfDone() },
            outputClosed: { [loop] _ in loop.stop() })
        transport = try StdioTransport(
            loop: loop, input: Process.standardInput, output: Process.standardOutput,
            lineBytesMax: MCP.Limits.messageBytesMax, events: events)
        try loop.run()
        transport?.close()
        session?.close()
        session = nil
    }

    private func receive(_ line: Span<UInt8>?) {
        let payload = if let line { IncomingPayload(parsing: line) } else { IncomingPayload.tooLong }
        session?.receive(payload) { [self] reply in
            switch reply {
            case .message(let message), .answer(let message): send(message)
            case .pause, .cancelled: break
            }
            stopIfDone()
        }
    }

    private func send(_ message: OutgoingMessage) {
        transport?.send { bytes in message.write(into: &bytes) }
    }

    private func endInput() {
        isInputEnded = true
        session?.endSubscriptions()
        session?.endQuestions()
        stopIfDone()
    }

    private func stopIfDone() {
        guard isInputEnded, let session, let transport else { return }
        if session.requestsInFlight == 0 && transport.isDrained { loop.stop() }
    }
}
