/// What the requests need of the machine: time, timers and chance.
package struct Dependencies {
    /// Nanoseconds on a monotonic clock.
    package var now: () -> Int64
    /// The same to the moment, for measuring: `now` may be as old as what is being handled.
    package var stopwatch: () -> Int64
    /// Seconds since the beginning of 1970, UTC. It goes on while the machine sleeps, and somebody may set it.
    package var calendar: () -> Int64
    /// Calls the action once, so many nanoseconds later and never from within the call, unless the closure that it
    /// returns is called first.
    package var schedule: (_ nanoseconds: Int64, _ action: @escaping () -> Void) -> () -> Void
    /// At least 0, below 1.
    package var random: () -> Double

    package init(
        now: @escaping () -> Int64, calendar: @escaping () -> Int64,
        schedule: @escaping (_ nanoseconds: Int64, _ action: @escaping () -> Void) -> () -> Void,
        random: @escaping () -> Double, stopwatch: (() -> Int64)? = nil
    ) {
        self.now = now
        self.stopwatch = stopwatch ?? now
        self.calendar = calendar
        self.schedule = schedule
        self.random = random
    }
}
