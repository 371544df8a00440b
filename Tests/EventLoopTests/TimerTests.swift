import EventLoop
import System
import TestSupport
import Testing

struct TimerTests {
    @Test("timers fire in the order of their deadlines, equal ones in the order they were set")
    func order() throws {
        let loop = try EventLoop()
        var fired: [String] = []
        loop.schedule(after: .zero) {
            // Within a turn the time stands still: the spans are exact.
            for (name, span) in [("b", 4), ("d", 8), ("a", 2), ("c", 4), ("e", 8)] {
                loop.schedule(after: .milliseconds(span)) { fired.append(name) }
            }
            loop.schedule(after: .milliseconds(9)) { loop.stop() }
        }
        try loop.runToStop()
        #expect(fired == ["a", "b", "c", "d", "e"])
    }

    @Test("many timers, a third of them cancelled, fire once each in order")
    func many() throws {
        let loop = try EventLoop()
        var generator = Generator(state: 7)
        var expected: [(span: Int, index: Int)] = []
        var fired: [Int] = []
        loop.schedule(after: .zero) {
            var cancelled: [TimerID] = []
            for index in 0..<900 {
                let span = Int(generator.next() % 20)
                let timer = loop.schedule(after: .milliseconds(span)) { fired.append(index) }
                if generator.next() % 3 == 0 {
                    cancelled.append(timer)
                } else {
                    expected.append((span, index))
                }
            }
            for timer in cancelled { loop.cancel(timer) }
            loop.schedule(after: .milliseconds(20)) { loop.stop() }
        }
        try loop.runToStop()
        expected.sort { ($0.span, $0.index) < ($1.span, $1.index) }
        #expect(fired == expected.map(\.index))
    }

    @Test("a handler may cancel a timer of the same turn, and itself")
    func cancelWithinTurn() throws {
        let loop = try EventLoop()
        var fired: [String] = []
        var first: TimerID?
        var second: TimerID?
        loop.schedule(after: .zero) {
            first = loop.schedule(after: .milliseconds(1)) {
                fired.append("first")
                first.map { loop.cancel($0) }
                second.map { loop.cancel($0) }
            }
            second = loop.schedule(after: .milliseconds(1)) { fired.append("second") }
            loop.schedule(after: .milliseconds(1)) { loop.stop() }
        }
        try loop.runToStop()
        #expect(fired == ["first"])
    }

    @Test("a fired timer's token does not cancel its successor")
    func staleToken() throws {
        let loop = try EventLoop()
        let old = loop.schedule(after: .zero) { loop.stop() }
        try loop.runToStop()
        var fired = false
        loop.schedule(after: .zero) {
            fired = true
            loop.stop()
        }
        loop.cancel(old)
        try loop.runToStop()
        #expect(fired)
    }

    @Test("cancelling releases the action")
    func release() throws {
        let loop = try EventLoop()
        var released = false
        func set() -> TimerID {
            let canary = Canary { released = true }
            return loop.schedule(after: .seconds(100)) { withExtendedLifetime(canary) {} }
        }
        let timer = set()
        #expect(!released)
        loop.cancel(timer)
        #expect(released)
    }

    @Test("a timer that sets itself again without delay does not starve a pipe")
    func noStarvation() throws {
        let loop = try EventLoop()
        let ends = Ends()
        var rounds = 0
        func again() {
            rounds += 1
            loop.schedule(after: .milliseconds(-1)) { again() }
        }
        again()
        _ = try loop.register(ends.reading, .read) { _ in loop.stop() }
        loop.schedule(after: .milliseconds(2)) { ends.send("x") }
        try loop.runToStop()
        #expect(rounds > 2)
    }

    @Test("a timer never fires early", arguments: [1, 3, 10])
    func notEarly(milliseconds: Int) throws {
        let loop = try EventLoop()
        let start = loop.now
        var end: Instant?
        loop.schedule(after: .milliseconds(milliseconds)) {
            end = loop.now
            loop.stop()
        }
        try loop.runToStop()
        #expect(try #require(end) - start >= .milliseconds(milliseconds))
    }

    @Test("the time stands still within a turn")
    func oneTimePerTurn() throws {
        let loop = try EventLoop()
        loop.schedule(after: .zero) {
            let now = loop.now
            while Instant.readClock() - now < .milliseconds(2) {}
            #expect(loop.now == now)
            loop.stop()
        }
        try loop.runToStop()
    }

    @Test("stopping before the run ends it before its first turn, and only that run")
    func stopFirst() throws {
        let loop = try EventLoop()
        var fired = false
        loop.schedule(after: .zero) {
            fired = true
            loop.stop()
        }
        loop.stop()
        try loop.runToStop()
        #expect(!fired)
        try loop.runToStop()
        #expect(fired)
    }

    @Test("work for the end of the turn runs after the handlers; what it adds waits for the next turn")
    func endOfTurn() throws {
        let loop = try EventLoop()
        var events: [String] = []
        loop.schedule(after: .zero) {
            loop.atEndOfTurn {
                events.append("end")
                loop.atEndOfTurn {
                    events.append("next end")
                    loop.stop()
                }
                loop.schedule(after: .zero) { events.append("next timer") }
            }
            events.append("timer")
        }
        try loop.runToStop()
        #expect(events == ["timer", "end", "next timer", "next end"])
    }

    /// A linear congruential generator: the same numbers in every run.
    private struct Generator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}
