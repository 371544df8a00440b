import Bytes
import System

/// What a connection holds while a request comes in, and only then. Most requests come whole and share one object.
final class PartialRequest {
    let head = RequestHead()
    var parser: HeadParser
    var body: [UInt8] = []
    var framing = Framing.none

    enum Framing {
        case none
        case length(left: Int)
        case chunked(ChunkedDecoder)
    }

    init(_ parser: HeadParser) {
        self.parser = parser
    }

    func reset() {
        head.reset()
        parser.reset()
        if body.capacity > HTTPParserLimits.keptCapacityMax { body = [] } else { body.removeAll(keepingCapacity: true) }
        framing = .none
    }

    /// Prepares for a body of which the head has told.
    func startBody(bytesMax: Int, length: Int, keeping keeps: Bool, limits: HTTPServerLimits) {
        if head.framing.isChunked {
            framing = .chunked(ChunkedDecoder(bodyBytesMax: bytesMax, limits: limits))
        } else {
            framing = .length(left: length)
            if keeps { body.reserveCapacity(min(length, HTTPParserLimits.bodyReserveMax)) }
        }
    }

    /// Takes body bytes from `start` on, which moves to the first byte that was not taken.
    func takeBody(_ bytes: Span<UInt8>, from start: inout Int, keeping keeps: Bool) -> ChunkedDecoder.Progress {
        switch framing {
        case .none: return .complete
        case .length(let left):
            let count = min(left, bytes.count - start)
            if keeps { body.append(copying: bytes.extracting(start..<(start + count))) }
            start += count
            framing = .length(left: left - count)
            return count == left ? .complete : .needsMore
        case .chunked(var decoder):
            framing = .none
            let progress = decoder.decode(bytes, from: &start, into: &body)
            // Each connection whose request was refused would hold the room, and nobody has shown a token there.
            if !keeps { body = [] }
            framing = .chunked(decoder)
            return progress
        }
    }
}
