import EventLoop
import JSON
import MCP
import MCPTasks
import System

/// Tools whose calls become tasks, and one beside them whose calls do not.
struct TaskTools {
    private static let pause = TimeSpan.milliseconds(50)

    let loop: EventLoop
    let tasks: Tasks

    var all: [Tool] { [greet, slow, failing, broken, confirm, questions, prepared] }

    private var greet: Tool {
        .fixture(
            "greet", "Greets at once.",
            InputSchema([Parameter("name", .text(length: 1...100), isRequired: true, description: "whom to greet")])
        ) { arguments, _ in .text("Hello, \(arguments.string("name") ?? "")!") }
    }

    private var slow: Tool {
        task(
            "slow_compute", "Waits, and then has a result.",
            InputSchema([
                Parameter("seconds", .integer(0...3600), isRequired: true, description: "how long to wait"),
                Parameter("label", .text(length: 0...100), description: "what the result repeats"),
            ])
        ) { arguments, context, finish in
            let seconds = arguments.integer("seconds") ?? 0
            let result = CallToolResult.text("Computed \(arguments.string("label") ?? "it") in \(seconds) s.")
            context.report("Waiting for \(seconds) s.")
            return later(TimeSpan(nanoseconds: seconds * 1_000_000_000)) { finish(result) }
        }
    }

    private var failing: Tool {
        task("failing_job", "Fails a moment later.", support: .required) { _, _, finish in
            later(TaskTools.pause) { finish(.failure("The job failed, as it always does.")) }
        }
    }

    private var broken: Tool {
        task("protocol_error_job", "Breaks the protocol a moment later.") { _, _, finish in
            later(TaskTools.pause) { finish(.refused(RPCError(.internalError, "The job broke, as it always does."))) }
        }
    }

    private var confirm: Tool {
        task(
            "confirm_delete", "Asks before it deletes nothing.",
            InputSchema([
                Parameter("filename", .text(length: 1...255), isRequired: true, description: "what not to delete")
            ])
        ) { arguments, context, finish in
            let name = arguments.string("filename") ?? ""
            switch FormAnswer(context.input.responses["confirm"]) {
            case nil:
                finish(
                    .inputRequired(
                        InputRequired([.form("confirm", "Delete \(name)?", field: "confirm", type: "boolean")])))
            case .accepted(let content) where content["confirm"]?.bool == true: finish(.text("Deleted \(name)."))
            case .accepted, .refused: finish(.text("Kept \(name)."))
            }
            return {}
        }
    }

    private var questions: Tool {
        task("multi_input", "Asks two questions at once.") { _, context, finish in
            let keys = ["first", "second"]
            guard keys.allSatisfy({ FormAnswer(context.input.responses[$0]) != nil }) else {
                let forms = keys.map {
                    InputRequired.Question.form($0, "The \($0) name?", field: "name", type: "string")
                }
                finish(.inputRequired(InputRequired(forms)))
                return {}
            }
            finish(.text("Both questions are answered."))
            return {}
        }
    }

    /// Asks before there is a task.
    private var prepared: Tool {
        task(
            "test_tool_with_task", "Asks for a name, and works with it as a task.", support: .required,
            prepare: { _, request in
                if request.form("user_name") != nil { return nil }
                return .inputRequired(
                    InputRequired([.form("user_name", "What is your name?", field: "name", type: "string")]))
            },
            work: { _, context, finish in
                var name = "nobody"
                if case .accepted(let content) = FormAnswer(context.input.responses["user_name"]) {
                    name = content["name"]?.string ?? name
                }
                return later(TaskTools.pause) { finish(.text("Hello, \(name)!")) }
            })
    }

    private func later(_ span: TimeSpan, _ action: @escaping () -> Void) -> Cancellation {
        let timer = loop.schedule(after: span, action)
        return { loop.cancel(timer) }
    }

    private func task(
        _ name: String, _ description: String, _ input: InputSchema = InputSchema([]),
        support: TaskSupport = .optional,
        prepare: @escaping (Arguments, RequestContext) -> CallToolResult? = { _, _ in nil },
        work: @escaping (Arguments, TaskContext, @escaping (CallToolResult) -> Void) -> Cancellation
    ) -> Tool {
        Tool(
            name: name, title: name, description: description, input: input,
            annotations: ToolAnnotations(.readsOnly, isOpenWorld: false), tasks: tasks, support: support,
            prepare: prepare, work: work)
    }
}
