package import System

/// Debounces: of the actions that are given within a delay, the last is performed when it has passed.
package final class Debouncer {
    private let loop: EventLoop
    private let delay: TimeSpan
    private var timer: TimerID?

    package init(_ loop: EventLoop, delay: TimeSpan) {
        self.loop = loop
        self.delay = delay
    }

    /// Performs `action` after the delay, in place of one that still waits.
    package func schedule(_ action: @escaping () -> Void) {
        cancel()
        timer = loop.schedule(after: delay) { [self] in
            timer = nil
            action()
        }
    }

    package func cancel() {
        if let timer { loop.cancel(timer) }
        timer = nil
    }
}
