import Glibc
import Reactor
import Testing

/// A pipe, or a socket pair, whose ends close with it unless the test has closed them.
final class Ends {
    private(set) var reading: Int32
    private(set) var writing: Int32

    init(sockets: Bool = false) {
        var numbers: [Int32] = [-1, -1]
        let code = sockets ? socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers) : pipe(&numbers)
        precondition(code == 0)
        reading = numbers[0]
        writing = numbers[1]
    }

    deinit {
        closeReading()
        closeWriting()
    }

    func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        precondition(Glibc.write(writing, bytes, bytes.count) == bytes.count)
    }
}

/// A file that goes with the test.
final class TemporaryFile {
    let path: String

    init(_ contents: String) {
        var template = Array("/tmp/reactor-tests-XXXXXX".utf8CString)
        let number = mkstemp(&template)
        precondition(number >= 0)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let bytes = Array(contents.utf8)
        precondition(Glibc.write(number, bytes, bytes.count) == bytes.count)
        close(number)
    }

    deinit {
        unlink(path)
    }

    func open(_ flags: Int32) -> Int32 {
        Glibc.open(path, flags)
    }
}

extension EventLoop {
    /// Runs until stopped; a loop that nothing stops fails the test instead of hanging it.
    func runToStop(_ location: SourceLocation = #_sourceLocation) throws {
        let watchdog = schedule(after: .seconds(60)) {
            Issue.record("nothing stopped the loop", sourceLocation: location)
            self.stop()
        }
        try run()
        cancel(watchdog)
    }

    func read(_ number: Int32) throws -> String? {
        var buffer = [UInt8](repeating: 0, count: 64)
        switch try DescriptorIO.read(number, into: &buffer) {
        case .bytes(let count): return String(decoding: buffer.prefix(count), as: UTF8.self)
        case .end, .wouldBlock: return nil
        }
    }
}

/// Tells when it goes.
final class Canary {
    private let onEnd: () -> Void

    init(onEnd: @escaping () -> Void) {
        self.onEnd = onEnd
    }

    deinit {
        onEnd()
    }
}
