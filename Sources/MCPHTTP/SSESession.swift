import EventLoop
import MCP
import System

/// A session over HTTP+SSE: everything for the client goes through one stream, and ends with it.
final class SSESession {
    /// No other session has it.
    let number: Int64
    let id: SessionID
    private let loop: EventLoop
    private var core: Session?
    private var stream: EventStream?
    private var isEnding = false
    private let table: SessionTable
    /// The client has an event id that tells what was settled.
    private var isTold: Bool

    /// - Parameters:
    ///   - table: seals what is settled.
    ///   - settled: what the client has settled before, on another stream.
    ///   - path: where the client is to post.
    init(
        _ table: SessionTable, id: SessionID, settled: Session.Settled?, path: String, loop: EventLoop,
        open: (SSESession) -> EventStream
    ) {
        self.table = table
        self.id = id
        self.loop = loop
        number = table.takeNumber()
        isTold = settled != nil
        core = Session(server: table.server, settled: settled) { [self] message in send(message) }
        let stream = open(self)
        self.stream = stream
        stream.write { EventText.endpoint(path, into: &$0) }
    }

    var requestsInFlight: Int { core?.requestsInFlight ?? 0 }

    func receive(_ payload: IncomingPayload, from caller: Caller) {
        let progress = Debouncer(loop, delay: .milliseconds(MCPLimits.progressDelayMilliseconds))
        core?.receive(payload, from: caller) { [self] reply in
            switch reply {
            case .message(let message): send(message)
            case .progress(let message): progress.schedule { [self] in sendApart(message) }
            case .answer(let message):
                progress.cancel()
                send(message)
            case .cancelled: progress.cancel()
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

    func giveUp() { core?.giveUp() }

    func close() {
        stream?.endResponse()
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
        var event: String?
        if !isTold, let settled = core?.settled {
            isTold = true
            event = table.id(nonce: id.nonce, settled)?.text
        }
        stream?.write { EventText.message(message, id: event, into: &$0) }
    }
}
