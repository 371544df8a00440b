import Glibc
import EventLoop
import System
import TestSupport
import Testing

struct DescriptorEventTests {
    @Test("the end of the input is reported before what stands before it is read")
    func inputEnd() throws {
        let loop = try EventLoop()
        let ends = Ends(sockets: true)
        ends.send("x")
        var seen: [Readiness] = []
        let registration = try loop.register(ends.reading, .inputEnd) { readiness in
            seen.append(readiness)
            loop.stop()
        }
        loop.schedule(after: .milliseconds(5)) { shutdown(ends.writing, Int32(SHUT_WR)) }
        try loop.runToStop()
        #expect(seen == [.inputEnded])
        // From here on only the other direction's end is of interest.
        try loop.setInterest(registration, .hangUp)
        loop.schedule(after: .milliseconds(5)) { ends.closeWriting() }
        try loop.runToStop()
        #expect(seen == [.inputEnded, .hungUp])
    }

    @Test("a descriptor that becomes readable calls its handler", arguments: [false, true])
    func readable(sockets: Bool) throws {
        let loop = try EventLoop()
        let ends = Ends(sockets: sockets)
        var texts: [String?] = []
        _ = try loop.register(ends.reading, .read) { readiness in
            #expect(readiness == .readable)
            texts.append(try? loop.read(ends.reading))
            loop.stop()
        }
        loop.schedule(after: .milliseconds(5)) { ends.send("hello") }
        try loop.runToStop()
        #expect(texts == ["hello"])
    }

    @Test("unread input is reported again in the next turn")
    func levelTriggered() throws {
        let loop = try EventLoop()
        let ends = Ends()
        ends.send("x")
        var calls = 0
        _ = try loop.register(ends.reading, .read) { _ in
            calls += 1
            if calls == 3 { loop.stop() }
        }
        try loop.runToStop()
        #expect(calls == 3)
    }

    @Test("a handler that deregisters another keeps it from its event of the same turn")
    func deregisterOther() throws {
        let loop = try EventLoop()
        let pairs = [Ends(), Ends()]
        var registrations: [Registration] = []
        var calls = 0
        for (index, ends) in pairs.enumerated() {
            ends.send("x")
            let other = 1 - index
            registrations.append(
                try loop.register(ends.reading, .read) { _ in
                    calls += 1
                    loop.deregister(registrations[other])
                    loop.deregister(registrations[index])
                    loop.atEndOfTurn { loop.stop() }
                })
        }
        try loop.runToStop()
        #expect(calls == 1)
    }

    @Test("a number that is used again gets none of its predecessor's events")
    func reusedNumber() throws {
        let loop = try EventLoop()
        let pairs = [Ends(), Ends()]
        let quiet = Ends()
        var registrations: [Registration] = []
        var newcomerCalls = 0
        for (index, ends) in pairs.enumerated() {
            ends.send("x")
            registrations.append(
                try loop.register(ends.reading, .read) { _ in
                    loop.deregister(registrations[0])
                    loop.deregister(registrations[1])
                    let number = pairs[1 - index].reading
                    #expect(dup2(quiet.reading, number) == number)
                    do {
                        _ = try loop.register(number, .read) { _ in newcomerCalls += 1 }
                    } catch {
                        Issue.record(error)
                    }
                    loop.atEndOfTurn { loop.stop() }
                })
        }
        try loop.runToStop()
        #expect(newcomerCalls == 0)
        loop.schedule(after: .zero) { quiet.send("y") }
        loop.schedule(after: .milliseconds(5)) { loop.stop() }
        try loop.runToStop()
        #expect(newcomerCalls > 0)
    }

    @Test("a token of an ended registration changes nothing for its successor")
    func staleToken() throws {
        let loop = try EventLoop()
        let ends = Ends()
        let old = try loop.register(ends.reading, .read) { _ in Issue.record("called") }
        loop.deregister(old)
        var calls = 0
        _ = try loop.register(ends.reading, .read) { _ in
            calls += 1
            loop.stop()
        }
        loop.deregister(old)
        try loop.setInterest(old, [])
        ends.send("x")
        try loop.runToStop()
        #expect(calls == 1)
    }

    @Test("deregistering releases the handler", arguments: [false, true])
    func release(inHandler: Bool) throws {
        let loop = try EventLoop()
        let ends = Ends()
        var released = false
        var registration: Registration?
        func register() throws {
            let canary = Canary { released = true }
            registration = try loop.register(ends.reading, .read) { _ in
                withExtendedLifetime(canary) {
                    registration.map { loop.deregister($0) }
                    #expect(!released)
                }
                loop.stop()
            }
        }
        try register()
        #expect(!released)
        if inHandler {
            ends.send("x")
            try loop.runToStop()
        } else {
            registration.map { loop.deregister($0) }
        }
        #expect(released)
    }

    @Test("interest that another handler takes away counts at once")
    func interestWithinTurn() throws {
        let loop = try EventLoop()
        let pairs = [Ends(), Ends()]
        var registrations: [Registration] = []
        var calls = 0
        for (index, ends) in pairs.enumerated() {
            ends.send("x")
            registrations.append(
                try loop.register(ends.reading, .read) { _ in
                    calls += 1
                    do { try loop.setInterest(registrations[1 - index], []) } catch { Issue.record(error) }
                    loop.atEndOfTurn { loop.stop() }
                })
        }
        try loop.runToStop()
        #expect(calls == 1)
    }

    @Test("an event reports only what is still waited for when its handler's turn comes")
    func narrowedWithinTurn() throws {
        let loop = try EventLoop()
        let pairs = [Ends(sockets: true), Ends(sockets: true)]
        var registrations: [Registration] = []
        var seen: [Readiness] = []
        for (index, ends) in pairs.enumerated() {
            ends.send("x")
            registrations.append(
                try loop.register(ends.reading, [.read, .write]) { readiness in
                    seen.append(readiness)
                    do { try loop.setInterest(registrations[1 - index], .write) } catch { Issue.record(error) }
                    loop.atEndOfTurn { loop.stop() }
                })
        }
        try loop.runToStop()
        #expect(seen == [[.readable, .writable], .writable])
    }

    @Test("interest changes between reading, writing and both")
    func interestChanges() throws {
        let loop = try EventLoop()
        let ends = Ends(sockets: true)
        ends.send("x")
        var seen: [Readiness] = []
        let wanted: [Interest] = [.write, .read, [.read, .write], []]
        var registration: Registration?
        registration = try loop.register(ends.reading, .write) { readiness in
            seen.append(readiness)
            do {
                if let registration { try loop.setInterest(registration, wanted[seen.count]) }
            } catch {
                Issue.record(error)
            }
            if seen.count == 3 { loop.schedule(after: .milliseconds(5)) { loop.stop() } }
        }
        try loop.runToStop()
        #expect(seen == [.writable, .readable, [.readable, .writable]])
    }

    @Test("a hang-up is reported as readable, and reading tells the end")
    func hangUp() throws {
        let loop = try EventLoop()
        let ends = Ends()
        var buffer = [UInt8](repeating: 0, count: 8)
        _ = try loop.register(ends.reading, .read) { readiness in
            #expect(readiness == [.readable, .hungUp])
            #expect((try? DescriptorIO.read(ends.reading, into: &buffer)) == .end)
            loop.stop()
        }
        ends.closeWriting()
        try loop.runToStop()
    }

    @Test("an empty interest hears nothing of a hang-up, and the loop sleeps", arguments: [[], Interest.read])
    func emptyInterest(initial: Interest) throws {
        let loop = try EventLoop()
        let ends = Ends()
        let registration = try loop.register(ends.reading, initial) { _ in Issue.record("called") }
        try loop.setInterest(registration, [])
        ends.closeWriting()
        let before = cpuMilliseconds()
        loop.schedule(after: .milliseconds(100)) { loop.stop() }
        try loop.runToStop()
        #expect(cpuMilliseconds() - before < 50)
        loop.deregister(registration)
    }

    @Test("a pipe whose reader has gone is writable and failed, and writing says why")
    func brokenPipe() throws {
        try Signal.prepareProcess(receiving: [])
        let loop = try EventLoop()
        let ends = Ends()
        ends.closeReading()
        _ = try loop.register(ends.writing, .write) { readiness in
            #expect(readiness == [.writable, .failed])
            let bytes: [UInt8] = [1]
            #expect(throws: SystemError(call: "write", code: EPIPE)) {
                try DescriptorIO.write(ends.writing, bytes.span)
            }
            loop.stop()
        }
        try loop.runToStop()
    }

    @Test("more descriptors than one turn takes are all served")
    func many() throws {
        let loop = try EventLoop()
        let pairs = (0..<150).map { _ in Ends() }
        var served = Set<Int>()
        for (index, ends) in pairs.enumerated() {
            ends.send("x")
            _ = try loop.register(ends.reading, .read) { _ in
                _ = try? loop.read(ends.reading)
                served.insert(index)
                if served.count == pairs.count { loop.stop() }
            }
        }
        try loop.runToStop()
        #expect(served.count == 150)
    }

    @Test("a number that is registered or closed is refused")
    func refused() throws {
        let loop = try EventLoop()
        let ends = Ends()
        _ = try loop.register(ends.reading, .read) { _ in }
        #expect(throws: SystemError(call: "epoll_ctl", code: EEXIST)) {
            try loop.register(ends.reading, .read) { _ in }
        }
        #expect(throws: SystemError(call: "epoll_ctl", code: EBADF)) {
            try loop.register(-1, .read) { _ in }
        }
    }

    private func cpuMilliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
