import JSON
public import MCP

/// What the work of a tool sees of its call, which may outlive the request that began it.
public final class TaskContext {
    /// What the work begins with. It begins anew with the answers whenever it has asked (`.inputRequired`).
    public let input: TaskInput
    /// Who made the call.
    public let caller: Caller
    private let tell: (String) -> Void

    init(input: TaskInput, caller: Caller, tell: @escaping (String) -> Void) {
        self.input = input
        self.caller = caller
        self.tell = tell
    }

    /// Says in a sentence how far the work is, for whoever asks next. Does nothing in a call that is no task.
    public func report(_ message: String) { tell(message) }
}
