import Bytes
import JSON
public import MCP

/// The tasks of a server: calls of tools that are answered at once with a handle, and whose clients come back for the
/// result (the extension `io.modelcontextprotocol/tasks` of 2026-07-28, SEP-2663). Give a `Server` the `extension`, and
/// tools made with `Tool.init(name:…tasks:…)`.
///
/// Tasks are kept in memory, within `TaskLimits`, and end with the server.
public final class Tasks {
    public static let identifier = "io.modelcontextprotocol/tasks"

    public let limits: TaskLimits
    private let environment: TaskEnvironment
    private let owner: (Caller) -> String?
    private var entries: [TaskID: TaskEntry] = [:]
    private var waitsForExpiry = false

    /// - Parameter owner: the credential that a task belongs to: requests of others get the answer that there is no
    ///   such task. Where there is none, as when all clients share one token, the id alone opens a task: nobody can
    ///   guess it. By default the header that the transport hands on.
    public init(
        limits: TaskLimits = TaskLimits(), environment: TaskEnvironment,
        owner: @escaping (Caller) -> String? = { $0.forwardedHeader }
    ) {
        self.limits = limits
        self.environment = environment
        self.owner = owner
    }

    /// What a server needs so that clients can reach its tasks.
    public var `extension`: Extension {
        Extension(
            identifier: Tasks.identifier,
            methods: [
                method("tasks/get") { tasks, entry, _ throws(RPCError) in entry.details(tasks.limits) },
                method("tasks/update") { tasks, entry, params throws(RPCError) in
                    guard let responses = params["inputResponses"]?.object else {
                        throw RPCError(.invalidParams, "tasks/update needs inputResponses, an object.")
                    }
                    tasks.perform(entry.machine.inputGiven(responses), entry)
                    return [:]
                },
                method("tasks/cancel") { tasks, entry, _ throws(RPCError) in
                    tasks.perform(entry.machine.cancelRequested(), entry)
                    return [:]
                },
            ])
    }

    /// How many are kept.
    public var count: Int { entries.count }

    /// Stops the work of every task and forgets them all, as a server that ends does.
    public func close() {
        let all = entries
        entries = [:]
        for entry in all.values { stop(entry) }
    }

    // MARK: Creation

    /// Whether there is room for another of that caller's.
    func hasRoom(for caller: Caller) -> Bool {
        removeExpired()
        guard entries.count < limits.tasksMax else { return false }
        let own = entries.values.reduce(0) { $0 + ($1.request.caller.id == caller.id ? 1 : 0) }
        return own < limits.callerTasksMax
    }

    /// Begins the work of a task and returns what its call is answered with, which names the task.
    func create(_ request: RequestContext, work: @escaping TaskEntry.Work) -> CallToolResult {
        guard let bytes = environment.randomBytes(TaskID.byteCount), let id = TaskID(random: bytes),
            entries[id] == nil
        else { return .refused(RPCError(.internalError, "The system gives no random numbers to name a task with.")) }
        let now = environment.monotonicMilliseconds()
        let entry = TaskEntry(
            id, request, owner: owner(request.caller), deadline: now &+ limits.lifetimeMilliseconds,
            now: timestamp, roundsMax: limits.roundsMax, work: work)
        entries[id] = entry
        begin(entry, 1, TaskInput(responses: request.inputResponses, state: request.requestState))
        waitForExpiry(limits.lifetimeMilliseconds)
        var result = entry.summary(limits)
        result.set("resultType", to: "task")
        return .extended(result)
    }

    // MARK: Work

    private func begin(_ entry: TaskEntry, _ work: Int, _ input: TaskInput) {
        let context = TaskContext(input: input, caller: entry.request.caller) { [self] message in
            guard case .working(work) = entry.machine.state else { return }
            entry.message = message
            entry.touch(timestamp)
        }
        guard let run = entry.work else { return }
        let cancellation = run(context) { [self] result in complete(result, entry, work) }
        switch entry.machine.workReturned(work) {
        case .none: break
        case .keepCancellation: entry.cancellation = cancellation
        case .stopWork: cancellation()
        }
    }

    private func complete(_ result: CallToolResult, _ entry: TaskEntry, _ work: Int) {
        switch result {
        case .inputRequired(let input):
            let missing = input.missingCapabilities(entry.request.clientCapabilities)
            guard missing.isEmpty else { return fail(entry, work, .missingCapabilities(missing)) }
            perform(entry.machine.workAsked(work, input), entry)
        case .refused(let error): fail(entry, work, error)
        case .structured, .content, .failure, .extended:
            guard let text = entry.request.text(of: result) else { return }
            guard text.count <= limits.resultBytesMax else {
                let words = "The result has more than \(limits.resultBytesMax) bytes."
                return fail(entry, work, RPCError(.internalError, words))
            }
            perform(entry.machine.workCompleted(work, text), entry)
        }
    }

    private func fail(_ entry: TaskEntry, _ work: Int, _ error: RPCError) {
        perform(entry.machine.workFailed(work, error), entry)
    }

    private func perform(_ action: TaskStateMachine.Action, _ entry: TaskEntry) {
        if action == .none { return }
        entry.touch(timestamp)
        entry.message = nil
        let cancellation = entry.cancellation
        entry.cancellation = nil
        switch action {
        case .none, .update: break
        case .stopWork: cancellation?()
        case .resume(let input):
            guard case .working(let work) = entry.machine.state else { return }
            begin(entry, work, input)
        }
        switch entry.machine.state {
        case .working, .inputRequired: break
        case .failed(let error):
            entry.message = error.message
            entry.work = nil
        case .completed, .cancelled: entry.work = nil
        }
    }

    private func stop(_ entry: TaskEntry) { perform(entry.machine.cancelRequested(), entry) }

    // MARK: Expiry

    private var timestamp: String { Timestamp.text(millisecondsSince1970: environment.calendarMilliseconds()) }

    private func removeExpired() {
        let now = environment.monotonicMilliseconds()
        let expired = entries.values.filter { $0.deadline <= now }
        for entry in expired {
            entries[entry.id] = nil
            stop(entry)
        }
    }

    /// One timer at a time: all tasks live equally long, so that the oldest is the first to go.
    private func waitForExpiry(_ milliseconds: Int64) {
        guard !waitsForExpiry else { return }
        waitsForExpiry = true
        environment.schedule(milliseconds) { [self] in
            waitsForExpiry = false
            removeExpired()
            guard let next = entries.values.map({ $0.deadline }).min() else { return }
            waitForExpiry(max(1, next - environment.monotonicMilliseconds()))
        }
    }

    // MARK: Methods

    /// A method about a task, for clients that have declared the extension.
    private func method(
        _ name: String, _ answer: @escaping (Tasks, TaskEntry, JSONObject) throws(RPCError) -> JSONObject
    ) -> ExtensionMethod {
        ExtensionMethod(name: name, mirroredParam: "taskId") { [self] params, request, finish in
            do throws(RPCError) {
                guard request.declares(Tasks.identifier) else { throw .missingExtension(Tasks.identifier) }
                finish(.complete(try answer(self, try entry(params["taskId"], request.caller), params)))
            } catch {
                finish(.refused(error))
            }
            return {}
        }
    }

    private func entry(_ id: JSONValue?, _ caller: Caller) throws(RPCError) -> TaskEntry {
        removeExpired()
        guard let text = id?.string else { throw RPCError(.invalidParams, "taskId must be a string.") }
        guard let entry = TaskID(text).flatMap({ entries[$0] }), entry.owner == owner(caller) else {
            throw RPCError(.invalidParams, "There is no such task, or its time is over.")
        }
        return entry
    }
}
