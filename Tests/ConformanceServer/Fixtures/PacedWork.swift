import MCP
import EventLoop
import System

/// Steps with pauses between them, the first at once.
final class PacedWork {
    private let loop: EventLoop
    private let pause: TimeSpan
    private var steps: ArraySlice<() -> Void>
    private var timer: TimerID?

    private init(_ loop: EventLoop, _ pause: TimeSpan, _ steps: [() -> Void]) {
        self.loop = loop
        self.pause = pause
        self.steps = steps[...]
    }

    static func start(_ loop: EventLoop, pause: TimeSpan, _ steps: [() -> Void]) -> Cancellation {
        let work = PacedWork(loop, pause, steps)
        work.next()
        return { work.cancel() }
    }

    private func next() {
        timer = nil
        guard let step = steps.popFirst() else { return }
        // Set before the step, which may cancel.
        if !steps.isEmpty { timer = loop.schedule(after: pause) { [self] in next() } }
        step()
    }

    private func cancel() {
        if let timer { loop.cancel(timer) }
        timer = nil
        steps = []
    }
}
