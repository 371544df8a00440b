import HTTPTypes
import EventLoop
import Bytes
import System

extension HTTPConnection {
    /// Reads once and handles what came.
    func read() {
        do throws(SystemError) {
            switch machine.becameReadable() {
            case .none: break
            case .read: try readBytes()
            case .peek:
                switch try socket.peek() {
                case .wouldBlock: break
                case .bytes: machine.bytesPeeked()
                case .end: endInput(machine.inputEnded())
                }
            }
        } catch {
            closeNow()
        }
    }

    private func readBytes() throws(SystemError) {
        switch try socket.read(into: &server.readBuffer) {
        case .wouldBlock: break
        case .end: endInput(machine.inputEnded())
        case .bytes(let count):
            guard machine.bytesReceived() == .take else { return }
            // A handler may have the loop read again: the bytes in hand stay as they are.
            let bytes = server.readBuffer
            receive(bytes.span.extracting(first: count))
        }
    }

    /// The client sends no more. It may still read.
    func endInput(_ action: HTTPConnectionStateMachine.InputEndAction) {
        switch action {
        case .none: break
        case .dropHead:
            dropAssembly()
            input = []
        case .tellOwner:
            let action = onInputEnd
            onInputEnd = nil
            action?()
        case .close(let isAwaited): release(tellingOwner: isAwaited)
        }
    }

    private func receive(_ bytes: Span<UInt8>) {
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
        let bytes = input
        input = []
        let used = consume(bytes.span)
        guard used < bytes.count else { return }
        if used == 0 { input = bytes } else { input.append(copying: bytes.span.extracting(used..<bytes.count)) }
    }

    /// Handles requests until the bytes are used up, one is incomplete, or one is not answered at once. Returns how
    /// many bytes are done with.
    private func consume(_ bytes: Span<UInt8>) -> Int {
        var start = 0
        var wasFlushed = false
        while start < bytes.count {
            switch machine.bytesAvailable(queuedBytes: queuedBytes, wasFlushed: wasFlushed) {
            case .parseHead:
                wasFlushed = false
                guard let used = takeHead(bytes.extracting(start..<bytes.count)) else { return start }
                start += used
            case .takeBody(let keeps): takeBody(bytes, from: &start, keeping: keeps)
            case .flush:
                flush()
                wasFlushed = true
            case .keep: return start
            case .drop: return bytes.count
            }
        }
        return start
    }

    /// Returns how many bytes were taken; nil when the head is incomplete.
    private func takeHead(_ bytes: Span<UInt8>) -> Int? {
        let assembly = self.assembly ?? server.takeAssembly()
        self.assembly = nil
        switch assembly.parser.parse(bytes, into: assembly.head) {
        case .needsMore:
            machine.headBegan(now: server.loop.now)
            self.assembly = assembly
            return nil
        case .failed(let fault):
            server.giveBack(assembly)
            findFault(fault)
            return 0
        case .complete(let count):
            server.counters.requests += 1
            assembly.head.peerAddress = peerAddress
            if server.isDraining { machine.drainBegan() }
            machine.headEnded(Exchange(assembly.head))
            return count + decide(assembly, bytes.extracting(count..<bytes.count))
        }
    }

    /// Asks what becomes of the request; returns how many bytes of the body were taken.
    private func decide(_ assembly: PartialRequest, _ rest: Span<UInt8>) -> Int {
        switch server.events.head(assembly.head) {
        case .accept: return startBody(assembly, rest, bytesMax: server.limits.bodyBytesMax)
        case .acceptBody(let bytesMax): return startBody(assembly, rest, bytesMax: max(bytesMax, 0))
        case .answer(let answer):
            answerEarly(assembly, answer)
            return 0
        }
    }

    private func startBody(_ assembly: PartialRequest, _ rest: Span<UInt8>, bytesMax: Int) -> Int {
        let action = machine.bodyAccepted(
            assembly.head.bodyLength, bytesMax: bytesMax, bytesAtHand: rest.count,
            awaitsContinue: assembly.head.framing.expectsContinue, now: server.loop.now)
        switch action {
        // The user has closed everything.
        case .none: return 0
        case .refuse(let fault):
            server.giveBack(assembly)
            refuse(fault)
            return 0
        case .handOn(let length):
            handOn(assembly, rest.extracting(first: length))
            return length
        case .readBody(let length, let sendsContinue):
            if sendsContinue {
                prepareOutput()
                ResponseHeadEncoder.goOn(into: &output)
            }
            assembly.startBody(bytesMax: bytesMax, length: length, keeping: true, limits: server.limits)
            self.assembly = assembly
            return 0
        }
    }

    /// Answers a request whose body nobody wants.
    private func answerEarly(_ assembly: PartialRequest, _ answer: HTTPResponse) {
        let action = machine.bodyUnwanted(
            assembly.head.bodyLength, awaitsContinue: assembly.head.framing.expectsContinue, now: server.loop.now)
        if case .respondAndDiscard(let length) = action {
            let bytesMax = server.limits.discardedBytesMax
            assembly.startBody(bytesMax: bytesMax, length: length, keeping: false, limits: server.limits)
            self.assembly = assembly
        } else {
            server.giveBack(assembly)
        }
        respond(answer.status, answer.fields, answer.body.span)
    }

    private func takeBody(_ bytes: Span<UInt8>, from start: inout Int, keeping keeps: Bool) {
        guard let assembly else { return closeNow() }
        let before = start
        switch assembly.takeBody(bytes, from: &start, keeping: keeps) {
        case .needsMore: machine.bodyBytesTaken(start - before)
        case .failed(let fault): findFault(fault)
        case .complete:
            self.assembly = nil
            switch machine.bodyEnded() {
            case .drop: server.giveBack(assembly)
            case .handOn:
                // Taken out: the object serves others as soon as the handler is done.
                var body: [UInt8] = []
                swap(&body, &assembly.body)
                handOn(assembly, body.span)
            }
        }
    }

    private func handOn(_ assembly: PartialRequest, _ body: Span<UInt8>) {
        server.events.request(assembly.head, body, ResponseWriter(self, serial: machine.serial))
        server.giveBack(assembly)
    }

    func findFault(_ fault: RequestFault) {
        switch machine.faultFound(fault) {
        case .none: break
        case .refuse(let fault): refuse(fault)
        case .settle:
            dropAssembly()
            settleSoon()
        }
    }

    /// Answers for the server itself.
    func refuse(_ fault: RequestFault) {
        dropAssembly()
        server.counters.faults += 1
        let answer = server.events.refusal(fault, peerAddress)
        respond(answer.status, answer.fields, answer.body.span)
    }

    func dropAssembly() {
        guard let assembly else { return }
        self.assembly = nil
        server.giveBack(assembly)
    }
}
