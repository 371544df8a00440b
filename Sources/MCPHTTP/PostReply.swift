import HTTPServer
import MCP
import EventLoop

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
    private let accepted: AcceptedTypes
    private let fields: ResponseFields
    private let streamFields: ResponseFields
    private let session: HTTPSession?
    private var carrier: Carrier?
    private var isWaiting = false
    private var lateStart: TimerID?
    private(set) var isEnded = false
    /// Called when the client has disconnected and nobody can come back for the answer.
    var onAbandon: (() -> Void)?

    init(
        _ transport: HTTPTransport, _ writer: ResponseWriter, accepted: AcceptedTypes, fields: ResponseFields,
        streamFields: ResponseFields, session: HTTPSession?
    ) {
        self.transport = transport
        self.writer = writer
        self.accepted = accepted
        self.fields = fields
        self.streamFields = streamFields
        self.session = session
    }

    func take(_ reply: Reply) {
        switch reply {
        case .message(let message):
            if carrier == nil, accepted.stream { startStream() }
            write(message)
        case .answer(let message):
            isEnded = true
            if carrier == nil, !accepted.json { startStream() }
            if carrier == nil { answer(message) } else { finish(message) }
        case .pause(let milliseconds):
            pause(milliseconds)
        case .cancelled:
            isEnded = true
            // There is nothing to say, and an HTTP request must be answered all the same.
            if carrier == nil { writer.respond(202, fields) } else { finish(nil) }
        }
        if isEnded {
            stopWaiting()
            onAbandon = nil
        }
    }

    /// Waits for an answer that did not come at once: notices when the client goes, and keeps the connection alive.
    func wait() {
        // A stream that has begun at once sees to that itself.
        guard !isEnded, carrier == nil else { return }
        isWaiting = true
        session?.waitingReplies += 1
        writer.onClose { [self] in abandon() }
        // A client of the modern era cancels by closing the connection (2026-07-28, basic/patterns/cancellation).
        if session == nil { writer.onInputEnd { [self] in leave() } }
        guard accepted.stream else { return }
        // It will be a stream whatever comes.
        guard accepted.json else { return startWaitingStream() }
        lateStart = transport.loop.schedule(after: transport.limits.keepAliveInterval) { [self] in
            if !isEnded, carrier == nil { startWaitingStream() }
        }
    }

    /// Begins the stream although there is nothing to say yet.
    private func startWaitingStream() {
        startStream()
        switch carrier {
        case .connection(let connection): connection.writeComment()
        case .stream(let stream, _): stream.connection?.writeComment()
        case nil: break
        }
    }

    /// The answer has begun, or nobody waits for it any more.
    private func stopWaiting() {
        guard isWaiting else { return }
        isWaiting = false
        session?.waitingReplies -= 1
        if let lateStart { transport.loop.cancel(lateStart) }
        lateStart = nil
    }

    private func leave() {
        writer.abort()
        abandon()
    }

    private func abandon() {
        stopWaiting()
        let action = onAbandon
        onAbandon = nil
        action?()
    }

    private func answer(_ message: OutgoingMessage) {
        writer.respond(message.httpStatus(isModern: session == nil), fields) { message.write(into: &$0) }
    }

    private func startStream(retryMilliseconds: Int64? = nil) {
        guard writer.isOpen else { return }
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
        // The client takes no stream: it misses what it did not want.
        case nil: break
        }
    }

    private func finish(_ message: OutgoingMessage?) {
        if let message { write(message) }
        switch carrier {
        case .connection(let connection): connection.end()
        case .stream(let stream, let session): session.finish(stream)
        case nil: break
        }
    }

    /// Only sessions let clients come back, and only those of 2025-11-25 expect to.
    private func pause(_ milliseconds: Int64) {
        guard let session, session.core.version == .v2025_11_25, accepted.stream else { return }
        if carrier == nil {
            startStream(retryMilliseconds: milliseconds)
        } else if case .stream(let stream, _) = carrier {
            stream.connection?.write { EventText.retry(milliseconds: milliseconds, into: &$0) }
        }
        if case .stream(let stream, _) = carrier { stream.closeConnection() }
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
