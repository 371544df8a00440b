/// Cuts a stream of bytes into lines (2026-07-28, basic/transports/stdio: one message a line). It holds the bytes of
/// one unfinished line and never more than its limit.
package struct LineSplitter {
    private enum State {
        /// The line so far.
        case collecting([UInt8])
        /// The line has passed the limit; what is left of it is dropped.
        case dropping
    }

    private var state = State.collecting([])
    private let lineBytesMax: Int

    /// - Parameter lineBytesMax: the longest line that is passed on, its end not counted.
    package init(lineBytesMax: Int) { self.lineBytesMax = lineBytesMax }

    /// Takes the next bytes and hands on each line that they end, without its line feed and a carriage return before
    /// it. Blank lines are passed over. Nil stands for a line that was too long.
    package mutating func split(_ bytes: Span<UInt8>, onLine: (Span<UInt8>?) -> Void) {
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            endLine(bytes.extracting(start..<index), onLine)
            start = index + 1
        }
        buffer(bytes.extracting(start..<bytes.count))
    }

    /// Takes the end of the stream: a last line may lack its line feed.
    package mutating func takeEnd(onLine: (Span<UInt8>?) -> Void) {
        endLine(Span(), onLine)
    }

    private mutating func endLine(_ tail: Span<UInt8>, _ onLine: (Span<UInt8>?) -> Void) {
        // A line that came whole, as most do, is passed on where it lies.
        if case .collecting(let head) = state, head.isEmpty {
            emit(tail, onLine)
            return
        }
        buffer(tail)
        switch state {
        case .collecting(let line): emit(line.span, onLine)
        case .dropping: onLine(nil)
        }
        state = .collecting([])
    }

    private func emit(_ line: Span<UInt8>, _ onLine: (Span<UInt8>?) -> Void) {
        let count = line.count
        guard count > 0 else { return }
        let text = line[count - 1] == UInt8(ascii: "\r") ? line.extracting(first: count - 1) : line
        if text.count > lineBytesMax { onLine(nil) } else if !isBlank(text) { onLine(text) }
    }

    private func isBlank(_ line: Span<UInt8>) -> Bool {
        line.indices.allSatisfy { line[$0] == UInt8(ascii: " ") || line[$0] == UInt8(ascii: "\t") }
    }

    private mutating func buffer(_ bytes: Span<UInt8>) {
        guard bytes.count > 0, case .collecting(var line) = state else { return }
        // A carriage return at the end does not count.
        guard line.count + bytes.count <= lineBytesMax + 1 else {
            state = .dropping
            return
        }
        state = .dropping
        for index in bytes.indices { line.append(bytes[index]) }
        state = .collecting(line)
    }
}
