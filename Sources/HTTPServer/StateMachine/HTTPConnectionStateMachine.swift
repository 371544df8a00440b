package import System

/// What becomes of one client's connection (RFC 9112 section 9): a value that is told what has happened and returns
/// what to do. Its owner holds the socket and the bytes, and acts after the method has returned. Time is an argument,
/// and so is how much waits to be written.
///
/// `state` follows the requests, one after the other. Beside it, `input` tells what is known of the client's sending,
/// which may end before its last request is answered, and the other properties pace what is written.
///
/// An event that a state does not expect changes nothing, in every build.
package struct HTTPConnectionStateMachine: ~Copyable {
    package enum State: Equatable {
        /// No request has begun. Without one the connection is closed at `until`, which is set when it is settled.
        case idle(until: Instant, followsStream: Bool)
        /// A head has begun and must be whole by the deadline.
        case head(deadline: Instant)
        /// Requests that have come wait until the client has read more, or until others had their turn.
        case waiting
        /// The server's user is asked what becomes of a request whose head has come.
        case deciding(Exchange)
        /// A request's body is read.
        case body(Exchange, BodyPace)
        /// The server answers by itself, at once: it refuses, or its user wants no body. What is left of a short body
        /// is discarded then.
        case answering(Exchange, discarding: BodyPace?)
        /// A request was handed on and awaits its response. Nothing is read; `hasNext`: what follows was read with it.
        case handling(Exchange, hasNext: Bool)
        /// Its response is a stream.
        case streaming(Exchange, StreamBody, hasNext: Bool)
        /// The request is answered; its body is read and dropped.
        case discarding(BodyPace)
        /// What is queued is still written, then the connection ends.
        case closing(lingering: Bool)
        /// The last response is written and the output ended; the client's bytes are dropped until it ends too, so that
        /// it gets the response: a socket closed with bytes unread resets the connection (RFC 9112 section 9.6).
        case lingering(until: Instant)
        case closed
    }

    /// How a stream's writes are sent.
    package enum StreamBody: Equatable {
        case chunked
        /// Up to the end of the connection.
        case plain
        /// Nothing is to follow the head.
        case none
    }

    package internal(set) var state = State.idle(until: .never, followsStream: false)
    package internal(set) var input = ClientInput.open
    /// Counts the requests that were handed on, so that a response writer knows its own.
    package internal(set) var serial: UInt32 = 0
    /// Requests since the connection was settled last.
    var requestsInTurn = 0
    /// The server stops: each connection ends with its next response.
    var isShuttingDown = false
    /// When a client that takes nothing of what is queued has had its time.
    var stallDeadline = Instant.never
    /// The length of the message with which the queue began, where it alone is more than a reader may leave unread.
    var longMessageBytes = 0

    let limits: SharedLimits

    package init(limits: SharedLimits) {
        self.limits = limits
    }

    package func isAwaiting(_ serial: UInt32) -> Bool { self.serial == serial && isAwaited }

    /// Whether someone holds a response writer that is not done.
    var isAwaited: Bool {
        switch state {
        case .handling, .streaming: true
        case .idle, .head, .waiting, .deciding, .body, .answering, .discarding, .closing, .lingering, .closed: false
        }
    }

    package var isStreaming: Bool { if case .streaming = state { true } else { false } }
    package var isClosed: Bool { if case .closed = state { true } else { false } }
}

extension Instant {
    /// Later than any deadline.
    package static var never: Instant { Instant(nanoseconds: .max) }
}
