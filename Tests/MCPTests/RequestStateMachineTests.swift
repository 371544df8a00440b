import MCP
import Testing

/// Every event in every state of a request.
struct RequestStateMachineTests {
    typealias State = RequestStateMachine.State

    enum Event: CaseIterable {
        case workBegan, workReturned, replacedWorkReturned, answerGiven, requestCancelled

        /// The request has worked at one thing and then another, 1 and 2.
        func tell(_ machine: inout RequestStateMachine) -> String {
            switch self {
            case .workBegan: "\(machine.workBegan())"
            case .workReturned: "\(machine.workReturned(2))"
            case .replacedWorkReturned: "\(machine.workReturned(1))"
            case .answerGiven: machine.answerGiven() ? "ends" : "none"
            case .requestCancelled: machine.requestCancelled() ? "ends" : "none"
            }
        }
    }

    static let states: [State] = [.open, .answered, .cancelled]
    static let table: [(event: Event, state: State, action: String, next: State)] = [
        (.workBegan, .open, "3", .open), (.workBegan, .answered, "3", .answered),
        (.workBegan, .cancelled, "3", .cancelled),
        (.workReturned, .open, "keepCancellation", .open), (.workReturned, .answered, "none", .answered),
        (.workReturned, .cancelled, "stopWork", .cancelled),
        (.replacedWorkReturned, .open, "none", .open), (.replacedWorkReturned, .answered, "none", .answered),
        (.replacedWorkReturned, .cancelled, "none", .cancelled),
        (.answerGiven, .open, "ends", .answered), (.answerGiven, .answered, "none", .answered),
        (.answerGiven, .cancelled, "none", .cancelled),
        (.requestCancelled, .open, "ends", .cancelled), (.requestCancelled, .answered, "none", .answered),
        (.requestCancelled, .cancelled, "none", .cancelled),
    ]

    @Test("every event in every state has one outcome", arguments: Event.allCases, states)
    func transition(event: Event, state: State) throws {
        let rows = Self.table.filter { $0.event == event && $0.state == state }
        try #require(rows.count == 1, "the table tells of it \(rows.count) times")
        var machine = RequestStateMachine()
        _ = machine.workBegan()
        _ = machine.workBegan()
        switch state {
        case .open: break
        case .answered: _ = machine.answerGiven()
        case .cancelled: _ = machine.requestCancelled()
        }
        let action = event.tell(&machine)
        #expect(action == rows[0].action && machine.state == rows[0].next)
        #expect(machine.isOpen == (rows[0].next == .open))
    }
}
