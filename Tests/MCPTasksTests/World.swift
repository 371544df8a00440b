import JSON
import MCP
import MCPTasks
import Testing

/// A server whose one tool makes tasks that the test works at, on a clock that the test moves.
final class World {
    /// What the tool was asked to do, in order; nothing is taken away.
    struct Work {
        let context: TaskContext
        let finish: (CallToolResult) -> Void
    }

    private(set) var now: Int64 = 1000
    private(set) var works: [Work] = []
    /// The numbers of the works that were stopped.
    private(set) var stopped: [Int] = []
    private var timers: [(due: Int64, action: () -> Void)] = []
    private var serial: UInt8 = 0
    var hasRandom = true
    /// When set, each work is answered with it before it returns.
    var immediate: CallToolResult?
    var prepared: CallToolResult?
    let limits: TaskLimits
    private(set) var server = Server(implementation: World.implementation, instructions: "")
    private(set) var tasks: Tasks?

    private static let implementation = Implementation(name: "w", title: "W", version: "1")

    init(limits: TaskLimits = TaskLimits(), support: TaskSupport = .optional) {
        self.limits = limits
        let environment = TaskEnvironment(
            monotonicMilliseconds: { [unowned self] in now },
            calendarMilliseconds: { [unowned self] in 1_785_196_800_000 + now },
            randomBytes: { [unowned self] count in
                serial += 1
                return hasRandom ? Array(repeating: serial, count: count) : nil
            },
            schedule: { [unowned self] milliseconds, action in timers.append((now + milliseconds, action)) })
        let tasks = Tasks(limits: limits, environment: environment)
        self.tasks = tasks
        let tool = Tool(
            name: "work", title: "T", description: "D", input: InputSchema([]),
            annotations: ToolAnnotations(.readsOnly, isOpenWorld: false), tasks: tasks, support: support,
            prepare: { [unowned self] _, _ in prepared },
            work: { [unowned self] _, context, finish in
                let number = works.count
                works.append(Work(context: context, finish: finish))
                if let immediate { finish(immediate) }
                return { [unowned self] in stopped.append(number) }
            })
        server = Server(
            implementation: World.implementation, instructions: "", tools: [tool], extensions: [tasks.extension])
    }

    /// The clock goes on, and no timer comes.
    func advance(_ milliseconds: Int64) { now += milliseconds }

    /// What is due is called, in order.
    func pass(_ milliseconds: Int64) {
        advance(milliseconds)
        while let index = timers.firstIndex(where: { $0.due <= now }) { timers.remove(at: index).action() }
    }

    var openTimers: Int { timers.count }

    // MARK: The client

    static let declared: JSONObject = [
        "elicitation": [:], "extensions": ["io.modelcontextprotocol/tasks": [:]],
    ]

    /// The answer to a request, or nil while there is none.
    func ask(
        _ method: String, _ params: JSONObject, _ capabilities: JSONObject = declared, from caller: Caller = .local
    ) throws -> JSONValue? {
        var answer: JSONValue?
        var params = params
        params.set(
            "_meta",
            to: [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": .object(capabilities),
            ])
        _ = server.serve(
            id: .string("x"), method: method, params: params, meta: try RequestMeta(params), caller: caller
        ) { reply in
            guard case .answer(let message) = reply else { return }
            var bytes: [UInt8] = []
            message.write(into: &bytes)
            answer = try? JSONValue(parsing: bytes)
        }
        return answer
    }

    func call(_ capabilities: JSONObject = declared, from caller: Caller = .local) throws -> JSONValue? {
        try ask("tools/call", ["name": "work"], capabilities, from: caller)
    }

    /// Begins a task and returns its id.
    func begin(from caller: Caller = .local) throws -> String {
        try #require(try call(from: caller)?["result"]?["taskId"]?.string)
    }

    func get(_ id: String, from caller: Caller = .local) throws -> JSONValue? {
        try ask("tasks/get", ["taskId": .string(id)], from: caller)?["result"]
    }

    func update(_ id: String, _ responses: JSONValue, from caller: Caller = .local) throws -> JSONValue? {
        try ask("tasks/update", ["taskId": .string(id), "inputResponses": responses], from: caller)
    }

    func cancel(_ id: String, from caller: Caller = .local) throws -> JSONValue? {
        try ask("tasks/cancel", ["taskId": .string(id)], from: caller)
    }
}

extension JSONValue {
    var code: Int64? { self["error"]?["code"]?.int64 }
    var status: String? { self["status"]?.string }
}
