import EventLoop
import System
import Testing

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
