import EventLoop
import MCP
import System

/// Progress of one request that waits for a moment, so that what ends the request within it takes its place.
final class HeldProgress {
    private let loop: EventLoop
    private var timer: TimerID?

    init(_ loop: EventLoop) { self.loop = loop }

    /// Has `send` called when the time has passed, unless there is other progress by then.
    func hold(_ send: @escaping () -> Void) {
        drop()
        timer = loop.schedule(after: .milliseconds(MCPLimits.progressDelayMilliseconds)) { [self] in
            timer = nil
            send()
        }
    }

    func drop() {
        if let timer { loop.cancel(timer) }
        timer = nil
    }
}
