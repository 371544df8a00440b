package import System

/// What the server sends.
extension HTTPConnectionStateMachine {
    package enum ResponseAction: Equatable {
        /// Nobody awaits a response.
        case none
        /// It is queued; the exchange tells how the head ends.
        case send(Exchange, withBody: Bool)
    }

    /// A whole response was given.
    /// - Parameter allowsBody: its status does.
    package mutating func responseGiven(allowsBody: Bool) -> ResponseAction {
        var exchange: Exchange
        var pace: BodyPace?
        var waits = false
        switch state {
        case .answering(let answered, let discarding):
            exchange = answered
            pace = discarding
        case .handling(let handled, let hasNext):
            exchange = handled
            waits = hasNext
        case .idle, .head, .waiting, .deciding, .body, .streaming, .discarding, .closing, .lingering, .closed:
            return .none
        }
        // The client may be sending its next request.
        endPersistenceWhenShuttingDown(&exchange, lingering: true)
        if let pace, exchange.persistence == .keep {
            state = .discarding(pace)
        } else {
            completeExchange(exchange, hasNext: waits, isStream: false)
        }
        return .send(exchange, withBody: allowsBody && !exchange.isHead)
    }

    package enum StreamStartAction: Equatable {
        case none
        case send(Exchange, StreamBody)
        /// The client has ended its input, which counts as its departure from now on.
        case close
    }

    /// A response of unknown length has begun.
    package mutating func streamStarted(allowsBody: Bool) -> StreamStartAction {
        guard case .handling(var exchange, let hasNext) = state else { return .none }
        guard !input.isEnded else {
            state = .closed
            return .close
        }
        var framing = StreamBody.none
        if allowsBody {
            framing = exchange.isOldVersion ? .plain : .chunked
            if exchange.isOldVersion, exchange.persistence == .keep { exchange.persistence = .close(lingering: false) }
        }
        endPersistenceWhenShuttingDown(&exchange, lingering: true)
        state = .streaming(exchange, exchange.isHead ? .none : framing, hasNext: hasNext)
        return .send(exchange, framing)
    }

    package enum WriteAction: Equatable {
        case none
        /// What is queued is offered to the system first: whether the reader is too slow shows then.
        case flush
        case send(StreamBody)
        case closeSlowReader
    }

    /// A part of a stream was given.
    /// - Parameter wasFlushed: what is queued has just been offered to the system.
    package mutating func partGiven(
        bytes count: Int, queuedBytes: Int, wasFlushed: Bool
    ) -> WriteAction {
        // An empty chunk would end the body.
        guard case .streaming(_, let body, _) = state, body != .none, count > 0 else { return .none }
        // How long one message is tells nothing of a reader that has taken all before it.
        if queuedBytes == 0 { longMessageBytes = count > limits.values.queuedBytesMax ? count : 0 }
        guard count <= limits.values.queuedBytesMax + longMessageBytes - queuedBytes else {
            guard wasFlushed else { return .flush }
            state = .closed
            return .closeSlowReader
        }
        return .send(body)
    }

    package enum StreamEndAction: Equatable {
        case none
        case finish(StreamBody)
    }

    /// A stream has come to its end.
    package mutating func streamEnded() -> StreamEndAction {
        guard case .streaming(var exchange, let body, let hasNext) = state else { return .none }
        // Its client waits for the end before it sends another request, unless it has sent one.
        endPersistenceWhenShuttingDown(&exchange, lingering: hasNext || input.mayBeUnread)
        completeExchange(exchange, hasNext: hasNext, isStream: true)
        return .finish(body)
    }

    private func endPersistenceWhenShuttingDown(_ exchange: inout Exchange, lingering: Bool) {
        guard isShuttingDown, exchange.persistence == .keep else { return }
        exchange.persistence = .close(lingering: lingering)
    }

    private mutating func completeExchange(_ exchange: Exchange, hasNext: Bool, isStream: Bool) {
        switch exchange.persistence {
        case .keep: state = hasNext ? .waiting : .idle(until: .never, followsStream: isStream)
        case .close(let lingering): state = .closing(lingering: lingering && !input.isEnded)
        }
    }

    /// So many of the queued bytes were taken by the system, maybe none.
    package mutating func bytesWritten(_ count: Int, now: Instant) {
        if count > 0 || stallDeadline == .never { stallDeadline = now + limits.values.stallTime }
    }

    package enum DrainAction: Equatable {
        case none
        case endOutput
        case close
    }

    /// Nothing waits to be written.
    package mutating func outputDrained(now: Instant) -> DrainAction {
        stallDeadline = .never
        switch state {
        case .closing(lingering: true):
            state = .lingering(until: now + limits.values.lingerTime)
            return .endOutput
        case .closing(lingering: false):
            state = .closed
            return .close
        case .idle, .head, .waiting, .deciding, .body, .answering, .handling, .streaming, .discarding, .lingering,
            .closed:
            return .none
        }
    }
}
