package import System

/// What the connection waits for, and how it ends.
extension HTTPConnectionStateMachine {
    package struct Wait: Equatable {
        package var interest: Interest
        package var deadline: Instant
        /// No request has begun, and the client has been sent all that was for it.
        package var isIdle: Bool
        /// Something has waited for its turn, and comes in the next.
        package var resumesSoon: Bool

        package init(_ interest: Interest, until deadline: Instant, isIdle: Bool = false, resumesSoon: Bool = false) {
            self.interest = interest
            self.deadline = deadline
            self.isIdle = isIdle
            self.resumesSoon = resumesSoon
        }
    }

    package enum SettleAction: Equatable {
        case none
        case wait(Wait)
        case close
    }

    /// All that can be done now is done.
    package mutating func settled(queuedBytes: Int, now: Instant) -> SettleAction {
        requestsInTurn = 0
        let isFull = queuedBytes > limits.values.pipelineQueuedBytesMax
        var wait = Wait(.hangUp, until: .never)
        switch state {
        case .closed: return .none
        case .idle, .head:
            if input == .ended {
                // The last response is out, or on its way.
                state = queuedBytes == 0 ? .closed : .closing(lingering: false)
                guard queuedBytes > 0 else { return .close }
                break
            }
            if !isFull { wait.interest = .read }
            if case .head(let deadline) = state {
                wait.deadline = deadline
            } else if case .idle(_, let followsStream) = state {
                wait.deadline = now + limits.values.idleTime
                state = .idle(until: wait.deadline, followsStream: followsStream)
                wait.isIdle = queuedBytes == 0 && !input.mayBeUnread
            }
        case .waiting: wait.resumesSoon = !isFull
        case .body(_, let pace), .discarding(let pace):
            if input != .ended { wait.interest = .read }
            wait.deadline = pace.nextDeadline
        case .handling(_, let hasNext), .streaming(_, _, let hasNext):
            // Nothing is read now, but the client's end shows as soon as nothing stands before it.
            if !input.isEnded { wait.interest = hasNext || input.mayBeUnread ? .inputEnd : .read }
        case .lingering(let until):
            wait.interest = .read
            wait.deadline = until
        case .deciding, .answering, .closing: break
        }
        if queuedBytes > 0 {
            wait.interest.insert(.write)
            wait.deadline = min(wait.deadline, stallDeadline)
        }
        return .wait(wait)
    }

    package enum DeadlineAction: Equatable {
        case none
        case refuse(RequestFault)
        case close
        case closeSlowReader(tellingOwner: Bool)
    }

    /// The time has come that the connection waited for, or another since.
    package mutating func deadlineReached(
        queuedBytes: Int, now: Instant
    ) -> DeadlineAction {
        if queuedBytes > 0, stallDeadline <= now, !isClosed {
            let isAwaited = isAwaited
            state = .closed
            return .closeSlowReader(tellingOwner: isAwaited)
        }
        switch state {
        case .head(let deadline):
            return deadline <= now ? .refuse(refuse(.headTooSlow(limits.values.headTime))) : .none
        case .body(let exchange, var pace):
            if pace.timePassed(now: now, limits: limits.values) {
                return .refuse(refuse(.bodyTooSlow(limits.values.bodyTime)))
            }
            state = .body(exchange, pace)
            return .none
        case .discarding(var pace):
            if pace.timePassed(now: now, limits: limits.values) { break }
            state = .discarding(pace)
            return .none
        case .idle(let until, _), .lingering(let until):
            if until <= now { break }
            return .none
        case .waiting, .deciding, .answering, .handling, .streaming, .closing, .closed: return .none
        }
        state = .closed
        return .close
    }

    package enum ShutdownAction: Equatable {
        case none
        case settle
        case close
    }

    /// The server will stop: the connection ends with its next response, which tells the client so. Until then a
    /// request may be on its way.
    package mutating func drainBegan() { isShuttingDown = true }

    /// The server stops: a connection without a request ends, one with a request after its response.
    package mutating func shutdownRequested(queuedBytes: Int) -> ShutdownAction {
        isShuttingDown = true
        guard case .idle(_, let followsStream) = state, !input.mayBeUnread else { return .none }
        guard queuedBytes > 0 else {
            state = .closed
            return .close
        }
        // The client of a stream that has just ended has sent nothing more.
        state = .closing(lingering: !followsStream && !input.isEnded)
        return .settle
    }

    package enum LossAction: Equatable {
        case none
        case close(tellingOwner: Bool)
    }

    /// The connection has failed, or is given up.
    package mutating func connectionLost() -> LossAction {
        guard !isClosed else { return .none }
        let isAwaited = isAwaited
        state = .closed
        return .close(tellingOwner: isAwaited)
    }
}
