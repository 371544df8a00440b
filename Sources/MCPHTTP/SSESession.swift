import EventLoop
import MCP

/// A session over HTTP+SSE: everything for the client goes through one stream, and ends with it.
final class SSESession {
    /// No other session has it.
    let number: Int64
    private let loop: EventLoop
    private var core: Session?
    private var stream: EventStream?
    private var isEnding = false

    /// - Parameter path: where the client is to post.
    init(
        server: MCP.Server, number: Int64, path: String, loop: EventLoop, open: (SSESession) -> EventStream
    ) {
        self.number = number
        self.loop = loop
        core = Session(server: server) { [self] message in send(message) }
        let stream = open(self)
        self.stream = stream
        stream.write { EventText.endpoint(path, into: &$0) }
    }

    var requestsInFlight: Int { core?.requestsInFlight ?? 0 }

    func receive(_ payload: IncomingPayload, from caller: Caller) {
        let progress = HeldProgress(loop)
        core?.receive(payload, from: caller) { [self] reply in
            switch reply {
            case .message(let message): send(message)
            case .progress(let message): progress.hold { [self] in sendApart(message) }
            case .answer(let message):
                progress.drop()
                send(message)
            case .cancelled: progress.drop()
            case .pause: break
            }
            if isEnding { endWhenDone() }
        }
    }

    /// Ends the stream once nothing runs.
    func endWhenDone() {
        isEnding = true
        core?.endSubscriptions()
        core?.endQuestions()
        if requestsInFlight == 0 { close() }
    }

    func close() {
        stream?.end()
        forget()
    }

    /// The client has disconnected.
    func forget() {
        stream = nil
        let core = core
        self.core = nil
        core?.close()
    }

    /// Not while the client is slow to read.
    private func sendApart(_ message: OutgoingMessage) {
        guard let stream, stream.flush() else { return }
        send(message)
        _ = stream.flush()
    }

    private func send(_ message: OutgoingMessage) {
        stream?.write { EventText.message(message, id: nil, into: &$0) }
    }
}
