/// What becomes of the response to one POST: a value that is told what has happened and returns what to do.
///
/// Most events take `isOpen`, whether the client can still be sent something: without it no stream begins.
package struct PostReplyStateMachine: ~Copyable {
    package enum State: Equatable {
        /// The request has just begun. Most are answered before anyone waits.
        case starting
        /// The answer did not come at once, and nothing has been sent.
        case waiting
        /// The response is a stream of events.
        case streaming
        /// It is complete, or nobody can come back for it.
        case ended
    }

    package let acceptsJSON: Bool
    package let acceptsStream: Bool
    /// Its client may take a stream up again after a pause (2025-11-25).
    package let mayPause: Bool
    package private(set) var state = State.starting

    package init(acceptsJSON: Bool, acceptsStream: Bool, mayPause: Bool) {
        self.acceptsJSON = acceptsJSON
        self.acceptsStream = acceptsStream
        self.mayPause = mayPause && acceptsStream
    }

    package enum MessageAction: Equatable {
        /// The client takes no stream, and misses what it did not want.
        case none
        case startStreamAndSend
        case send
    }

    /// The request has something to say before its answer.
    package mutating func messageGiven(isOpen: Bool) -> MessageAction {
        switch state {
        case .starting, .waiting:
            guard acceptsStream, isOpen else { return .none }
            state = .streaming
            return .startStreamAndSend
        case .streaming: return .send
        case .ended: return .none
        }
    }

    package enum AnswerAction: Equatable {
        case none
        case respond
        case startStreamAndFinish
        case finish
    }

    /// The request is answered.
    package mutating func answerGiven(isOpen: Bool) -> AnswerAction {
        let state = state
        self.state = .ended
        switch state {
        case .starting, .waiting: return acceptsJSON ? .respond : isOpen ? .startStreamAndFinish : .none
        case .streaming: return .finish
        case .ended: return .none
        }
    }

    package enum CancelAction: Equatable {
        case none
        /// There is nothing to say, and an HTTP request must be answered all the same.
        case respondEmpty
        case finish
    }

    /// The request ends without an answer.
    package mutating func requestCancelled() -> CancelAction {
        let state = state
        self.state = .ended
        switch state {
        case .starting, .waiting: return .respondEmpty
        case .streaming: return .finish
        case .ended: return .none
        }
    }

    package enum PauseAction: Equatable {
        case none
        case startStreamAndDisconnect
        case disconnect
    }

    /// The client is to come back later for the rest.
    package mutating func pauseGiven(isOpen: Bool) -> PauseAction {
        guard mayPause else { return .none }
        switch state {
        case .starting, .waiting:
            guard isOpen else { return .none }
            state = .streaming
            return .startStreamAndDisconnect
        case .streaming: return .disconnect
        case .ended: return .none
        }
    }

    package enum WaitAction: Equatable {
        case none
        /// Notices when the client goes.
        case watch
        /// And begins a stream when the wait gets long, to keep the connection alive.
        case watchAndStartStreamLater
        /// It will be a stream whatever comes.
        case startStream
    }

    /// The request goes on by itself.
    package mutating func waitBegan(isOpen: Bool) -> WaitAction {
        switch state {
        case .starting:
            state = .waiting
            guard acceptsStream else { return .watch }
            guard !acceptsJSON, isOpen else { return .watchAndStartStreamLater }
            state = .streaming
            return .startStream
        // A stream that has begun at once sees to its connection itself.
        case .waiting, .streaming, .ended: return .none
        }
    }

    /// The answer has not come for so long that a proxy may give the connection up. Returns whether a stream begins.
    package mutating func waitedLong(isOpen: Bool) -> Bool {
        switch state {
        case .waiting:
            guard isOpen else { return false }
            state = .streaming
            return true
        case .starting, .streaming, .ended: return false
        }
    }

    /// The client has disconnected, and nobody can come back for the answer. Returns whether someone is to be told.
    package mutating func clientLeft() -> Bool {
        let state = state
        self.state = .ended
        switch state {
        case .starting, .waiting, .streaming: return true
        case .ended: return false
        }
    }
}
