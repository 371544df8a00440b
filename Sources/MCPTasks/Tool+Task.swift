public import JSON
public import MCP

/// Whether the calls of a tool can do without tasks.
public enum TaskSupport: Equatable, Sendable {
    /// A client that does not declare the extension waits for the result, as for that of any tool; so does one that
    /// has too many tasks already.
    case optional
    /// Such clients are refused.
    case required
}

extension Tool {
    /// A tool whose calls become tasks.
    ///
    /// - Parameters:
    ///   - prepare: called for each call, with checked arguments, before it becomes a task: a result ends the call,
    ///     such as `.inputRequired` to ask the user first; nil lets it go on.
    ///   - work: starts the work and calls `finish` once: at once, or later unless it is stopped first. After
    ///     `.inputRequired` it is called again, with the answers in `TaskContext.input`. `.failure` and `.content` are
    ///     results; `.refused` makes the task a failed one.
    public init(
        name: String, title: String, description: String, icons: [Icon] = [], input: InputSchema,
        outputSchema: JSONValue? = nil, annotations: ToolAnnotations, tasks: Tasks, support: TaskSupport,
        prepare: @escaping (_ arguments: Arguments, _ request: RequestContext) -> CallToolResult? = { _, _ in nil },
        work:
            @escaping (
                _ arguments: Arguments, _ context: TaskContext, _ finish: @escaping (CallToolResult) -> Void
            ) -> Cancellation
    ) {
        self.init(
            name: name, title: title, description: description, icons: icons, input: input, outputSchema: outputSchema,
            annotations: annotations
        ) { arguments, request, finish in
            let isDeclared = request.declares(Tasks.identifier)
            let isTask = isDeclared && tasks.hasRoom(for: request.caller)
            if !isTask, support == .required {
                finish(.refused(isDeclared ? Tasks.busy : .missingExtension(Tasks.identifier)))
            } else if let result = prepare(arguments, request) {
                finish(result)
            } else if isTask {
                finish(tasks.create(request) { context, finish in work(arguments, context, finish) })
            } else {
                let input = TaskInput(responses: request.inputResponses, state: request.requestState)
                return work(arguments, TaskContext(input: input, caller: request.caller) { _ in }, finish)
            }
            return {}
        }
    }
}

extension Tasks {
    fileprivate static let busy = RPCError(
        .internalError, "There are too many tasks: wait until some are over before the next one.")
}
