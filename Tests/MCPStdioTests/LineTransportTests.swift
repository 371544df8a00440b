import Glibc
import System
import MCPStdio
import Testing

@Suite struct LineTransportTests {
    @Test("lines come in order, then the end", arguments: Channel.allCases)
    func input(channel: Channel) throws {
        let bench = try Bench()
        let input = try bench.input(channel)
        try write("a\r\nb\n\n\(String(repeating: "x", count: 101))\nlast", to: input.client)
        bench.close(input.client)
        try bench.start(input: input.own, output: try bench.output(.pipe).own)
        try bench.run(until: { bench.events == ["ended"] })
        #expect(bench.texts == ["a", "b", "too long", "last"])
        try bench.run(turns: 5)
        #expect(bench.events == ["ended"])
        #expect(bench.lines.count == 4)
    }

    @Test("an input that ends at once has no line", arguments: Channel.allCases)
    func emptyInput(channel: Channel) throws {
        let bench = try Bench()
        let input = try bench.input(channel)
        bench.close(input.client)
        try bench.start(input: input.own, output: try bench.output(.pipe).own)
        try bench.run(until: { bench.events == ["ended"] })
        #expect(bench.lines.isEmpty)
    }

    @Test("lines that come byte by byte are the same lines", arguments: [Channel.pipe, .socket])
    func trickle(channel: Channel) throws {
        let bench = try Bench()
        let input = try bench.input(channel)
        try bench.start(input: input.own, output: try bench.output(.pipe).own)
        for byte in "ab\n\r\nc\r\nd".utf8 {
            try write([byte], to: input.client)
            try bench.run(turns: 2)
        }
        #expect(bench.texts == ["ab", "c"])
        bench.close(input.client)
        try bench.run(until: { !bench.events.isEmpty })
        #expect(bench.texts == ["ab", "c", "d"])
    }

    @Test("many lines of one read are all handed on", arguments: Channel.allCases)
    func burst(channel: Channel) throws {
        let bench = try Bench()
        let input = try bench.input(channel)
        let texts = (0..<5_000).map { "\($0)" }
        try write(texts.joined(separator: "\n"), to: input.client)
        bench.close(input.client)
        try bench.start(input: input.own, output: try bench.output(.pipe).own)
        try bench.run(until: { !bench.events.isEmpty })
        #expect(bench.texts == texts)
    }

    @Test("what is sent arrives in order, a line each, and then all is drained", arguments: Channel.allCases)
    func output(channel: Channel) throws {
        let bench = try Bench()
        let output = try bench.output(channel)
        try bench.start(input: try bench.input(.pipe).own, output: output.own)
        #expect(bench.transport?.isDrained == true)
        for text in ["a", "", "é", String(repeating: "x", count: 10_000)] { bench.send(text) }
        #expect(bench.transport?.isDrained == false)
        try bench.run(until: { bench.events == ["drained"] })
        #expect(bench.transport?.isDrained == true)
        let expected = "a\n\né\n" + String(repeating: "x", count: 10_000) + "\n"
        #expect(try readAvailable(output.client) == Array(expected.utf8))
        bench.send("again")
        try bench.run(until: { bench.events == ["drained", "drained"] })
        #expect(try readAvailable(output.client) == Array("again\n".utf8))
    }

    @Test("answers can be sent from within a line, on one socket for both directions")
    func duplex() throws {
        let bench = try Bench()
        let socket = try bench.input(.socket)
        bench.onLine = { $0.send("re: \($0.texts.last ?? "")") }
        try bench.start(input: socket.own, output: bench.adopt(dup(socket.own)))
        try write("one\ntwo\n", to: socket.client)
        try bench.run(until: { bench.events == ["drained"] })
        #expect(try readAvailable(socket.client) == Array("re: one\nre: two\n".utf8))
        try write("three", to: socket.client)
        shutdown(socket.client, Int32(SHUT_WR))
        try bench.run(until: { bench.events == ["drained", "ended", "drained"] })
        #expect(try readAvailable(socket.client) == Array("re: three\n".utf8))
    }

    @Test("a reader that has gone is reported once, and nothing is kept for it", arguments: [Channel.pipe, .socket])
    func readerGone(channel: Channel) throws {
        let bench = try Bench()
        let input = try bench.input(.pipe)
        let output = try bench.output(channel)
        try bench.start(input: input.own, output: output.own)
        bench.close(output.client)
        try bench.run(turns: 3)
        #expect(bench.events == [])
        bench.send("a")
        try bench.run(until: { bench.events == ["closed \(EPIPE)"] })
        #expect(bench.transport?.isDrained == true)
        bench.send("b")
        try write("line\n", to: input.client)
        try bench.run(turns: 5)
        #expect(bench.events == ["closed \(EPIPE)"])
        #expect(bench.lines.isEmpty)
        #expect(bench.transport?.isDrained == true)
    }

    @Test("a reader that goes while much waits is reported")
    func readerGoesLater() throws {
        let bench = try Bench()
        let output = try bench.output(.pipe)
        try bench.start(input: try bench.input(.pipe).own, output: output.own)
        bench.send(String(repeating: "x", count: 1 << 20))
        try bench.run(turns: 30)
        #expect(bench.events == [])
        bench.close(output.client)
        try bench.run(until: { bench.events == ["closed \(EPIPE)"] })
    }

    @Test("an output that is not open is reported when something is sent")
    func noOutput() throws {
        let bench = try Bench()
        try bench.start(input: try bench.input(.pipe).own, output: -1)
        #expect(bench.events == [])
        bench.send("a")
        bench.send("b")
        #expect(bench.events == ["closed \(EBADF)"])
    }

    @Test("an input that is not open is refused at the start")
    func noInput() throws {
        let bench = try Bench()
        let output = try bench.output(.pipe).own
        #expect(throws: SystemError(call: "epoll_ctl", code: EBADF)) { try bench.start(input: -1, output: output) }
    }

    @Test("an input that cannot be read ends with the reason")
    func unreadable() throws {
        let bench = try Bench()
        let directory = bench.adopt(open("/", O_RDONLY))
        try bench.start(input: directory, output: try bench.output(.pipe).own)
        try bench.run(until: { bench.events == ["ended \(EISDIR)"] })
    }

    @Test("after reading was stopped, no line comes and what is sent still goes")
    func stopReading() throws {
        let bench = try Bench()
        let input = try bench.input(.pipe)
        let output = try bench.output(.pipe)
        try bench.start(input: input.own, output: output.own)
        try write("one\nhalf of ", to: input.client)
        try bench.run(until: { bench.lines.count == 1 })
        bench.transport?.stopReading()
        bench.transport?.stopReading()
        try write("two\n", to: input.client)
        bench.close(input.client)
        bench.send("a")
        try bench.run(until: { bench.events == ["drained"] })
        try bench.run(turns: 5)
        #expect(bench.texts == ["one"])
        #expect(bench.events == ["drained"])
        #expect(try readAvailable(output.client) == Array("a\n".utf8))
    }

    @Test("after a close nothing is read, written or reported, and the transport is released")
    func close() throws {
        let bench = try Bench()
        let input = try bench.input(.pipe)
        let output = try bench.output(.pipe)
        try bench.start(input: input.own, output: output.own)
        weak let transport = bench.transport
        bench.send("a")
        bench.transport?.close()
        bench.transport?.close()
        #expect(transport?.isDrained == true)
        bench.send("b")
        try write("line\n", to: input.client)
        try bench.run(turns: 5)
        #expect(bench.lines.isEmpty)
        #expect(bench.events == [])
        #expect(try readAvailable(output.client) == [])
        bench.forgetTransport()
        #expect(transport == nil)
    }
}
