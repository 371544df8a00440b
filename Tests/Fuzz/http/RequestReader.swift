import HTTPServer
import HTTPTypes

/// Reads the requests of one connection with the parsers of HTTPServer, as that does but without a socket. All that the
/// target uses of the module is in this file.
struct RequestReader {
    enum Event: Equatable {
        case head(method: HTTPMethod, path: String, query: String?, authority: String, fields: [[UInt8]])
        case body([UInt8])
        case fault(RequestFault)
    }

    private enum State {
        case head(HeadParser, RequestHead)
        case length(left: Int)
        case chunked(ChunkedDecoder)
        case failed
    }

    private static let bodyBytesMax = 4096
    private static let limits: HTTPServerLimits = {
        var limits = HTTPServerLimits()
        // So near that inputs of a fuzzer reach them.
        limits.requestLineBytesMax = 256
        limits.headBytesMax = 1024
        limits.fieldsMax = 8
        limits.chunkExtensionBytesMax = 64
        limits.trailerBytesMax = 128
        return limits
    }()

    private(set) var events: [Event] = []
    private var state = RequestReader.freshHead()
    /// Of the head: what came so far. Of a body: nothing.
    private var kept: [UInt8] = []
    private var body: [UInt8] = []

    mutating func receive(_ piece: [UInt8]) {
        kept += piece
        while !kept.isEmpty, step() {}
    }

    private static func freshHead() -> State {
        .head(HeadParser(limits: limits, catalog: FieldCatalog()), RequestHead())
    }

    /// Returns whether there may be more to do with the bytes at hand.
    private mutating func step() -> Bool {
        switch state {
        case .head(var parser, let head):
            switch parser.parse(kept.span, into: head) {
            case .needsMore:
                state = .head(parser, head)
                require(kept.count <= Self.limits.headBytesMax + 16, "an unfinished head is bounded")
                return false
            case .complete(let count):
                require((1...kept.count).contains(count), "a head is inside the bytes")
                kept.removeFirst(count)
                noteHead(head)
                return true
            case .failed(let fault): return fail(fault)
            }
        case .length(let left):
            let count = min(left, kept.count)
            body += kept.prefix(count)
            kept.removeFirst(count)
            state = .length(left: left - count)
            if count == left { endBody() }
            return count == left
        case .chunked(var decoder):
            var start = 0
            var body = self.body
            let progress = decoder.decode(kept.span, from: &start, into: &body)
            self.body = body
            require(body.count <= Self.bodyBytesMax, "a body is bounded")
            require((0...kept.count).contains(start), "a decoder stays inside the bytes")
            kept.removeFirst(start)
            switch progress {
            case .needsMore:
                require(kept.isEmpty, "a decoder takes all that it can")
                state = .chunked(decoder)
                return false
            case .complete:
                endBody()
                return true
            case .failed(let fault): return fail(fault)
            }
        case .failed:
            kept = []
            return false
        }
    }

    private mutating func noteHead(_ head: RequestHead) {
        var fields: [[UInt8]] = []
        head.forEachField { name, value in
            fields.append(name.indices.map { name[$0] })
            fields.append(value.indices.map { value[$0] })
        }
        events.append(
            .head(
                method: head.method, path: head.path, query: head.query, authority: head.authority, fields: fields))
        if head.has(.transferEncoding) {
            state = .chunked(ChunkedDecoder(bodyBytesMax: Self.bodyBytesMax, limits: Self.limits))
        } else if let text = head.value(of: .contentLength) {
            // The parser has refused all but digits; lists of one same number are its own business.
            guard let length = Int(text), length <= Self.bodyBytesMax else { return state = .failed }
            state = length == 0 ? Self.freshHead() : .length(left: length)
        } else {
            state = Self.freshHead()
        }
    }

    private mutating func endBody() {
        events.append(.body(body))
        body = []
        state = Self.freshHead()
    }

    private mutating func fail(_ fault: RequestFault) -> Bool {
        require((400...599).contains(fault.status), "a fault has an HTTP status of its kind")
        events.append(.fault(fault))
        state = .failed
        return true
    }
}
