import HTTPTypes
import Bytes

/// Takes the framing off a chunked body (RFC 9112 section 7.1), refusing what it does not allow. Extensions and
/// trailers are checked, bounded and dropped. No I/O.
package struct ChunkedDecoder {
    package enum Progress: Equatable {
        case needsMore
        /// The body has ended. What follows belongs to the next request.
        case complete
        case failed(RequestFault)
    }

    private enum State {
        case size(digits: Int, value: Int)
        case extensions(size: Int)
        case sizeLineFeed(size: Int)
        case data(left: Int)
        case dataCarriageReturn
        case dataLineFeed
        case trailerStart
        case trailerName
        case trailerValue
        case trailerLineFeed
        case lastLineFeed
        case complete
    }

    private var state = State.size(digits: 0, value: 0)
    private var bodyBytes = 0
    private var extensionBytes = 0
    private var trailerBytes = 0
    private let bodyBytesMax: Int
    private let extensionBytesMax: Int
    private let trailerBytesMax: Int

    package init(bodyBytesMax: Int, limits: HTTPServerLimits) {
        self.bodyBytesMax = bodyBytesMax
        extensionBytesMax = limits.chunkExtensionBytesMax
        trailerBytesMax = limits.trailerBytesMax
    }

    /// Appends the body's bytes to `body`, from `start` on, which moves to the first byte that was not taken.
    package mutating func decode(_ bytes: Span<UInt8>, from start: inout Int, into body: inout [UInt8]) -> Progress {
        while start < bytes.count {
            if case .data(let left) = state {
                let count = min(left, bytes.count - start)
                body.append(copying: bytes.extracting(start..<(start + count)))
                start += count
                state = count == left ? .dataCarriageReturn : .data(left: left - count)
                continue
            }
            if let fault = decode(bytes[start]) { return .failed(fault) }
            start += 1
            if case .complete = state { return .complete }
        }
        return .needsMore
    }

    private mutating func decode(_ byte: UInt8) -> RequestFault? {
        switch state {
        case .size(let digits, let value): return takeSize(byte, digits, value)
        case .extensions(let size): return takeExtension(byte, size)
        case .sizeLineFeed(let size):
            return expect(ByteClass.lineFeed, byte, .chunk, then: size == 0 ? .trailerStart : .data(left: size))
        case .dataCarriageReturn: return expect(ByteClass.carriageReturn, byte, .chunk, then: .dataLineFeed)
        case .dataLineFeed: return expect(ByteClass.lineFeed, byte, .chunk, then: .size(digits: 0, value: 0))
        case .trailerStart, .trailerName, .trailerValue: return takeTrailer(byte)
        case .trailerLineFeed: return expect(ByteClass.lineFeed, byte, .trailer, then: .trailerStart)
        case .lastLineFeed: return expect(ByteClass.lineFeed, byte, .trailer, then: .complete)
        // Both take no single byte: nothing may call for one.
        case .data, .complete: return .malformed(.chunk)
        }
    }

    private mutating func expect(
        _ wanted: UInt8, _ byte: UInt8, _ flaw: RequestFault.Flaw, then next: State
    ) -> RequestFault? {
        guard byte == wanted else { return .malformed(flaw) }
        state = next
        return nil
    }

    private mutating func takeSize(_ byte: UInt8, _ digits: Int, _ value: Int) -> RequestFault? {
        if let digit = byte.hexDigitValue {
            guard digits < HTTPParserLimits.chunkSizeDigitsMax else { return .malformed(.chunk) }
            // Never more than sixteen times the limit: a larger size is refused at its first digit beyond.
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 16)
            let (size, carried) = shifted.addingReportingOverflow(Int(digit))
            guard !overflow, !carried, size <= bodyBytesMax - bodyBytes else {
                return .bodyTooLarge(bytesMax: bodyBytesMax)
            }
            state = .size(digits: digits + 1, value: size)
            return nil
        }
        guard digits > 0 else { return .malformed(.chunk) }
        bodyBytes += value
        switch byte {
        case ByteClass.carriageReturn: state = .sizeLineFeed(size: value)
        case UInt8(ascii: ";"): state = .extensions(size: value)
        // Whitespace here are allowed to be read, never to be sent (section 7.1.1): nobody sends them honestly.
        default: return .malformed(.chunk)
        }
        return nil
    }

    private mutating func takeExtension(_ byte: UInt8, _ size: Int) -> RequestFault? {
        if byte == ByteClass.carriageReturn {
            state = .sizeLineFeed(size: size)
            return nil
        }
        extensionBytes += 1
        guard ByteClass.isValue(byte), extensionBytes <= extensionBytesMax else { return .malformed(.chunk) }
        return nil
    }

    private mutating func takeTrailer(_ byte: UInt8) -> RequestFault? {
        trailerBytes += 1
        guard trailerBytes <= trailerBytesMax else { return .trailersTooLarge(bytesMax: trailerBytesMax) }
        switch state {
        case .trailerStart where byte == ByteClass.carriageReturn: state = .lastLineFeed
        case .trailerStart where ByteClass.isToken(byte): state = .trailerName
        case .trailerName where byte == UInt8(ascii: ":"): state = .trailerValue
        case .trailerName where ByteClass.isToken(byte): break
        case .trailerValue where byte == ByteClass.carriageReturn: state = .trailerLineFeed
        case .trailerValue where ByteClass.isValue(byte): break
        default: return .malformed(.trailer)
        }
        return nil
    }
}
