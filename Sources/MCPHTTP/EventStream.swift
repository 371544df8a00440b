import HTTPTypes
import HTTPServer
import MCP
import EventLoop
import System

/// An open response of events, with comments while it has nothing to say.
final class EventStream {
    private let writer: ResponseWriter
    private let loop: EventLoop
    private let interval: TimeSpan
    private var keepAlive: TimerID?
    private var onEnd: (() -> Void)?
    private var isEnded = false

    /// Begins the response. `closed` is called once, when the client has disconnected.
    init(
        _ writer: ResponseWriter, _ fields: HTTPFields, loop: EventLoop, interval: TimeSpan,
        onEnd: (() -> Void)? = nil, closed: @escaping () -> Void
    ) {
        self.writer = writer
        self.loop = loop
        self.interval = interval
        self.onEnd = onEnd
        writer.startStream(200, fields)
        guard writer.isOpen else {
            // The client has disconnected already. Whoever opens the stream is told once it has the stream.
            loop.atEndOfTurn { [self] in
                // Another stream may have taken its place.
                if isEnded { return }
                stop()
                closed()
            }
            return
        }
        writer.onClose { [self] in
            stop()
            closed()
        }
        keepAliveLater()
    }

    func write(_ body: (inout [UInt8]) -> Void) { writer.write(body) }

    /// Writes what waits as far as it is taken. Whether that is all.
    func flush() -> Bool { writer.flush() }

    /// Sends what means nothing, so that a stream without an event yet shows at once: a proxy that compresses may hold
    /// the head back until the first byte behind it.
    func writeComment() { writer.write { EventText.comment(into: &$0) } }

    /// Ends the response. `closed` is not called.
    func endResponse() {
        isEnded = true
        writer.onClose {}
        writer.endStream()
        stop()
    }

    private func stop() {
        if let keepAlive { loop.cancel(keepAlive) }
        keepAlive = nil
        let onEnd = onEnd
        self.onEnd = nil
        onEnd?()
    }

    private func keepAliveLater() {
        keepAlive = loop.schedule(after: interval) { [self] in
            writeComment()
            if writer.isOpen { keepAliveLater() }
        }
    }
}
