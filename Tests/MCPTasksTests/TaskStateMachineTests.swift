import JSON
import MCP
import MCPTasks
import Testing

/// Every event in every state of a task.
struct TaskStateMachineTests {
    enum Place: CaseIterable {
        /// The second work runs: the first has asked, and was answered.
        case working
        /// The second work has asked two questions.
        case inputRequired
        case completed, failed, cancelled
    }

    enum Event: CaseIterable {
        case workCompleted, replacedWorkCompleted, workFailed, replacedWorkFailed, workAsked, replacedWorkAsked
        case partGiven, allGiven, wrongGiven, cancelRequested, workReturned, replacedWorkReturned
    }

    static let questions = InputRequired(
        [InputRequired.Question("a", .roots), InputRequired.Question("b", .roots)], state: "s")
    static let error = RPCError(.internalError, "e")

    /// What each event does, in the states from left to right.
    static let table: [Event: [String]] = [
        //                        working                     inputRequired         completed  failed  cancelled
        .workCompleted: ["update completed", "none input_required", "none completed", "none failed", "none cancelled"],
        .replacedWorkCompleted: unchanged,
        .workFailed: ["update failed", "none input_required", "none completed", "none failed", "none cancelled"],
        .replacedWorkFailed: unchanged,
        .workAsked: [
            "update input_required", "none input_required", "none completed", "none failed", "none cancelled",
        ],
        .replacedWorkAsked: unchanged,
        .partGiven: ["none working", "update input_required", "none completed", "none failed", "none cancelled"],
        .allGiven: ["none working", "resume working", "none completed", "none failed", "none cancelled"],
        .wrongGiven: unchanged,
        .cancelRequested: [
            "stopWork cancelled", "update cancelled", "none completed", "none failed", "none cancelled",
        ],
        .workReturned: [
            "keepCancellation working", "none input_required", "none completed", "none failed", "stopWork cancelled",
        ],
        .replacedWorkReturned: unchanged,
    ]
    static let unchanged = ["working", "input_required", "completed", "failed", "cancelled"].map { "none \($0)" }

    @Test("every event in every state has one outcome", arguments: Event.allCases, Place.allCases)
    func transition(event: Event, place: Place) throws {
        let row = try #require(Self.table[event])
        let column = try #require(Place.allCases.firstIndex(of: place))
        var machine = machine(at: place)
        let action = tell(event, &machine)
        #expect("\(action) \(machine.state.name)" == row[column])
    }

    @Test("answers come back under the work's own keys, with its state")
    func answers() {
        var machine = machine(at: .inputRequired)
        #expect(machine.inputGiven(["2.b": "y", "b": "z", "1.b": "w"]) == .update)
        #expect(machine.inputGiven(["2.b": "again"]) == .none)
        #expect(
            machine.inputGiven(["2.a": "x"]) == .resume(TaskInput(responses: ["a": "x", "b": "y"], state: "s")))
        #expect(machine.state == .working(work: 3))
    }

    @Test("what is asked has keys that never come twice, and loses those that are answered")
    func keys() {
        var machine = TaskStateMachine(roundsMax: 2)
        var seen: [[String]] = []
        for work in 1...2 {
            _ = machine.workAsked(work, Self.questions)
            seen.append(keys(of: machine))
            _ = machine.inputGiven(["\(work).a": 1])
            seen.append(keys(of: machine))
            _ = machine.inputGiven(["\(work).b": 2])
        }
        #expect(seen == [["1.a", "1.b"], ["1.b"], ["2.a", "2.b"], ["2.b"]])
    }

    @Test("a state without questions is handed back at once")
    func stateAlone() {
        var machine = TaskStateMachine(roundsMax: 1)
        let action = machine.workAsked(1, InputRequired([], state: "s"))
        #expect(action == .resume(TaskInput(responses: [:], state: "s")))
    }

    @Test("a task asks so often and no more", arguments: [1, 8])
    func rounds(max: Int) {
        var machine = TaskStateMachine(roundsMax: max)
        for work in 1...max {
            #expect(machine.workAsked(work, Self.questions) == .update)
            _ = machine.inputGiven(["\(work).a": 1, "\(work).b": 2])
        }
        #expect(machine.workAsked(max + 1, Self.questions) == .update)
        #expect(machine.state.name == "failed")
    }

    private func keys(of machine: TaskStateMachine) -> [String] {
        guard case .inputRequired(let questions) = machine.state else { return [] }
        return questions.inputRequests.map(\.key)
    }

    private func machine(at place: Place) -> TaskStateMachine {
        var machine = TaskStateMachine(roundsMax: 8)
        _ = machine.workAsked(1, Self.questions)
        _ = machine.inputGiven(["1.a": 1, "1.b": 2])
        switch place {
        case .working: break
        case .inputRequired: _ = machine.workAsked(2, Self.questions)
        case .completed: _ = machine.workCompleted(2, [])
        case .failed: _ = machine.workFailed(2, Self.error)
        case .cancelled: _ = machine.cancelRequested()
        }
        return machine
    }

    private func tell(_ event: Event, _ machine: inout TaskStateMachine) -> String {
        switch event {
        case .workCompleted: name(machine.workCompleted(2, []))
        case .replacedWorkCompleted: name(machine.workCompleted(1, []))
        case .workFailed: name(machine.workFailed(2, Self.error))
        case .replacedWorkFailed: name(machine.workFailed(1, Self.error))
        case .workAsked: name(machine.workAsked(2, Self.questions))
        case .replacedWorkAsked: name(machine.workAsked(1, Self.questions))
        case .partGiven: name(machine.inputGiven(["2.a": 1]))
        case .allGiven: name(machine.inputGiven(["2.a": 1, "2.b": 2]))
        case .wrongGiven: name(machine.inputGiven(["a": 1, "1.a": 1, "3.a": 1]))
        case .cancelRequested: name(machine.cancelRequested())
        case .workReturned: "\(machine.workReturned(2))"
        case .replacedWorkReturned: "\(machine.workReturned(1))"
        }
    }

    private func name(_ action: TaskStateMachine.Action) -> String {
        switch action {
        case .none: "none"
        case .update: "update"
        case .resume: "resume"
        case .stopWork: "stopWork"
        }
    }
}
