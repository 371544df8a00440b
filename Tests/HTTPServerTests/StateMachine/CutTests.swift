import HTTPTypes
import HTTPServer

import Testing

/// A connection's bytes are the same requests wherever they are cut.
struct CutTests {
    static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    static let inputs = [
        get, get + get, "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get,
        "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + get,
        "GET /a HTTP/1.0\r\n\r\n" + get, "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get,
        "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + get,
        "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello" + get,
        "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nhel\r\n2\r\nlo\r\n0\r\nT: x\r\n\r\n"
            + get,
        "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\nx\r\n" + get,
        "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello!\r\n6\r\nhello!\r\n0\r\n\r\n"
            + get,
        "POST /no HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + get,
        "POST /no HTTP/1.1\r\nHost: h\r\nContent-Length: 21\r\n\r\nhello" + get,
        "POST /no HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + get,
        "POST /no HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nx\r\n" + get,
        "GET /a HTTP/1.1\r\nHost : h\r\n\r\n" + get, "\r\n\r\n" + get, "{}\r\n", "GET /a HTTP/2.0\r\n\r\n",
    ]

    @Test("cut anywhere, or byte by byte", arguments: inputs)
    func cut(input: String) {
        let bytes = Array(input.utf8)
        let whole = Reader.events(of: [bytes])
        for cut in 1..<bytes.count {
            #expect(Reader.events(of: [Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(Reader.events(of: bytes.map { [$0] }) == whole)
    }

    @Test("what the inputs are")
    func whole() {
        func events(_ place: Int) -> [String] { Reader.events(of: [Array(Self.inputs[place].utf8)]) }
        let get = ["get /a ", "response"]
        #expect(events(1) == get + get)
        #expect(events(2) == ["head /a ", "response without body"] + get)
        #expect(events(3) == ["get /a ", "last response", "end"])
        #expect(events(4) == ["get /a ", "last response", "end"])
        #expect(events(5) == get + get)
        #expect(events(6) == ["post /b hello", "response"] + get)
        #expect(events(7) == ["refused 413", "last response", "rest is read"])
        #expect(events(8) == ["post /b hello", "response"] + get)
        #expect(events(9) == ["refused 400", "last response", "rest is read"])
        #expect(events(10) == ["refused 413", "last response", "rest is read"])
        #expect(events(11) == ["response"] + get)
        #expect(events(12) == ["last response", "rest is read"])
        #expect(events(13) == ["response"] + get)
        #expect(events(14) == ["response", "rest is read"])
        #expect(events(15) == ["refused 400", "last response", "rest is read"])
        #expect(events(16) == get)
        #expect(events(17) == ["refused 400", "last response", "rest is read"])
        #expect(events(18) == ["refused 505", "last response", "rest is read"])
    }
}

/// Tells a state machine of bytes, and notes what it says: HTTPConnection's part without a socket.
private struct Reader: ~Copyable {
    private static let bodyBytesMax = 10
    private static let limits: HTTPServerLimits = {
        var limits = HTTPServerLimits()
        limits.discardedBytesMax = 20
        return limits
    }()

    private static let shared = SharedLimits(limits)

    private var machine = HTTPConnectionStateMachine(limits: Self.shared)
    private var events: [String] = []
    private var kept: [UInt8] = []
    private var parser = HeadParser(limits: limits, catalog: FieldCatalog())
    private var head = RequestHead()
    private var left = 0
    private var decoder: ChunkedDecoder?
    private var body: [UInt8] = []

    static func events(of pieces: [[UInt8]]) -> [String] {
        var reader = Reader()
        for piece in pieces where reader.machine.bytesReceived() == .take {
            reader.kept += piece
            while !reader.kept.isEmpty, reader.step() {}
            reader.settle()
        }
        return reader.events
    }

    private mutating func settle() {
        switch machine.outputDrained(now: Scene.start) {
        case .none: break
        case .endOutput: events.append("rest is read")
        case .close: events.append("end")
        }
        _ = machine.settled(queuedBytes: 0, now: Scene.start)
    }

    /// Returns whether there may be more to do with the bytes at hand.
    private mutating func step() -> Bool {
        switch machine.bytesAvailable(queuedBytes: 0, wasFlushed: false) {
        case .parseHead: return takeHead()
        case .takeBody(let keeps): return takeBody(keeping: keeps)
        case .flush, .keep: return false
        case .drop:
            kept = []
            return false
        }
    }

    private mutating func takeHead() -> Bool {
        let bytes = kept
        switch parser.parse(bytes.span, into: head) {
        case .needsMore:
            machine.headBegan(now: Scene.start)
            return false
        case .failed(let fault): find(fault)
        case .complete(let count):
            kept.removeFirst(count)
            decide()
            head = RequestHead()
            parser.reset()
        }
        return true
    }

    private mutating func decide() {
        let isChunked = head.has(.transferEncoding)
        let closes = head.minorVersion == 0 ? !head.has(.connection) : head.has(.connection)
        machine.headEnded(
            Exchange(
                isHead: head.method == .head, isOldVersion: head.minorVersion == 0,
                persistence: closes ? .close(lingering: false) : .keep))
        let length = Int64(head.value(of: .contentLength) ?? "0") ?? 0
        let line = "\(head.method) \(head.path) "
        body = Array(line.utf8)
        if head.path == "/no" {
            let action = machine.bodyUnwanted(
                isChunked ? .chunked : .known(length), awaitsContinue: false, now: Scene.start)
            if case .respondAndDiscard(let length) = action {
                begin(length, isChunked, bytesMax: Self.limits.discardedBytesMax)
            }
            return respond()
        }
        let action = machine.bodyAccepted(
            isChunked ? .chunked : .known(length), bytesMax: Self.bodyBytesMax, bytesAtHand: kept.count,
            awaitsContinue: false, now: Scene.start)
        switch action {
        case .none: break
        case .refuse(let fault): refuse(fault)
        case .handOn(let count):
            body += kept.prefix(count)
            kept.removeFirst(count)
            handOn()
        case .readBody(let length, _): begin(length, isChunked, bytesMax: Self.bodyBytesMax)
        }
    }

    private mutating func begin(_ length: Int, _ isChunked: Bool, bytesMax: Int) {
        left = length
        decoder = isChunked ? ChunkedDecoder(bodyBytesMax: bytesMax, limits: Self.limits) : nil
    }

    private mutating func takeBody(keeping keeps: Bool) -> Bool {
        var count = min(left, kept.count)
        var progress = ChunkedDecoder.Progress.needsMore
        var decoded = Array(kept.prefix(count))
        if decoder != nil {
            decoded = []
            count = 0
            let bytes = kept
            progress = decoder?.decode(bytes.span, from: &count, into: &decoded) ?? .needsMore
        } else {
            left -= count
            if left == 0 { progress = .complete }
        }
        if keeps { body += decoded }
        kept.removeFirst(count)
        switch progress {
        case .needsMore: machine.bodyBytesTaken(count)
        case .failed(let fault): find(fault)
        case .complete: if machine.bodyEnded() == .handOn { handOn() }
        }
        return true
    }

    private mutating func handOn() {
        events.append(String(decoding: body, as: UTF8.self))
        respond()
    }

    private mutating func find(_ fault: RequestFault) {
        if case .refuse(let fault) = machine.faultFound(fault) { refuse(fault) }
    }

    private mutating func refuse(_ fault: RequestFault) {
        events.append("refused \(fault.status)")
        respond()
    }

    private mutating func respond() {
        guard case .send(let exchange, let withBody) = machine.responseGiven(allowsBody: true) else { return }
        events.append(
            (exchange.persistence == .keep ? "" : "last ") + "response" + (withBody ? "" : " without body"))
    }
}
