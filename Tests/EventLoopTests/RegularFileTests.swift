import Glibc
import EventLoop
import System
import TestSupport
import Testing

struct RegularFileTests {
    @Test("a regular file as input is read to its end")
    func input() throws {
        let loop = try EventLoop()
        let file = TemporaryFile("one line\n")
        let number = file.open(O_RDONLY)
        defer { close(number) }
        var text = ""
        var registration: Registration?
        registration = try loop.register(number, .read) { readiness in
            #expect(readiness == .readable)
            if let more = try? loop.read(number) {
                text += more
            } else {
                registration.map { loop.deregister($0) }
                loop.schedule(after: .zero) { loop.stop() }
            }
        }
        try loop.runToStop()
        #expect(text == "one line\n")
    }

    @Test("a regular file as output, and /dev/null, are writable", arguments: [true, false])
    func output(regular: Bool) throws {
        let loop = try EventLoop()
        let file = TemporaryFile("")
        let number = regular ? file.open(O_WRONLY) : open("/dev/null", O_WRONLY)
        defer { close(number) }
        let bytes = Array("answer".utf8)
        _ = try loop.register(number, .write) { readiness in
            #expect(readiness == .writable)
            #expect((try? DescriptorIO.write(number, bytes.span)) == .bytes(6))
            loop.stop()
        }
        try loop.runToStop()
        #expect(try FileReader.read(path: file.path, bytesMax: 100) == (regular ? bytes : []))
    }

    @Test("a file without interest is left alone, with interest again it is served, beside timers and pipes")
    func pausing() throws {
        let loop = try EventLoop()
        let file = TemporaryFile("x")
        let number = file.open(O_RDONLY)
        defer { close(number) }
        let ends = Ends()
        ends.send("x")
        var events: [String] = []
        let registration = try loop.register(number, .read) { _ in
            events.append("file")
            if events.filter({ $0 == "file" }).count == 2 { loop.stop() }
        }
        try loop.setInterest(registration, [])
        _ = try loop.register(ends.reading, .read) { _ in
            events.append("pipe")
            _ = try? loop.read(ends.reading)
        }
        loop.schedule(after: .milliseconds(5)) {
            events.append("timer")
            do { try loop.setInterest(registration, .read) } catch { Issue.record(error) }
        }
        try loop.runToStop()
        #expect(events == ["pipe", "timer", "file", "file"])
    }

    @Test("a file never hangs up, and who waits for that alone does not keep the loop busy", arguments: [true, false])
    func hangUp(regular: Bool) throws {
        let loop = try EventLoop()
        let file = TemporaryFile("x")
        let number = regular ? file.open(O_WRONLY) : open("/dev/null", O_WRONLY)
        defer { close(number) }
        _ = try loop.register(number, .hangUp) { _ in Issue.record("it has hung up") }
        var turns = 0
        func count() {
            loop.atEndOfTurn {
                turns += 1
                // Without anything deferred the loop waits.
                loop.schedule(after: .milliseconds(1)) { if turns < 5 { count() } else { loop.stop() } }
            }
        }
        count()
        try loop.runToStop()
        #expect(turns == 5)
    }

    @Test("a pipe whose reader goes has hung up")
    func pipe() throws {
        let loop = try EventLoop()
        let ends = Ends()
        _ = try loop.register(ends.writing, .hangUp) { readiness in
            #expect(readiness.contains(.failed))
            loop.stop()
        }
        loop.schedule(after: .zero) { ends.closeReading() }
        try loop.runToStop()
    }

    @Test("a file is deregistered by its own handler, and by a handler of the same turn")
    func deregister() throws {
        let loop = try EventLoop()
        let file = TemporaryFile("x")
        let numbers = [file.open(O_RDONLY), file.open(O_RDONLY)]
        defer { for number in numbers { close(number) } }
        var registrations: [Registration] = []
        var calls = 0
        for number in numbers {
            registrations.append(
                try loop.register(number, .read) { _ in
                    calls += 1
                    for registration in registrations { loop.deregister(registration) }
                    loop.schedule(after: .zero) { loop.stop() }
                })
        }
        try loop.runToStop()
        #expect(calls == 1)
    }
}
