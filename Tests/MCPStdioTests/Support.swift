import Glibc
import EventLoop
import System
import MCPStdio
import Testing

/// What the transport's descriptors can be.
enum Channel: CaseIterable {
    case pipe, socket, file
}

/// A transport on a loop, what it reported, and the client's ends of its descriptors.
final class Bench {
    let loop: EventLoop
    private(set) var lines: [[UInt8]?] = []
    /// The other events: "ended", "ended 21" with an errno, "drained", "closed 32".
    private(set) var events: [String] = []
    var onLine: (Bench) -> Void = { _ in }
    private(set) var transport: LineTransport?
    private var open: Set<Int32> = []

    init() throws {
        // A write to a pipe without a reader is to fail, not to end the tests.
        try Signal.prepareProcess(receiving: [])
        loop = try EventLoop()
    }

    deinit {
        transport?.close()
        for number in open { _ = Glibc.close(number) }
    }

    /// Lines as text, "too long" for those that were.
    var texts: [String] { lines.map { $0.map { String(decoding: $0, as: UTF8.self) } ?? "too long" } }

    func start(input: Int32, output: Int32, lineBytesMax: Int = 100) throws(SystemError) {
        let events = LineTransport.Events(
            line: { [unowned self] line in
                if let line { lines.append(line.withUnsafeBufferPointer { Array($0) }) } else { lines.append(nil) }
                onLine(self)
            },
            inputEnded: { [unowned self] in self.events.append($0.map { "ended \($0.code)" } ?? "ended") },
            drained: { [unowned self] in self.events.append("drained") },
            outputClosed: { [unowned self] in self.events.append("closed \($0.code)") })
        transport = try LineTransport(
            loop: loop, input: input, output: output, lineBytesMax: lineBytesMax, events: events)
    }

    func forgetTransport() { transport = nil }

    func send(_ text: String) { transport?.send { $0.append(contentsOf: text.utf8) } }

    /// Runs turns until the condition holds.
    func run(until isDone: @escaping () -> Bool) throws {
        let deadline = loop.schedule(after: .seconds(30)) { [unowned self] in
            Issue.record("nothing came of it; lines \(lines.count), events \(events)")
            loop.stop()
        }
        poll(isDone)
        try loop.run()
        loop.cancel(deadline)
    }

    func run(turns: Int) throws {
        var left = turns
        try run(until: {
            left -= 1
            return left < 0
        })
    }

    private func poll(_ isDone: @escaping () -> Bool) {
        loop.atEndOfTurn { [unowned self] in
            if isDone() { loop.stop() } else { poll(isDone) }
        }
    }

    // MARK: Descriptors

    /// The transport's end, from which the bytes can be read and then the end, and the client's.
    func input(_ channel: Channel) throws -> (own: Int32, client: Int32) {
        let (reading, writing) = try pair(channel)
        return (reading, writing)
    }

    func output(_ channel: Channel) throws -> (own: Int32, client: Int32) {
        let (reading, writing) = try pair(channel)
        return (writing, reading)
    }

    private func pair(_ channel: Channel) throws -> (reading: Int32, writing: Int32) {
        var numbers: [Int32] = [-1, -1]
        switch channel {
        case .pipe: try #require(pipe(&numbers) == 0)
        case .socket: try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers) == 0)
        case .file:
            // Two open files, so that each has a position of its own.
            var path = Array("/tmp/stdio-transport-XXXXXX".utf8CString)
            numbers[1] = mkstemp(&path)
            numbers[0] = Glibc.open(path, O_RDWR)
            unlink(path)
            try #require(numbers[0] >= 0 && numbers[1] >= 0)
        }
        open.formUnion(numbers)
        return (numbers[0], numbers[1])
    }

    func adopt(_ number: Int32) -> Int32 {
        open.insert(number)
        return number
    }

    func close(_ number: Int32) {
        open.remove(number)
        _ = Glibc.close(number)
    }
}

func write(_ bytes: [UInt8], to number: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
        try #require(count > 0)
        rest = rest.dropFirst(count)
    }
}

func write(_ text: String, to number: Int32) throws { try write(Array(text.utf8), to: number) }

/// What can be read now, without waiting.
func readAvailable(_ number: Int32) throws -> [UInt8] {
    try DescriptorIO.setNonblocking(number, true)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case .bytes(let count) = try DescriptorIO.read(number, into: &buffer) { bytes += buffer[..<count] }
    return bytes
}
