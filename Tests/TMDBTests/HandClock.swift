import Upstream
import TMDB

/// Time that passes when the test says so, with timers that fire on the way.
final class HandClock {
    private struct Timer {
        let number: Int
        let due: Int64
        let action: () -> Void
    }

    private(set) var now: Int64 = 5_000_000_000
    /// Seconds since 1970 at the beginning.
    var calendar: Int64 = 1_700_000_000
    /// What chance comes to.
    var random: () -> Double = { 0.5 }
    private var timers: [Timer] = []
    private var next = 0

    var openTimers: Int { timers.count }
    var seconds: Double { Double(now - 5_000_000_000) / 1e9 }

    var dependencies: Dependencies {
        Dependencies(
            now: { [self] in now },
            calendar: { [self] in calendar + (now - 5_000_000_000) / 1_000_000_000 },
            schedule: { [self] nanoseconds, action in
                next += 1
                let number = next
                timers.append(Timer(number: number, due: now + max(0, nanoseconds), action: action))
                return { [self] in timers.removeAll { $0.number == number } }
            },
            random: { [self] in random() })
    }

    /// Lets the time pass, and fires the timers that are due in their order.
    func advance(_ seconds: Double) { advance(nanoseconds: Int64((seconds * 1e9).rounded())) }

    func advance(nanoseconds: Int64) {
        let end = now + nanoseconds
        while let timer = timers.filter({ $0.due <= end }).min(by: { ($0.due, $0.number) < ($1.due, $1.number) }) {
            now = max(now, timer.due)
            timers.removeAll { $0.number == timer.number }
            timer.action()
        }
        now = end
    }

    /// Goes to the next timer and fires it. False when there is none.
    func fireNext() -> Bool {
        guard let due = timers.map(\.due).min() else { return false }
        advance(nanoseconds: max(0, due - now))
        return true
    }
}
