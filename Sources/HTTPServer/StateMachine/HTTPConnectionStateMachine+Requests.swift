package import System

/// What the client sends.
extension HTTPConnectionStateMachine {
    package enum ReadableAction: Equatable {
        case none
        case read
        /// While a request is in progress its successors stay unread; only an end is of interest.
        case peek
    }

    /// The system has input, or its end.
    package func becameReadable() -> ReadableAction {
        switch state {
        case .idle, .head, .waiting, .body, .discarding, .lingering: .read
        case .handling, .streaming: .peek
        case .deciding, .answering, .closing, .closed: .none
        }
    }

    /// A peek has found bytes.
    package mutating func bytesPeeked() {
        switch input {
        case .open, .unread: input = .unread
        case .endedUnread, .ended: break
        }
    }

    package enum BytesReceivedAction: Equatable {
        case take
        case drop
    }

    /// Bytes were read.
    package mutating func bytesReceived() -> BytesReceivedAction {
        // Behind an end that was reported, all is read up to it.
        if input == .unread { input = .open }
        switch state {
        case .idle, .head, .waiting, .deciding, .body, .answering, .handling, .streaming, .discarding: return .take
        case .closing, .lingering, .closed: return .drop
        }
    }

    package enum InputEndAction: Equatable {
        case none
        /// The beginning of a request will never come whole.
        case dropHead
        case tellOwner
        case close(tellingOwner: Bool)
    }

    /// A read or a peek has met the end of the client's input.
    package mutating func inputEnded() -> InputEndAction {
        let wasEnded = input.isEnded
        input = .ended
        switch state {
        case .idle, .waiting, .deciding, .answering, .closing, .closed: return .none
        case .head:
            state = .idle(until: .never, followsStream: false)
            return .dropHead
        case .handling: return wasEnded ? .none : .tellOwner
        case .body, .discarding, .lingering:
            state = .closed
            return .close(tellingOwner: false)
        case .streaming:
            state = .closed
            return .close(tellingOwner: true)
        }
    }

    /// The system tells of the end of the client's input. There may be bytes before it.
    package mutating func inputEndReported() -> InputEndAction {
        guard !input.isEnded else { return .none }
        input = .endedUnread
        switch state {
        case .handling: return .tellOwner
        case .streaming:
            state = .closed
            return .close(tellingOwner: true)
        case .idle, .head, .waiting, .deciding, .body, .answering, .discarding, .closing, .lingering, .closed:
            return .none
        }
    }

    package enum BytesAction: Equatable {
        case parseHead
        case takeBody(keeping: Bool)
        /// What is queued is offered to the system before another request is answered.
        case flush
        /// For later.
        case keep
        case drop
    }

    /// There are bytes at hand.
    /// - Parameter wasFlushed: what is queued has just been offered to the system.
    package mutating func bytesAvailable(
        queuedBytes: Int, wasFlushed: Bool
    ) -> BytesAction {
        switch state {
        case .idle, .waiting:
            if queuedBytes > limits.values.pipelineQueuedBytesMax, !wasFlushed { return .flush }
            guard queuedBytes <= limits.values.pipelineQueuedBytesMax, !hasHadTurn else {
                state = .waiting
                return .keep
            }
            return .parseHead
        case .head: return .parseHead
        case .body: return .takeBody(keeping: true)
        case .discarding: return .takeBody(keeping: false)
        case .deciding, .answering: return .keep
        case .handling(let exchange, _):
            state = .handling(exchange, hasNext: true)
            return .keep
        case .streaming(let exchange, let body, _):
            state = .streaming(exchange, body, hasNext: true)
            return .keep
        case .closing, .lingering, .closed: return .drop
        }
    }

    /// Whether what has waited can be taken now.
    package func canResume(queuedBytes: Int) -> Bool {
        guard case .waiting = state else { return false }
        return queuedBytes <= limits.values.pipelineQueuedBytesMax && !hasHadTurn
    }

    /// Others come first: what has come from this client waits for the end of the turn.
    private var hasHadTurn: Bool { requestsInTurn >= HTTPParserLimits.requestsPerTurnMax }

    /// The bytes at hand are the beginning of a head.
    package mutating func headBegan(now: Instant) {
        switch state {
        case .idle, .waiting: state = .head(deadline: now + limits.values.headTime)
        case .head, .deciding, .body, .answering, .handling, .streaming, .discarding, .closing, .lingering, .closed:
            break
        }
    }

    /// A head has come, and the server's user is asked about it.
    package mutating func headEnded(_ exchange: Exchange) {
        switch state {
        case .idle, .waiting, .head:
            requestsInTurn += 1
            state = .deciding(exchange)
        case .deciding, .body, .answering, .handling, .streaming, .discarding, .closing, .lingering, .closed: break
        }
    }

    package enum BodyLength: Equatable {
        /// 0 without a body.
        case known(Int64)
        case chunked
    }

    package enum BodyAcceptedAction: Equatable {
        case none
        case refuse(RequestFault)
        /// The body is at hand, and has so many bytes.
        case handOn(bodyBytes: Int)
        case readBody(length: Int, sendingContinue: Bool)
    }

    /// The server's user wants the body.
    /// - Parameter bytesAtHand: how many were read behind the head.
    package mutating func bodyAccepted(
        _ body: BodyLength, bytesMax: Int, bytesAtHand: Int, awaitsContinue: Bool, now: Instant
    ) -> BodyAcceptedAction {
        guard case .deciding(let exchange) = state else { return .none }
        var length = 0
        if case .known(let bytes) = body {
            // A length beyond what `Int` holds is beyond every limit too.
            guard let bytes = Int(exactly: bytes), bytes <= bytesMax else {
                return .refuse(refuse(.bodyTooLarge(bytesMax: bytesMax)))
            }
            if bytes <= bytesAtHand {
                handOn(exchange)
                return .handOn(bodyBytes: bytes)
            }
            length = bytes
        }
        state = .body(exchange, BodyPace(now: now, limits: limits.values))
        // Not when the client has begun to send: it does not wait (RFC 9110 section 10.1.1).
        return .readBody(length: length, sendingContinue: awaitsContinue && bytesAtHand == 0)
    }

    package enum BodyUnwantedAction: Equatable {
        case none
        case respond
        /// The body is short, and the connection kept.
        case respondAndDiscard(length: Int)
    }

    /// The server's user answers the request now, without its body.
    package mutating func bodyUnwanted(
        _ body: BodyLength, awaitsContinue: Bool, now: Instant
    ) -> BodyUnwantedAction {
        guard case .deciding(var exchange) = state else { return .none }
        if case .known(0) = body {
            state = .answering(exchange, discarding: nil)
            return .respond
        }
        var length: Int? = 0
        if case .known(let bytes) = body { length = Int(exactly: bytes) }
        // A client that waits for leave to send may send the body or not: what follows is uncertain.
        guard let length, length <= limits.values.discardedBytesMax, !awaitsContinue, !isShuttingDown,
            exchange.persistence == .keep
        else {
            exchange.persistence = .close(lingering: true)
            state = .answering(exchange, discarding: nil)
            return .respond
        }
        state = .answering(exchange, discarding: BodyPace(now: now, limits: limits.values))
        return .respondAndDiscard(length: length)
    }

    /// Bytes of a body were taken, its framing included.
    package mutating func bodyBytesTaken(_ count: Int) {
        switch state {
        case .body(let exchange, var pace):
            pace.bytesReceived(count)
            state = .body(exchange, pace)
        case .discarding(var pace):
            pace.bytesReceived(count)
            state = .discarding(pace)
        case .idle, .head, .waiting, .deciding, .answering, .handling, .streaming, .closing, .lingering, .closed: break
        }
    }

    package enum BodyEndAction: Equatable {
        case handOn
        case drop
    }

    /// A body has come to its end.
    package mutating func bodyEnded() -> BodyEndAction {
        switch state {
        case .body(let exchange, _):
            handOn(exchange)
            return .handOn
        case .discarding:
            state = .idle(until: .never, followsStream: false)
            return .drop
        case .idle, .head, .waiting, .deciding, .answering, .handling, .streaming, .closing, .lingering, .closed:
            return .drop
        }
    }

    package enum FaultAction: Equatable {
        case none
        case refuse(RequestFault)
        /// The request is answered already: the connection ends after what is queued.
        case settle
    }

    /// What has come is no request, or one that is not served here.
    package mutating func faultFound(_ fault: RequestFault) -> FaultAction {
        switch state {
        case .idle, .head, .waiting, .body: return .refuse(refuse(fault))
        case .discarding:
            state = .closing(lingering: !input.isEnded)
            return .settle
        case .deciding, .answering, .handling, .streaming, .closing, .lingering, .closed: return .none
        }
    }

    private mutating func handOn(_ exchange: Exchange) {
        serial &+= 1
        state = .handling(exchange, hasNext: false)
    }

    /// Returns the fault.
    mutating func refuse(_ fault: RequestFault) -> RequestFault {
        state = .answering(.refused, discarding: nil)
        return fault
    }
}
