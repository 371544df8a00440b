import EventLoop
import Glibc
import System
import MCPStdio
import Testing

@Suite struct BackPressureTests {
    /// Two lines fill one read of 64 KiB; their answers are more than may wait (1 MiB).
    private static let lineBytes = 32 << 10
    private static let answerBytes = 600_000
    private static let lineCount = 8
    /// F_SETPIPE_SZ of fcntl(2), which the Glibc module lacks.
    private static let setPipeSize: Int32 = 1031

    private func fill(_ input: (own: Int32, client: Int32), of bench: Bench) throws {
        _ = fcntl(input.client, Self.setPipeSize, 1 << 20)
        for number in 0..<Self.lineCount {
            var line = [UInt8](repeating: UInt8(ascii: "a") + UInt8(number), count: Self.lineBytes)
            line[Self.lineBytes - 1] = UInt8(ascii: "\n")
            try write(line, to: input.client)
        }
        bench.close(input.client)
    }

    @Test(
        "while a slow reader does not read nothing more is read; then all goes on, and nothing is lost",
        arguments: zip([Channel.pipe, .file], [Channel.socket, .pipe]))
    func slowReader(inputChannel: Channel, outputChannel: Channel) throws {
        let bench = try Bench()
        let input = try bench.input(inputChannel)
        let output = try bench.output(outputChannel)
        try fill(input, of: bench)
        bench.onLine = { bench in
            let letter = bench.lines.last??.first ?? 0
            bench.transport?.send { $0.append(contentsOf: [UInt8](repeating: letter, count: Self.answerBytes)) }
        }
        try bench.start(input: input.own, output: output.own, lineBytesMax: Self.lineBytes)

        try bench.run(turns: 200)
        #expect(bench.lines.count == 2)
        #expect(bench.events == [])

        var received: [UInt8] = []
        var waitingMax = 0
        var buffer = [UInt8](repeating: 0, count: 10_000)
        let reading = try bench.loop.register(output.client, .read) { [unowned bench] _ in
            guard case .bytes(let count)? = try? DescriptorIO.read(output.client, into: &buffer) else { return }
            received += buffer[..<count]
            waitingMax = max(waitingMax, bench.lines.count * (Self.answerBytes + 1) - received.count)
        }
        try bench.run(until: { bench.events.last == "drained" && bench.events.contains("ended") })
        bench.loop.deregister(reading)
        received += try readAvailable(output.client)

        #expect(bench.lines.count == Self.lineCount)
        #expect(bench.transport?.isDrained == true)
        var expected: [UInt8] = []
        for number in 0..<Self.lineCount {
            expected += [UInt8](repeating: UInt8(ascii: "a") + UInt8(number), count: Self.answerBytes)
            expected.append(UInt8(ascii: "\n"))
        }
        let isWhole = received == expected
        #expect(isWhole)
        // A read's answers on top of what lets reading go on, and what the kernel holds.
        #expect(waitingMax < (256 << 10) + 2 * (Self.answerBytes + 1) + (512 << 10))
    }

    @Test("the end of the input is not reported before the lines that wait behind a slow reader")
    func endWaits() throws {
        let bench = try Bench()
        let input = try bench.input(.pipe)
        let output = try bench.output(.pipe)
        try write("one\n", to: input.client)
        bench.close(input.client)
        bench.onLine = { $0.send(String(repeating: "x", count: 2 << 20)) }
        try bench.start(input: input.own, output: output.own)
        try bench.run(turns: 100)
        #expect(bench.texts == ["one"])
        #expect(bench.events == [])
        bench.close(output.client)
        try bench.run(until: { bench.events == ["closed \(EPIPE)"] })
    }
}
