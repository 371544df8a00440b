/// Bytes that wait to be written, in order.
package struct OutputQueue {
    private var bytes: [UInt8] = []
    private var written = 0

    package init() {}

    /// How many bytes wait.
    package var count: Int { bytes.count - written }

    package var isEmpty: Bool { count == 0 }

    /// The next bytes to write, at most `limit`.
    @_lifetime(borrow self)
    package borrowing func front(_ limit: Int) -> Span<UInt8> {
        bytes.span.extracting(written..<(written + min(limit, count)))
    }

    /// Makes room for another message: `body` appends it.
    package mutating func append(_ body: (inout [UInt8]) -> Void) { body(&bytes) }

    /// Takes the first bytes away, which were written.
    package mutating func remove(_ number: Int) {
        written += min(number, count)
        if written == bytes.count {
            // A burst's memory is given back, a small buffer is kept for the next message.
            if bytes.capacity > StdioLimits.idleBytesMax { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
            written = 0
        } else if written > StdioLimits.idleBytesMax && written > bytes.count / 2 {
            bytes.removeFirst(written)
            written = 0
        }
    }
}
