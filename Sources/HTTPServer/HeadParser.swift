import HTTPTypes
import Bytes

/// Reads a request's head line by line (RFC 9112 sections 2 to 5), refusing what it does not allow. No I/O: the caller
/// keeps the bytes until the head is complete, and calls with all of them again when more have come. Each line is
/// looked at once, so a head that comes byte by byte costs no more than one that comes whole.
package struct HeadParser {
    package enum Progress: Equatable {
        case needsMore
        /// The head takes so many of the bytes, empty lines before it included.
        case complete(bytes: Int)
        case failed(RequestFault)
    }

    private let limits: HTTPServerLimits
    private let catalog: FieldCatalog
    /// Where the line begins that has no end yet.
    private var lineStart = 0
    /// No line feed stands between `lineStart` and here.
    private var scanned = 0
    private var emptyLines = 0
    private var hasRequestLine = false

    package init(limits: HTTPServerLimits, catalog: FieldCatalog) {
        self.limits = limits
        self.catalog = catalog
    }

    /// Begins another head.
    package mutating func reset() {
        lineStart = 0
        scanned = 0
        emptyLines = 0
        hasRequestLine = false
    }

    /// - Parameter bytes: the head from its first byte on, as far as it has come, and whatever follows it.
    /// - Parameter head: the same object until the head is complete; reset by the caller before its first byte.
    package mutating func parse(_ bytes: Span<UInt8>, into head: RequestHead) -> Progress {
        while true {
            // Told at once: a client that speaks TLS, say, may never send a line feed.
            if !hasRequestLine, lineStart < bytes.count, !Self.mayBeginRequest(bytes[lineStart]) {
                return .failed(.malformed(bytes[lineStart] == ByteClass.lineFeed ? .lineEnd : .requestLine))
            }
            guard let lineFeed = bytes.firstIndex(of: ByteClass.lineFeed, from: scanned) else {
                scanned = bytes.count
                return sizeFault(unfinished: bytes.count).map { .failed($0) } ?? .needsMore
            }
            scanned = lineFeed + 1
            if let fault = sizeFault(lineFeed: lineFeed) { return .failed(fault) }
            guard lineFeed > lineStart, bytes[lineFeed - 1] == ByteClass.carriageReturn else {
                return .failed(.malformed(.lineEnd))
            }
            let line = lineStart..<(lineFeed - 1)
            lineStart = lineFeed + 1
            if line.isEmpty && hasRequestLine {
                if let fault = checkWhole(head) { return .failed(fault) }
                head.bytes.append(copying: bytes.extracting(first: lineStart))
                return .complete(bytes: lineStart)
            }
            if let fault = parseLine(line, bytes, head) { return .failed(fault) }
        }
    }

    private mutating func parseLine(_ line: Range<Int>, _ bytes: Span<UInt8>, _ head: RequestHead) -> RequestFault? {
        if hasRequestLine { return FieldLineParser.parse(line, bytes, head, catalog, fieldsMax: limits.fieldsMax) }
        if line.isEmpty {
            emptyLines += 1
            return emptyLines > HTTPParserLimits.emptyLinesMax ? .malformed(.requestLine) : nil
        }
        hasRequestLine = true
        return RequestLineParser.parse(line, bytes, head)
    }

    /// The checks that need the whole head.
    private func checkWhole(_ head: RequestHead) -> RequestFault? {
        if head.minorVersion > 0 && !head.framing.hasHost { return .malformed(.missingHost) }
        if head.framing.isChunked {
            // RFC 9112 section 6.1: either may be an attempt to hide a request from a proxy.
            if head.minorVersion == 0 { return .malformed(.transferEncodingInOldVersion) }
            if head.framing.contentLength != nil { return .malformed(.contentLengthWithTransferEncoding) }
        }
        // HTTP/1.0 knows no expectation (RFC 9110 section 10.1.1).
        if head.minorVersion == 0 { head.framing.expectsContinue = false }
        if head.minorVersion > 0 && head.framing.hasUnknownExpectation { return .unknownExpectation }
        return nil
    }

    private func sizeFault(lineFeed: Int) -> RequestFault? {
        // One carriage return before the line feed does not count.
        if !hasRequestLine && lineFeed - lineStart > limits.requestLineBytesMax + 1 { return lineFault }
        return lineFeed >= limits.headBytesMax ? .headTooLarge(bytesMax: limits.headBytesMax) : nil
    }

    private func sizeFault(unfinished count: Int) -> RequestFault? {
        if !hasRequestLine && count - lineStart > limits.requestLineBytesMax + 1 { return lineFault }
        return count >= limits.headBytesMax ? .headTooLarge(bytesMax: limits.headBytesMax) : nil
    }

    private var lineFault: RequestFault { .requestLineTooLong(bytesMax: limits.requestLineBytesMax) }

    private static func mayBeginRequest(_ byte: UInt8) -> Bool {
        ByteClass.isToken(byte) || byte == ByteClass.carriageReturn
    }
}
