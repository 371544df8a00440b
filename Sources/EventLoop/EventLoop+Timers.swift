public import System

extension EventLoop {
    /// Calls `action` once, in the first turn that begins `span` or more after `now`; a span below zero counts as zero.
    /// Timers fire in the order of their deadlines; one that is set by a handler fires in the next turn at the
    /// earliest.
    @discardableResult
    public func schedule(after span: TimeSpan, _ action: @escaping () -> Void) -> TimerID {
        timers.insert(deadline: now + max(span, .zero), action: action)
    }

    /// The action will not be called, and is released. Does nothing for a timer that has fired.
    public func cancel(_ timer: TimerID) {
        timers.cancel(timer)
    }

    func fireTimers() {
        let now = now
        let mark = timers.mark
        while let action = timers.popDue(at: now, before: mark) {
            action()
        }
    }
}
