import EventLoop
import System

extension HTTPServer {
    /// Sees to it that the connections are looked at when `deadline` has come. One timer serves all: a connection's
    /// deadline is a number, which changes with each request without a word to the loop.
    func note(_ deadline: Instant) {
        guard deadline < nextSweep else { return }
        arm(deadline)
    }

    private func arm(_ deadline: Instant) {
        if let sweepTimer { loop.cancel(sweepTimer) }
        nextSweep = deadline
        sweepTimer = loop.schedule(after: deadline - loop.now) { [self] in sweep() }
    }

    private func sweep() {
        sweepTimer = nil
        nextSweep = Instant(nanoseconds: .max)
        let now = loop.now
        var earliest = Instant(nanoseconds: .max)
        for id in connections.ids {
            guard let connection = connections[id] else { continue }
            if connection.deadline <= now { connection.expire(now) }
            earliest = min(earliest, connection.deadline)
        }
        guard connections.count > 0, earliest.nanoseconds < .max else { return }
        let next = max(earliest, now + limits.sweepInterval)
        if next < nextSweep { arm(next) }
    }
}
