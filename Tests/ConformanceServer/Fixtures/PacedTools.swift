import JSON
import MCP
import EventLoop
import System

/// Tools that take a while and tell about it on the way.
struct PacedTools {
    private static let pause = TimeSpan.milliseconds(50)
    /// What the client is told to wait before it comes back, and how long the call takes.
    private static let reconnectionMilliseconds: Int64 = 100

    let loop: EventLoop

    var all: [Tool] { [progress, logging, reconnection, streaming, conditionalLogging] }

    private var progress: Tool {
        .fixture("test_tool_with_progress", "Tells its progress three times.") { _, request, finish in
            var steps = [0, 50, 100].map { (done: Int) in
                { request.report(progress: Double(done), total: 100, message: "Completed step \(done) of 100") }
            }
            steps.append { finish(.text("All steps are completed.")) }
            return PacedWork.start(loop, pause: PacedTools.pause, steps)
        }
    }

    private var logging: Tool {
        .fixture("test_tool_with_logging", "Logs three messages.") { _, request, finish in
            let messages = ["Tool execution started", "Tool processing data", "Tool execution completed"]
            var steps = messages.map { message in { request.log(.info, .string(message)) } }
            steps.append { finish(.text("Tool with logging executed successfully")) }
            return PacedWork.start(loop, pause: PacedTools.pause, steps)
        }
    }

    private var reconnection: Tool {
        .fixture("test_reconnection", "Closes the connection and answers a little later.") { _, request, finish in
            let milliseconds = PacedTools.reconnectionMilliseconds
            let steps: [() -> Void] = [
                { request.disconnect(retryAfterMilliseconds: milliseconds) },
                { finish(.text("Reconnection test completed")) },
            ]
            return PacedWork.start(loop, pause: TimeSpan(nanoseconds: milliseconds * 1_000_000), steps)
        }
    }

    /// Not answered at once, so that an answer as a stream has begun by then.
    private var streaming: Tool {
        .fixture("test_streaming_elicitation", "Answers as a stream that asks for nothing.") { _, request, finish in
            let steps: [() -> Void] = [
                { request.report(progress: 1, total: 2, message: "Streaming has begun") },
                { finish(.text("Streaming complete")) },
            ]
            return PacedWork.start(loop, pause: PacedTools.pause, steps)
        }
    }

    private var conditionalLogging: Tool {
        .fixture("test_logging_tool", "Logs one message when its client asks for such.") { _, request in
            request.log(.info, "Diagnostic trace logging activated")
            return .text("Logging evaluated")
        }
    }
}
