import TestSupport
import System
import EventLoop
import Glibc
import HTTPServer

import Testing

struct ExhaustionTests {
    /// The limit of open files belongs to the process, and other tests run in this one: the scene plays in a child.
    @Test("without a free descriptor clients are turned away, the loop does not spin, and serving goes on")
    func noDescriptors() async {
        await #expect(processExitsWith: .success) {
            let bench = try Bench()
            try bench.start()
            let early = try bench.client()
            try bench.run { bench.server?.openConnections == 1 }
            // The client's own descriptors are made before none is left.
            let waiting = try (0..<5).map { _ in try bench.client() }
            var taken: [Int32] = []
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            // Above all that is open, what this process inherited from a busy parent too.
            limit.rlim_cur = rlim_t((0..<65_536).last { fcntl($0, F_GETFD) >= 0 } ?? 0) + 8
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            while case let number = dup(0), number >= 0 { taken.append(number) }
            try bench.run { waiting.allSatisfy(\.hasEnded) }
            precondition(bench.server?.counters.turnedAway == 5)
            try early.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            try bench.run { early.text.count200 == 1 }
            for number in taken { close(number) }
            let late = try bench.client()
            try late.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            try bench.run { late.text.count200 == 1 }
        }
    }

    @Test("when turning away is impossible too, accepting rests and goes on by itself")
    func rests() async {
        await #expect(processExitsWith: .success) {
            let bench = try Bench()
            try bench.start()
            let client = try bench.client()
            try client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let usual = limit
            // No number at all is free, the given-up one neither.
            limit.rlim_cur = 0
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let before = processorMilliseconds()
            bench.loop.schedule(after: .milliseconds(500)) { bench.loop.stop() }
            try bench.loop.run()
            let used = processorMilliseconds() - before
            precondition(used < 250, "the loop spins: \(used) ms")
            precondition(bench.server?.openConnections == 0)
            limit = usual
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            try bench.run { client.text.count200 == 1 }
        }
    }
}

private func processorMilliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}
