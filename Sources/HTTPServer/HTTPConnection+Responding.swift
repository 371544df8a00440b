import EventLoop
import Bytes
import System

extension HTTPConnection {
    func isAwaiting(_ serial: UInt32) -> Bool {
        self.serial == serial && (phase == .handling || phase == .streaming)
    }

    var isStreaming: Bool { phase == .streaming }

    func respond(_ status: Int, _ fields: ResponseFields, _ body: Span<UInt8>) {
        guard phase == .handling else { return }
        let allowsBody = ResponseHeadEncoder.allowsBody(status)
        writeHead(status, fields, allowsBody ? .length(body.count) : .none)
        if allowsBody && !flags.contains(.isHead) { output.append(copying: body) }
        finish()
    }

    func startStream(_ status: Int, _ fields: ResponseFields) {
        guard phase == .handling else { return }
        let allowsBody = ResponseHeadEncoder.allowsBody(status)
        if allowsBody && !flags.contains(.oldVersion) { flags.insert(.chunked) }
        if allowsBody && flags.contains(.oldVersion) { flags.remove(.keepsConnection) }
        writeHead(status, fields, !allowsBody ? .none : flags.contains(.chunked) ? .chunked : .untilClose)
        // Nothing is to follow the head.
        if !allowsBody { flags.insert(.isHead) }
        phase = .streaming
        onInputEnd = nil
        if flags.contains(.inputEnded) { lose() } else { settleSoon() }
    }

    func writeChunk(_ bytes: Span<UInt8>) {
        // An empty chunk would end the body.
        guard phase == .streaming, !flags.contains(.isHead), !bytes.isEmpty else { return }
        // The system may still take it: whether the reader is too slow shows when it was offered.
        if queuedBytes > 0, !hasRoom(for: bytes.count) {
            flush()
            guard phase == .streaming else { return }
        }
        // How long one message is tells nothing of a reader that has taken all before it.
        if queuedBytes == 0 { longMessageBytes = bytes.count > server.limits.queuedBytesMax ? bytes.count : 0 }
        guard hasRoom(for: bytes.count) else { return loseSlowReader() }
        prepareOutput()
        if flags.contains(.chunked) {
            ResponseHeadEncoder.chunk(bytes, into: &output)
        } else {
            output.append(copying: bytes)
        }
        settleSoon()
    }

    private func hasRoom(for count: Int) -> Bool {
        count <= server.limits.queuedBytesMax + longMessageBytes - queuedBytes
    }

    func endStream() {
        guard phase == .streaming else { return }
        if flags.contains(.chunked) && !flags.contains(.isHead) {
            prepareOutput()
            ResponseHeadEncoder.lastChunk(into: &output)
        }
        finish()
    }

    func abort() {
        releaseActions()
        closeNow()
    }

    /// Answers for the server itself, and closes.
    func refuse(_ fault: RequestFault) {
        server.counters.faults += 1
        let answer = server.events.refusal(fault)
        guard phase != .closed else { return }
        flags.subtract(.ofRequest)
        flags.insert(.lingers)
        phase = .handling
        respond(answer.status, answer.fields, answer.body.span)
    }

    /// Has a buffer for what is appended next.
    func prepareOutput() {
        if output.capacity == 0 { output = server.takeOutput() }
    }

    /// Writes what is queued as far as the system takes it.
    func flush() {
        guard phase != .closed else { return }
        if queuedBytes > 0 {
            do throws(SystemError) {
                let count = try writeSome()
                written += count
                if count > 0 || patience.nanoseconds == .max {
                    patience = server.loop.now + server.limits.stallTime
                }
            } catch {
                return lose()
            }
        }
        if queuedBytes == 0 { outputDrained() } else { compact() }
    }

    private func writeSome() throws(SystemError) -> Int {
        let bytes = output
        switch try socket.write(bytes.span.extracting(written..<bytes.count)) {
        case .bytes(let count): return count
        case .wouldBlock, .end: return 0
        }
    }

    private func outputDrained() {
        let hadOutput = written > 0
        if output.capacity > 0 {
            var empty: [UInt8] = []
            swap(&empty, &output)
            server.giveBack(empty)
        }
        written = 0
        if phase == .closing { return finishClosing() }
        guard hadOutput else { return }
        patience = Instant(nanoseconds: .max)
    }

    /// What is written does not stay in memory for as long as the rest takes.
    private func compact() {
        guard written > Limits.keptCapacityMax, written > output.count / 2 else { return }
        output.removeFirst(written)
        written = 0
    }

    private func writeHead(_ status: Int, _ fields: ResponseFields, _ body: ResponseHeadEncoder.Body) {
        endPersistenceWhenDraining()
        prepareOutput()
        let persistence: ResponseHeadEncoder.Persistence =
            !flags.contains(.keepsConnection) ? .close : flags.contains(.oldVersion) ? .keepAlive : .usual
        ResponseHeadEncoder.head(status, fields, date: server.dateLine, body, persistence, into: &output)
    }

    private func endPersistenceWhenDraining() {
        guard server.isDraining, flags.contains(.keepsConnection) else { return }
        flags.remove(.keepsConnection)
        // The client may be sending its next request. That of a stream waits for the end, unless it has sent one.
        if phase != .streaming || flags.contains(.unread) || !input.isEmpty { flags.insert(.lingers) }
    }

    /// The response is complete.
    private func finish() {
        releaseActions()
        // A stream may have begun before the server drained.
        endPersistenceWhenDraining()
        if flags.contains(.keepsConnection) { phase = .head } else { phase = .closing }
        settleSoon()
    }
}
