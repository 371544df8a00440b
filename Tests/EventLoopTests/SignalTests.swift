import Glibc
import EventLoop
import System
import Testing

@Suite(.serialized)
struct SignalTests {
    @Test("signals of the process reach the loop's handler, one by one")
    func delivery() throws {
        let signals = [Signal(number: SIGUSR1), Signal(number: SIGUSR2)]
        try Signal.prepareProcess(receiving: signals)
        let loop = try EventLoop()
        var received: [Int32] = []
        try loop.receive(signals) { signal in
            received.append(signal.number)
            if received.count == 2 { loop.stop() }
        }
        loop.schedule(after: .milliseconds(2)) {
            // To this thread, which has them blocked: other threads of the test's process have not.
            raise(SIGUSR1)
            raise(SIGUSR2)
        }
        try loop.runToStop()
        #expect(received.sorted() == [SIGUSR1, SIGUSR2].sorted())
    }

    @Test("a second handler replaces the first")
    func replacement() throws {
        let signal = Signal(number: SIGUSR1)
        try Signal.prepareProcess(receiving: [signal])
        let loop = try EventLoop()
        try loop.receive([signal]) { _ in Issue.record("the first was called") }
        var calls = 0
        try loop.receive([signal]) { _ in
            calls += 1
            loop.stop()
        }
        raise(SIGUSR1)
        try loop.runToStop()
        #expect(calls == 1)
    }

    @Test("a signal that nobody receives waits for the next handler, and the earlier one is released")
    func pause() throws {
        let signal = Signal(number: SIGUSR1)
        try Signal.prepareProcess(receiving: [signal])
        weak var earlier: EventLoop?
        do {
            let loop = try EventLoop()
            earlier = loop
            try loop.receive([signal]) { _ in loop.stop() }
            loop.receiveNoSignals()
        }
        #expect(earlier == nil)
        raise(SIGUSR1)
        let loop = try EventLoop()
        var calls = 0
        try loop.receive([signal]) { _ in
            calls += 1
            loop.stop()
        }
        try loop.runToStop()
        #expect(calls == 1)
    }

    @Test("a number that is no signal is refused")
    func invalid() throws {
        let loop = try EventLoop()
        #expect(throws: SystemError(call: "sigaddset", code: EINVAL)) {
            try loop.receive([Signal(number: 1000)]) { _ in }
        }
    }
}
