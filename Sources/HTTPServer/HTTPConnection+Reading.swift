import EventLoop
import Bytes
import System

extension HTTPConnection {
    /// Reads once and handles what came.
    func read() {
        if phase == .handling || phase == .streaming { return look() }
        guard phase != .closed, phase != .closing else { return }
        do throws(SystemError) {
            switch try socket.read(into: &server.readBuffer) {
            case .wouldBlock: break
            case .end: endInput()
            case .bytes(let count):
                // Behind an end that was reported, all is read up to it.
                if !flags.contains(.inputEnded) { flags.remove(.unread) }
                guard phase != .lingering else { return }
                // A handler may have the loop read again: the bytes in hand stay as they are.
                let bytes = server.readBuffer
                take(bytes.span.extracting(first: count))
            }
        } catch {
            lose()
        }
    }

    /// While a request is in progress its successors stay unread; only an end is of interest.
    private func look() {
        do throws(SystemError) {
            switch try socket.peek() {
            case .wouldBlock: break
            case .bytes: flags.insert(.unread)
            case .end:
                flags.remove(.unread)
                endInput()
            }
        } catch {
            lose()
        }
    }

    /// The client sends no more. It may still read.
    func endInput() {
        switch phase {
        case .head:
            flags.insert(.inputEnded)
            flags.remove(.unread)
            // The beginning of a request that will never come whole.
            dropAssembly()
            if !flags.contains(.inputWaits) { input = [] }
        case .handling:
            flags.insert(.inputEnded)
            let action = onInputEnd
            onInputEnd = nil
            action?()
        case .body, .discarding, .lingering, .streaming: lose()
        case .closing, .closed: break
        }
    }

    private func take(_ bytes: Span<UInt8>) {
        if input.isEmpty {
            let used = consume(bytes)
            if used < bytes.count { input.append(copying: bytes.extracting(used..<bytes.count)) }
        } else {
            input.append(copying: bytes)
            resume()
        }
    }

    /// Handles the bytes that were kept.
    func resume() {
        flags.remove(.inputWaits)
        let bytes = input
        input = []
        let used = consume(bytes.span)
        guard phase != .closed, used < bytes.count else { return }
        if used == 0 { input = bytes } else { input.append(copying: bytes.span.extracting(used..<bytes.count)) }
    }

    /// Handles requests until the bytes are used up, one is incomplete, or one is not answered at once. Returns how
    /// many bytes are done with.
    private func consume(_ bytes: Span<UInt8>) -> Int {
        var start = 0
        while start < bytes.count {
            switch phase {
            case .head:
                if queuedBytes > server.limits.pipelineQueuedBytesMax { flush() }
                if queuedBytes > server.limits.pipelineQueuedBytesMax || hasHadTurn {
                    flags.insert(.inputWaits)
                    return start
                }
                guard phase == .head else { continue }
                let used = takeHead(bytes.extracting(start..<bytes.count))
                if used == 0 && phase == .head { return start }
                start += used
            case .body, .discarding: takeBody(bytes, from: &start)
            case .handling, .streaming:
                flags.insert(.inputWaits)
                return start
            case .closing, .lingering, .closed: return bytes.count
            }
        }
        return start
    }

    /// Returns how many bytes were taken: none when the head is incomplete.
    private func takeHead(_ bytes: Span<UInt8>) -> Int {
        let assembly = self.assembly ?? server.takeAssembly()
        self.assembly = nil
        switch assembly.parser.parse(bytes, into: assembly.head) {
        case .needsMore:
            if assembly.deadline.nanoseconds == .max {
                assembly.deadline = server.loop.now + server.limits.headTime
            }
            self.assembly = assembly
            return 0
        case .failed(let fault):
            server.giveBack(assembly)
            refuse(fault)
            return 0
        case .complete(let count):
            server.counters.requests += 1
            requestsInTurn += 1
            return count + judge(assembly, bytes.extracting(count..<bytes.count))
        }
    }

    /// Asks what becomes of the request; returns how many bytes of the body were taken.
    private func judge(_ assembly: PartialRequest, _ rest: Span<UInt8>) -> Int {
        let head = assembly.head
        begin(head)
        switch server.events.head(head) {
        case .accept: return startBody(assembly, rest, bytesMax: server.limits.bodyBytesMax)
        case .acceptBody(let bytesMax): return startBody(assembly, rest, bytesMax: max(bytesMax, 0))
        case .answer(let answer):
            // The user may have closed everything meanwhile.
            guard phase != .closed else { return 0 }
            startDiscarding(assembly, answer)
            return 0
        }
    }

    private func begin(_ head: RequestHead) {
        flags.subtract(.ofRequest)
        if head.method == .head { flags.insert(.isHead) }
        if head.minorVersion == 0 { flags.insert(.oldVersion) }
        if head.keepsConnection { flags.insert(.keepsConnection) }
    }

    private func startBody(_ assembly: PartialRequest, _ rest: Span<UInt8>, bytesMax: Int) -> Int {
        guard phase != .closed else { return 0 }
        let head = assembly.head
        // A length beyond what `Int` holds is beyond every limit too.
        guard let length = Int(exactly: head.framing.contentLength ?? 0), length <= bytesMax else {
            server.giveBack(assembly)
            refuse(.bodyTooLarge(bytesMax: bytesMax))
            return 0
        }
        if !head.framing.isChunked && rest.count >= length {
            handOn(assembly, rest.extracting(first: length))
            return length
        }
        // Not when the client has begun to send: it does not wait (RFC 9110 section 10.1.1).
        if head.framing.expectsContinue && rest.isEmpty {
            prepareOutput()
            ResponseHeadEncoder.goOn(into: &output)
        }
        assembly.startBody(
            bytesMax: bytesMax, length: length, keeping: true, now: server.loop.now, limits: server.limits)
        self.assembly = assembly
        phase = .body
        return 0
    }

    /// Answers a request whose body nobody wants, and reads that when it is short.
    private func startDiscarding(_ assembly: PartialRequest, _ answer: Response) {
        let framing = assembly.head.framing
        let bytesMax = server.limits.discardedBytesMax
        guard assembly.head.hasBody else {
            server.giveBack(assembly)
            phase = .handling
            return respond(answer.status, answer.fields, answer.body.span)
        }
        // A client that waits for leave to send may send the body or not: what follows is uncertain.
        let length = Int(exactly: framing.contentLength ?? 0) ?? .max
        let isShort = length <= bytesMax && !framing.expectsContinue
        if !isShort || !flags.contains(.keepsConnection) {
            flags.remove(.keepsConnection)
            flags.insert(.lingers)
        }
        phase = .handling
        respond(answer.status, answer.fields, answer.body.span)
        guard phase == .head else { return server.giveBack(assembly) }
        assembly.startBody(
            bytesMax: bytesMax, length: length, keeping: false, now: server.loop.now, limits: server.limits)
        self.assembly = assembly
        phase = .discarding
    }

    private func takeBody(_ bytes: Span<UInt8>, from start: inout Int) {
        guard let assembly else { return lose() }
        let isDiscarding = phase == .discarding
        switch assembly.takeBody(bytes, from: &start, keeping: !isDiscarding) {
        case .needsMore: break
        case .complete:
            self.assembly = nil
            if isDiscarding {
                server.giveBack(assembly)
                phase = .head
            } else {
                // Taken out: the object serves others as soon as the handler is done.
                var body: [UInt8] = []
                swap(&body, &assembly.body)
                handOn(assembly, body.span)
            }
        case .failed(let fault):
            dropAssembly()
            // The request is answered already.
            if isDiscarding { closeWhenWritten(lingering: true) } else { refuse(fault) }
        }
    }

    private func handOn(_ assembly: PartialRequest, _ body: Span<UInt8>) {
        serial &+= 1
        phase = .handling
        server.events.request(assembly.head, body, ResponseWriter(self, serial: serial))
        server.giveBack(assembly)
    }

    func dropAssembly() {
        guard let assembly else { return }
        self.assembly = nil
        server.giveBack(assembly)
    }
}
