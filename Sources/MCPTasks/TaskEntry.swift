import JSON
import MCP

/// A task that is kept, and what its client is shown of it.
final class TaskEntry {
    typealias Work = (TaskContext, @escaping (CallToolResult) -> Void) -> Cancellation

    let id: TaskID
    /// The request that became the task. It has ended, and knows who sent it and how its client is answered.
    let request: RequestContext
    /// See `Tasks.init`.
    let owner: String?
    /// By `TaskEnvironment.monotonicMilliseconds`.
    let deadline: Int64
    /// Nil once the task has ended: it holds the arguments, which may be long.
    var work: Work?
    var machine: TaskStateMachine
    /// Stops the work that runs.
    var cancellation: Cancellation?
    var message: String?
    private let created: String
    private var updated: String

    init(
        _ id: TaskID, _ request: RequestContext, owner: String?, deadline: Int64, now: String, roundsMax: Int,
        work: @escaping Work
    ) {
        self.id = id
        self.request = request
        self.owner = owner
        self.deadline = deadline
        self.work = work
        machine = TaskStateMachine(roundsMax: roundsMax)
        created = now
        updated = now
    }

    func touch(_ now: String) { updated = now }

    /// What every form of a task has (Tasks, Tasks).
    func summary(_ limits: TaskLimits) -> JSONObject {
        var object: JSONObject = ["taskId": .string(id.text), "status": .string(machine.state.name)]
        if let message { object.set("statusMessage", to: .string(message)) }
        object.set("createdAt", to: .string(created))
        object.set("lastUpdatedAt", to: .string(updated))
        object.set("ttlMs", to: .number(JSONNumber(limits.lifetimeMilliseconds)))
        object.set("pollIntervalMs", to: .number(JSONNumber(limits.pollMilliseconds)))
        return object
    }

    /// The same with what its state holds (Tasks, Task Status: `DetailedTask`).
    func details(_ limits: TaskLimits) -> JSONObject {
        var object = summary(limits)
        switch machine.state {
        case .working, .cancelled: break
        case .inputRequired(let questions): object.set("inputRequests", to: .object(questions.inputRequests))
        case .completed(let text): object.set("result", to: (try? JSONValue(parsing: text)) ?? .object([:]))
        case .failed(let error): object.set("error", to: error.json)
        }
        return object
    }
}

extension TaskStateMachine.State {
    /// `status` on the wire.
    package var name: String {
        switch self {
        case .working: "working"
        case .inputRequired: "input_required"
        case .completed: "completed"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }
}
