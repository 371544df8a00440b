/// Whether a request is still served, and which work is its own: a value that is told what has happened and returns
/// what to do. A request's work may give way to other work, such as a question to the client, even before it has
/// returned what stops it.
package struct RequestStateMachine: ~Copyable {
    package enum State: Equatable {
        case open
        case answered
        case cancelled
    }

    package private(set) var state = State.open
    /// Counts what the request has worked at; the last is what runs.
    private var work = 0

    package init() {}

    package var isOpen: Bool {
        switch state {
        case .open: true
        case .answered, .cancelled: false
        }
    }

    /// Returns the number of the work.
    package mutating func workBegan() -> Int {
        work += 1
        return work
    }

    package enum WorkAction: Equatable {
        /// It has ended, or other work has taken its place.
        case none
        /// It goes on, and can be stopped.
        case keepCancellation
        /// Its request was cancelled before it could be told.
        case stopWork
    }

    /// Work that may go on has returned what stops it.
    package func workReturned(_ number: Int) -> WorkAction {
        guard number == work else { return .none }
        switch state {
        case .open: return .keepCancellation
        case .answered: return .none
        case .cancelled: return .stopWork
        }
    }

    /// Returns whether the request ends by this.
    package mutating func answerGiven() -> Bool { enter(.answered) }

    /// Returns whether the request ends by this.
    package mutating func requestCancelled() -> Bool { enter(.cancelled) }

    private mutating func enter(_ last: State) -> Bool {
        switch state {
        case .open:
            state = last
            return true
        case .answered, .cancelled: return false
        }
    }
}
