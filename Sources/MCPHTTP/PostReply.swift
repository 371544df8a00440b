import HTTPTypes
import HTTPServer
import MCP
import EventLoop
import System

/// The response to one POST: a single JSON value when the answer is all there is to say, else a stream of events.
final class PostReply {
    /// What carries events once the response has become a stream.
    private enum Carrier {
        /// Ends with its connection (modern era).
        case connection(EventStream)
        /// Can be taken up again by another connection (legacy era).
        case stream(SessionStream, HTTPSession)
    }

    private let transport: HTTPTransport
    private let writer: ResponseWriter
    private let fields: HTTPFields
    private let streamFields: HTTPFields
    private let session: HTTPSession?
    private var machine: PostReplyStateMachine
    private var carrier: Carrier?
    /// Counted among those that the session's client waits for.
    private var isCounted = false
    private var lateStart: TimerID?
    private let progress: Debouncer
    /// Called when the client has disconnected and nobody can come back for the answer.
    var onAbandon: (() -> Void)?

    init(
        _ transport: HTTPTransport, _ writer: ResponseWriter, accepted: AcceptedTypes, fields: HTTPFields,
        streamFields: HTTPFields, session: HTTPSession?
    ) {
        self.transport = transport
        self.writer = writer
        self.fields = fields
        self.streamFields = streamFields
        self.session = session
        progress = Debouncer(transport.loop, delay: .milliseconds(MCPLimits.progressDelayMilliseconds))
        // Only sessions let clients come back, and only those of 2025-11-25 expect to.
        machine = PostReplyStateMachine(
            acceptsJSON: accepted.json, acceptsStream: accepted.stream,
            mayPause: session?.core.version == .v2025_11_25)
    }

    func handle(_ reply: Reply) {
        switch reply {
        case .message(let message):
            switch machine.messageGiven(isOpen: writer.isOpen) {
            case .none: break
            case .startStreamAndSend:
                startStream()
                write(message)
            case .send: write(message)
            }
        case .progress(let message): progress.schedule { [self] in writeApart(message) }
        case .answer(let message):
            progress.cancel()
            switch machine.answerGiven(isOpen: writer.isOpen) {
            case .none: break
            case .respond: answer(message)
            case .startStreamAndFinish:
                startStream()
                writeLast(message)
            case .finish: writeLast(message)
            }
        case .pause(let milliseconds):
            switch machine.pauseGiven(isOpen: writer.isOpen) {
            case .none: break
            case .startStreamAndDisconnect:
                startStream(retryMilliseconds: milliseconds)
                disconnect(nil)
            case .disconnect: disconnect(milliseconds)
            }
        case .cancelled:
            progress.cancel()
            switch machine.requestCancelled() {
            case .none: break
            case .respondEmpty: writer.respond(202, fields)
            case .finish: writeLast(nil)
            }
        }
        if machine.state == .ended {
            stopWaiting()
            onAbandon = nil
        }
    }

    /// Waits for an answer that did not come at once: notices when the client goes, and keeps the connection alive.
    func wait() {
        switch machine.waitBegan(isOpen: writer.isOpen) {
        case .none: break
        case .watch: watch()
        case .watchAndStartStreamLater:
            watch()
            lateStart = transport.loop.schedule(after: transport.limits.keepAliveInterval) { [self] in
                if machine.waitedLong(isOpen: writer.isOpen) { startWaitingStream() }
            }
        case .startStream: startWaitingStream()
        }
    }

    private func watch() {
        isCounted = true
        session?.waitingReplies += 1
        writer.onClose { [self] in abandon() }
        // A client of the modern era cancels by closing the connection (2026-07-28, basic/patterns/cancellation).
        if session == nil { writer.onInputEnd { [self] in leave() } }
    }

    /// Begins the stream although there is nothing to say yet.
    private func startWaitingStream() {
        startStream()
        connection?.writeComment()
    }

    /// The answer has begun, or nobody waits for it any more.
    private func stopWaiting() {
        guard isCounted else { return }
        isCounted = false
        session?.waitingReplies -= 1
        if let lateStart { transport.loop.cancel(lateStart) }
        lateStart = nil
    }

    private func leave() {
        writer.abort()
        abandon()
    }

    private func abandon() {
        guard machine.clientLeft() else { return }
        stopWaiting()
        let action = onAbandon
        onAbandon = nil
        action?()
    }

    private func answer(_ message: OutgoingMessage) {
        writer.respond(message.httpStatus(isModern: session == nil), fields) { message.write(into: &$0) }
    }

    private func startStream(retryMilliseconds: Int64? = nil) {
        stopWaiting()
        guard let session else {
            carrier = .connection(transport.openStream(writer, streamFields) { [self] in abandon() })
            return
        }
        let stream = session.openStream()
        carrier = .stream(stream, session)
        let connection = transport.openStream(writer, streamFields) { session.detach(from: stream.number) }
        stream.attach(connection)
        // Older clients do not expect an event without data.
        guard session.core.version == .v2025_11_25 else { return }
        session.prime(stream, retryMilliseconds: retryMilliseconds)
    }

    private func write(_ message: OutgoingMessage) {
        switch carrier {
        case .connection(let connection): connection.write { EventText.message(message, id: nil, into: &$0) }
        case .stream(let stream, let session): session.send(message, on: stream)
        case nil: break
        }
    }

    /// Writes a message of which the client is to know before the next; not while it is slow to read.
    private func writeApart(_ message: OutgoingMessage) {
        guard connection?.flush() ?? true else { return }
        handle(.message(message))
        _ = connection?.flush()
    }

    private var connection: EventStream? {
        switch carrier {
        case .connection(let connection): connection
        case .stream(let stream, _): stream.connection
        case nil: nil
        }
    }

    private func writeLast(_ message: OutgoingMessage?) {
        if let message { write(message) }
        switch carrier {
        case .connection(let connection): connection.endResponse()
        case .stream(let stream, let session): session.finishStream(stream)
        case nil: break
        }
    }

    private func disconnect(_ retryMilliseconds: Int64?) {
        guard case .stream(let stream, _) = carrier else { return }
        if let milliseconds = retryMilliseconds {
            stream.connection?.write { EventText.retry(milliseconds: milliseconds, into: &$0) }
        }
        stream.closeConnection()
    }
}

extension OutgoingMessage {
    /// An answer's status. In the legacy era the errors of a well-formed request are no errors of HTTP's.
    func httpStatus(isModern: Bool) -> Int {
        guard case .error(_, let error, _) = self else { return 200 }
        return switch error.code {
        case .parseError, .invalidRequest: 400
        case .methodNotFound: isModern ? 404 : 200
        case .invalidParams, .headerMismatch, .missingClientCapability, .unsupportedProtocolVersion:
            isModern ? 400 : 200
        case .resourceNotFound, .internalError: 200
        }
    }
}
