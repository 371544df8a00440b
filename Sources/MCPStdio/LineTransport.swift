package import EventLoop
package import System

/// Reads lines from one descriptor and writes lines to another, on a loop.
///
/// While a slow reader has not taken what was written, nothing is read either, so a client that sends and never reads
/// cannot fill the memory.
package final class LineTransport {
    /// What the owner is told. Each may call the transport.
    package struct Events {
        /// A line came; nil when it was too long and was dropped. The span is valid during the call only.
        package var line: (Span<UInt8>?) -> Void
        /// The input has ended, or could not be read. No line follows.
        package var inputEnded: (SystemError?) -> Void
        /// Everything sent so far has been written.
        package var drained: () -> Void
        /// The reader has disconnected: nothing that is sent arrives any more.
        package var outputClosed: (SystemError) -> Void

        package init(
            line: @escaping (Span<UInt8>?) -> Void, inputEnded: @escaping (SystemError?) -> Void,
            drained: @escaping () -> Void, outputClosed: @escaping (SystemError) -> Void
        ) {
            self.line = line
            self.inputEnded = inputEnded
            self.drained = drained
            self.outputClosed = outputClosed
        }
    }

    private let loop: EventLoop
    private let input: Int32
    private let output: Int32
    private let events: Events
    private var splitter: LineSplitter
    private var queue = OutputQueue()
    private var buffer = [UInt8](repeating: 0, count: StdioLimits.readBytes)
    private var reading: Registration?
    private var writing: Registration?
    private var isOutputClosed = false

    /// Registers both descriptors, which stay the caller's and must differ. The loop keeps the transport until `close`
    /// was called or the output was closed.
    package init(
        loop: EventLoop, input: Int32, output: Int32, lineBytesMax: Int, events: Events
    ) throws(SystemError) {
        self.loop = loop
        self.input = input
        self.output = output
        self.events = events
        splitter = LineSplitter(lineBytesMax: lineBytesMax)
        reading = try loop.register(input, .read) { [self] _ in readSome() }
        writing = try loop.register(output, []) { [self] _ in isDrained ? closeOutput(.brokenPipe) : writeSome() }
    }

    /// Whether nothing waits to be written.
    package var isDrained: Bool { queue.isEmpty }

    /// Queues one line: `body` appends its bytes, which hold no line feed; the line feed is added.
    package func send(_ body: (inout [UInt8]) -> Void) {
        guard !isOutputClosed else { return }
        queue.append { bytes in
            body(&bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        updateInterests()
    }

    /// Writes one line at once, apart from what was sent before and from what follows; drops it while the reader has
    /// not taken all that was sent before.
    package func sendApart(_ body: (inout [UInt8]) -> Void) {
        if !isDrained { writeSome() }
        guard isDrained, !isOutputClosed else { return }
        send(body)
        writeSome()
    }

    /// Reads no more, though the input has not ended.
    package func stopReading() {
        if let reading { loop.deregister(reading) }
        reading = nil
        updateInterests()
    }

    /// Gives both descriptors up; what waits to be written is dropped.
    package func close() {
        isOutputClosed = true
        stopReading()
        if let writing { loop.deregister(writing) }
        writing = nil
        queue = OutputQueue()
    }

    private func readSome() {
        do throws(SystemError) {
            switch try DescriptorIO.read(input, into: &buffer) {
            case .wouldBlock: break
            case .bytes(let count):
                let chunk = buffer
                splitter.split(chunk.span.extracting(first: count), onLine: events.line)
            case .end: endInput(nil)
            }
        } catch {
            endInput(error)
        }
    }

    private func endInput(_ error: SystemError?) {
        stopReading()
        splitter.takeEnd(onLine: events.line)
        events.inputEnded(error)
    }

    private func writeSome() {
        do throws(SystemError) {
            if case .bytes(let count) = try DescriptorIO.write(output, queue.front(StdioLimits.writeBytes)) {
                queue.remove(count)
            }
        } catch {
            return closeOutput(error)
        }
        updateInterests()
        if isDrained { events.drained() }
    }

    private func updateInterests() {
        guard !isOutputClosed else { return }
        do throws(SystemError) {
            // A client that sends no more may have gone: then nothing waits for it.
            if let writing { try loop.setInterest(writing, !isDrained ? .write : reading == nil ? .hangUp : []) }
            guard let reading else { return }
            if queue.count > StdioLimits.outputBytesHigh {
                try loop.setInterest(reading, [])
            } else if queue.count <= StdioLimits.outputBytesLow {
                try loop.setInterest(reading, .read)
            }
        } catch {
            // epoll refuses no descriptor that it has taken once, but for want of kernel memory.
            closeOutput(error)
        }
    }

    private func closeOutput(_ error: SystemError) {
        close()
        events.outputClosed(error)
    }
}
