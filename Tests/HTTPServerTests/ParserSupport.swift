import HTTPServer

/// What parsing a head came to, in words that tests compare.
enum HeadOutcome: Equatable, CustomStringConvertible {
    case needsMore
    case complete(bytes: Int, summary: String)
    case failed(RequestFault)

    var description: String {
        switch self {
        case .needsMore: "needs more"
        case .complete(let bytes, let summary): "complete after \(bytes): \(summary)"
        case .failed(let fault): "failed: \(fault)"
        }
    }
}

struct HeadBench {
    var limits = HTTPServerLimits()
    var catalog = FieldCatalog()

    /// Parses with the bytes arriving up to each of `cuts`, and then whole.
    func parse(_ text: [UInt8], cuts: [Int] = []) -> HeadOutcome {
        var parser = HeadParser(limits: limits, catalog: catalog)
        let head = RequestHead()
        for end in cuts + [text.count] {
            switch parser.parse(text.span.extracting(first: end), into: head) {
            case .needsMore: continue
            case .complete(let bytes): return .complete(bytes: bytes, summary: Self.summary(head))
            case .failed(let fault): return .failed(fault)
            }
        }
        return .needsMore
    }

    func parse(_ text: String) -> HeadOutcome { parse(Array(text.utf8)) }

    private static func summary(_ head: RequestHead) -> String {
        var parts = ["\(head.method) \(head.path)", "1.\(head.minorVersion)", head.authority]
        if let query = head.query { parts.append("?" + query) }
        head.forEachField { name, value in
            parts.append(text(name) + "=" + text(value))
        }
        return parts.joined(separator: "|")
    }

    private static func text(_ span: Span<UInt8>) -> String {
        span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}

/// What decoding a chunked body came to: the body, how many bytes were used, and how it ended.
struct ChunkedOutcome: Equatable {
    var body: String
    var used: Int
    var progress: ChunkedDecoder.Progress

    init(_ text: String, cuts: [Int] = [], bodyBytesMax: Int = 100, limits: HTTPServerLimits = HTTPServerLimits()) {
        let bytes = Array(text.utf8)
        var decoder = ChunkedDecoder(bodyBytesMax: bodyBytesMax, limits: limits)
        var collected: [UInt8] = []
        var used = 0
        progress = .needsMore
        for end in cuts + [bytes.count] where progress == .needsMore {
            progress = decoder.decode(bytes.span.extracting(first: end), from: &used, into: &collected)
        }
        body = String(decoding: collected, as: UTF8.self)
        self.used = used
    }
}
