import Upstream
import EventLoop
import System
import TMDB

extension Dependencies {
    /// Those of an event loop and its machine.
    init(_ loop: EventLoop) {
        let dice = SplitMix64()
        self.init(
            now: { loop.now.nanoseconds },
            calendar: { CalendarClock.nanosecondsSince1970() / 1_000_000_000 },
            schedule: { nanoseconds, action in
                let timer = loop.schedule(after: TimeSpan(nanoseconds: nanoseconds), action)
                return { loop.cancel(timer) }
            },
            random: { dice.next() }, stopwatch: { Instant.readClock().nanoseconds })
    }
}
