import Bytes
import EventLoop
import HTTPTypes
import System

extension HTTPConnection {
    func respond(_ status: Int, _ fields: HTTPFields, _ body: Span<UInt8>) {
        let allowsBody = HTTPStatus.allowsContent(status)
        guard case .send(let exchange, let sendsBody) = machine.responseGiven(allowsBody: allowsBody) else { return }
        writeHead(status, fields, allowsBody ? .length(body.count) : .none, exchange)
        if sendsBody { output.append(copying: body) }
        releaseActions()
        settleSoon()
    }

    func startStream(_ status: Int, _ fields: HTTPFields) {
        switch machine.streamStarted(allowsBody: HTTPStatus.allowsContent(status)) {
        case .none: break
        case .close: release(tellingOwner: true)
        case .send(let exchange, let framing):
            writeHead(status, fields, ResponseHeadEncoder.Body(framing), exchange)
            onInputEnd = nil
            settleSoon()
        }
    }

    func writePart(_ bytes: Span<UInt8>, wasFlushed: Bool = false) {
        let action = machine.partGiven(
            bytes: bytes.count, queuedBytes: queuedBytes, wasFlushed: wasFlushed)
        switch action {
        case .none: break
        case .flush:
            flush()
            writePart(bytes, wasFlushed: true)
        case .send(let framing):
            prepareOutput()
            switch framing {
            case .chunked: ResponseHeadEncoder.chunk(bytes, into: &output)
            case .plain: output.append(copying: bytes)
            case .none: break
            }
            settleSoon()
        case .closeSlowReader: releaseSlowReader(tellingOwner: true)
        }
    }

    func endStream() {
        guard case .finish(let framing) = machine.streamEnded() else { return }
        if framing == .chunked {
            prepareOutput()
            ResponseHeadEncoder.lastChunk(into: &output)
        }
        releaseActions()
        settleSoon()
    }

    func abort() {
        releaseActions()
        closeNow()
    }

    /// Has a buffer for what is appended next.
    func prepareOutput() {
        if output.capacity == 0 { output = server.takeOutput() }
    }

    /// Writes what is queued as far as the system takes it.
    func flush() {
        if queuedBytes > 0 {
            do throws(SystemError) {
                let count = try writeSome()
                written += count
                machine.bytesWritten(count, now: server.loop.now)
            } catch {
                return closeNow()
            }
        }
        if queuedBytes == 0 { endOutput() } else { compact() }
    }

    private func writeSome() throws(SystemError) -> Int {
        let bytes = output
        switch try socket.write(bytes.span.extracting(written..<bytes.count)) {
        case .bytes(let count): return count
        case .wouldBlock, .end: return 0
        }
    }

    private func endOutput() {
        if output.capacity > 0 {
            var empty: [UInt8] = []
            swap(&empty, &output)
            server.giveBack(empty)
        }
        written = 0
        switch machine.outputDrained(now: server.loop.now) {
        case .none: break
        case .endOutput: socket.endOutput()
        case .close: release(tellingOwner: false)
        }
    }

    /// What is written does not stay in memory for as long as the rest takes.
    private func compact() {
        guard written > HTTPParserLimits.keptCapacityMax, written > output.count / 2 else { return }
        output.removeFirst(written)
        written = 0
    }

    private func writeHead(
        _ status: Int, _ fields: HTTPFields, _ body: ResponseHeadEncoder.Body, _ exchange: Exchange
    ) {
        prepareOutput()
        ResponseHeadEncoder.head(
            status, fields, date: server.dateLine, body, exchange.headPersistence, into: &output)
    }
}

extension ResponseHeadEncoder.Body {
    fileprivate init(_ stream: HTTPConnectionStateMachine.StreamBody) {
        switch stream {
        case .chunked: self = .chunked
        case .plain: self = .untilClose
        case .none: self = .none
        }
    }
}
