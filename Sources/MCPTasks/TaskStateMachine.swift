import Bytes
package import JSON
package import MCP

/// Where a task is (Tasks, Task Status): a value that is told what has happened and returns what to do.
package struct TaskStateMachine {
    package enum State: Equatable {
        /// The number of the work that runs: it begins anew with the answers to what it asked.
        case working(work: Int)
        case inputRequired(TaskQuestions)
        /// The JSON text of the result.
        case completed([UInt8])
        case failed(RPCError)
        case cancelled
    }

    package enum Action: Equatable {
        /// The event changes nothing.
        case none
        /// Clients see another state from now on.
        case update
        /// The work begins anew with the answers, under the number that the state has.
        case resume(TaskInput)
        /// What runs is to be stopped.
        case stopWork
    }

    package private(set) var state = State.working(work: 1)
    /// How often the work has begun.
    private var works = 1
    private let roundsMax: Int

    package init(roundsMax: Int) { self.roundsMax = roundsMax }

    /// The work has a result, as JSON text.
    package mutating func workCompleted(_ work: Int, _ result: [UInt8]) -> Action { enter(work, .completed(result)) }

    /// The call breaks the protocol, or its result cannot be kept.
    package mutating func workFailed(_ work: Int, _ error: RPCError) -> Action { enter(work, .failed(error)) }

    /// The work needs answers of the client.
    package mutating func workAsked(_ work: Int, _ input: InputRequired) -> Action {
        switch state {
        case .working(work):
            guard works <= roundsMax else {
                state = .failed(RPCError(.internalError, "It took more than \(roundsMax) rounds of questions."))
                return .update
            }
            let questions = TaskQuestions(input, round: works)
            if let input = questions.input { return resume(input) }
            state = .inputRequired(questions)
            return .update
        case .working, .inputRequired, .completed, .failed, .cancelled: return .none
        }
    }

    /// The client sends answers, by the keys on the wire. Those that nobody waits for are ignored.
    package mutating func inputGiven(_ responses: JSONObject) -> Action {
        switch state {
        case .inputRequired(var questions):
            guard questions.record(responses) > 0 else { return .none }
            if let input = questions.input { return resume(input) }
            state = .inputRequired(questions)
            return .update
        case .working, .completed, .failed, .cancelled: return .none
        }
    }

    /// The client wants it no more, or its time is over.
    package mutating func cancelRequested() -> Action {
        switch state {
        case .working:
            state = .cancelled
            return .stopWork
        case .inputRequired:
            state = .cancelled
            return .update
        case .completed, .failed, .cancelled: return .none
        }
    }

    package enum WorkAction: Equatable {
        /// It has ended, or begun anew.
        case none
        /// It goes on, and can be stopped.
        case keepCancellation
        /// The task was cancelled before the work could be told.
        case stopWork
    }

    /// The work has begun, and may go on.
    package func workReturned(_ work: Int) -> WorkAction {
        switch state {
        case .working(work): .keepCancellation
        case .cancelled: work == works ? .stopWork : .none
        case .working, .inputRequired, .completed, .failed: .none
        }
    }

    private mutating func resume(_ input: TaskInput) -> Action {
        works += 1
        state = .working(work: works)
        return .resume(input)
    }

    private mutating func enter(_ work: Int, _ last: State) -> Action {
        switch state {
        case .working(work):
            state = last
            return .update
        case .working, .inputRequired, .completed, .failed, .cancelled: return .none
        }
    }
}
