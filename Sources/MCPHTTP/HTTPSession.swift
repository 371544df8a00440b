import MCP
import System

/// A session of the legacy era over Streamable HTTP (2025-11-25, basic/transports, Session Management), with its
/// streams.
final class HTTPSession {
    let nonce: UInt64
    /// Nil until `initialize` has settled something.
    var id: SessionID?
    /// No other session has it.
    let number: Int64
    let core: Session
    var lastUsed: Instant
    /// Requests whose client waits for the answer, which is not a stream.
    var waitingReplies = 0
    private let clock: () -> Instant
    private var log: EventLog
    private var streams: [UInt32: SessionStream] = [:]
    private var nextStream: UInt32
    /// What belongs to no request; clients take it with GET.
    private let standalone: SessionStream

    /// - Parameter start: above the numbers of streams and of events that another process has given out; else 0.
    init(nonce: UInt64, number: Int64, _ core: Session, start: UInt32, log: EventLog, clock: @escaping () -> Instant) {
        self.nonce = nonce
        self.number = number
        self.core = core
        self.log = log
        self.clock = clock
        nextStream = start &+ 1
        standalone = SessionStream(number: 0, start: start)
        lastUsed = clock()
    }

    /// Someone is there: a stream is open, or a request waits for its answer.
    var isConnected: Bool {
        waitingReplies > 0 || standalone.connection != nil || streams.values.contains { $0.connection != nil }
    }

    /// Whether another process has sent the event, on the stream of what belongs to no request.
    func isForeignNews(_ event: EventID) -> Bool { event.stream == 0 && event.place <= standalone.start }

    /// Nothing is connected to it or running for it.
    var isIdle: Bool { !isConnected && core.requestsInFlight == 0 }

    /// A stream for the messages of one request.
    func openStream() -> SessionStream {
        let stream = SessionStream(number: nextStream)
        nextStream &+= 1
        streams[stream.number] = stream
        return stream
    }

    /// Sends an event: on the stream's connection, or to be fetched later.
    func send(_ message: OutgoingMessage, on stream: SessionStream) {
        let id = stream.nextID()
        var text: [UInt8] = []
        EventText.message(message, id: id.text, into: &text)
        log.append(id, text, at: clock())
        stream.deliver(text)
    }

    /// Tells a client from where it can go on, should it lose the connection right away.
    func prime(_ stream: SessionStream, retryMilliseconds: Int64?) {
        let id = stream.nextID()
        var text: [UInt8] = []
        EventText.priming(id, retryMilliseconds: retryMilliseconds, into: &text)
        log.append(id, text, at: clock())
        stream.deliver(text)
    }

    /// Sends what belongs to no request.
    func notify(_ message: OutgoingMessage) { send(message, on: standalone) }

    /// The stream has had its last event. Its connection ends; its events can still be fetched.
    func finishStream(_ stream: SessionStream) {
        stream.isFinished = true
        stream.closeConnection()
        streams[stream.number] = nil
    }

    /// Puts a connection under the standalone stream, in place of an earlier one. What nobody has had is sent.
    func listen(_ connection: EventStream) {
        let waiting = standalone.undelivered.map { log.rest(of: 0, after: $0) } ?? []
        standalone.attach(connection)
        for text in waiting { standalone.deliver(text) }
        if waiting.isEmpty { connection.writeComment() }
    }

    /// The connection of the stream is closed.
    func detach(from stream: UInt32) {
        let stream = stream == 0 ? standalone : streams[stream]
        stream?.detach()
    }

    /// What a client has missed that had an event and lost its connection; nil when it cannot be told any more.
    func missed(after last: EventID) -> [[UInt8]]? {
        let stream = last.stream == 0 ? standalone : streams[last.stream]
        return stream?.place == last.place ? [] : log.events(of: last.stream, after: last.place)
    }

    /// Puts a connection under the stream that an event belongs to, and sends what was missed.
    func resume(after last: EventID, _ missed: [[UInt8]], _ connection: EventStream) {
        let stream = last.stream == 0 ? standalone : streams[last.stream]
        stream?.attach(connection)
        for text in missed { connection.write { $0.append(contentsOf: text) } }
        if missed.isEmpty { connection.writeComment() }
        if let stream { stream.caughtUp() } else { connection.endResponse() }
    }

    func dropEvents(before time: Instant) { log.removeOlder(than: time) }

    /// Ends what would wait for ever, in good order. Requests that work go on.
    func endWaiting() {
        core.endQuestions()
        standalone.closeConnection()
    }

    func close() {
        core.close()
        standalone.closeConnection()
        for stream in streams.values { stream.closeConnection() }
        streams = [:]
        log.close()
    }
}
