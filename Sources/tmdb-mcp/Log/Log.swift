import Configuration
import EventLoop
import System

/// What the server tells those who run it, on standard error: one line each.
///
/// Nothing here waits or ends the server: lines that nobody takes are dropped and counted.
final class Log {
    /// Bytes that wait for a reader. At 200 bytes a request they hold the last thousand.
    private static let pendingBytesMax = 256 * 1024
    /// How soon lines that nobody took are tried again: when some were taken, the reader is there and will have room.
    private static let retryTime = TimeSpan.seconds(1)
    private static let soonTime = TimeSpan.milliseconds(10)

    private let level: LogLevel
    private let isText: Bool
    private let loop: EventLoop
    private var pending: [UInt8] = []
    private var dropped: Int64 = 0
    private var isFlushPlanned = false

    /// - Parameter leastLevel: what is below is left out, whatever the settings say.
    init(_ configuration: Configuration, _ loop: EventLoop, leastLevel: LogLevel = .debug) {
        let set = configuration.loggingLevel
        level = set.rawValue < leastLevel.rawValue ? leastLevel : set
        isText =
            switch configuration.loggingFormat {
            case .text: true
            case .json: false
            case .auto: CurrentProcess.isTerminal(CurrentProcess.standardError)
            }
        self.loop = loop
    }

    func writes(_ level: LogLevel) -> Bool { level.rawValue >= self.level.rawValue }

    /// Writes a line of words alone, now.
    func write(_ level: LogLevel, _ message: String) {
        guard writes(level) else { return }
        writeNow(line(level, message))
    }

    /// Writes a line now.
    func writeNow(_ line: consuming LogLine) {
        append(line)
        flush()
    }

    func line(_ level: LogLevel, _ message: String) -> LogLine {
        LogLine(level, message, at: CalendarClock.nanosecondsSince1970(), isText: isText)
    }

    /// Writes a line at the end of the loop's turn, together with others.
    func writeLater(_ line: consuming LogLine) {
        append(line)
        guard !isFlushPlanned else { return }
        isFlushPlanned = true
        loop.atEndOfTurn { [self] in
            isFlushPlanned = false
            flush()
        }
    }

    /// Writes what waits, as far as it is taken.
    func flush() {
        var rest = pending[...]
        let waiting = rest.count
        do throws(SystemError) {
            while !rest.isEmpty {
                let piece = Log.wholeLines(rest)
                guard
                    case .bytes(let count) = try NonblockingWriter.write(
                        CurrentProcess.standardError, Array(piece).span)
                else { break }
                rest = rest.dropFirst(count)
            }
        } catch {
            // The reader has disconnected, or its disk is full.
            for byte in rest where byte == UInt8(ascii: "\n") { dropped += 1 }
            rest = []
        }
        if rest.isEmpty { pending.removeAll(keepingCapacity: true) } else { pending = Array(rest) }
        if !pending.isEmpty, !isFlushPlanned {
            isFlushPlanned = true
            loop.schedule(after: pending.count < waiting ? Log.soonTime : Log.retryTime) { [self] in
                isFlushPlanned = false
                flush()
            }
        }
    }

    private func append(_ line: consuming LogLine) {
        if dropped > 0, pending.count < Log.pendingBytesMax / 2 {
            var note = self.line(.warn, "log lines were dropped, since nobody took them")
            note.add("count", dropped)
            dropped = 0
            pending += note.finished()
        }
        let bytes = line.finished()
        if pending.count + bytes.count <= Log.pendingBytesMax { pending += bytes } else { dropped += 1 }
    }

    /// As many lines as are taken at once; the front of the first when it is longer.
    private static func wholeLines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.count > NonblockingWriter.pieceBytesMax else { return bytes }
        let piece = bytes.prefix(NonblockingWriter.pieceBytesMax)
        guard let end = piece.lastIndex(of: UInt8(ascii: "\n")) else { return piece }
        return piece[...end]
    }
}
