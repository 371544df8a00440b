import Bytes
import Configuration

/// One line of the log, built field by field: JSON, or text for a terminal.
struct LogLine {
    private(set) var bytes: [UInt8] = []
    private let isText: Bool

    /// - Parameter nanoseconds: since the beginning of 1970.
    init(_ level: LogLevel, _ message: String, at nanoseconds: Int64, isText: Bool) {
        self.isText = isText
        bytes.reserveCapacity(256)
        if isText {
            LogTime.write(nanoseconds, withDate: false, into: &bytes)
            bytes.append(UInt8(ascii: " "))
            bytes += level.name.padded(to: 5).utf8
            bytes.append(UInt8(ascii: " "))
            LogText.write(message, quotes: false, into: &bytes)
        } else {
            bytes += "{\"time\":\"".utf8
            LogTime.write(nanoseconds, withDate: true, into: &bytes)
            bytes += "\",\"level\":\"".utf8
            bytes += level.name.utf8
            bytes += "\",\"msg\":".utf8
            LogText.write(message, quotes: true, into: &bytes)
        }
    }

    mutating func add(_ name: String, _ text: String) {
        begin(name)
        LogText.write(text, quotes: !isText || LogText.needsQuotes(text), into: &bytes)
    }

    mutating func add(_ name: String, _ number: Int64) {
        begin(name)
        bytes += number.description.utf8
    }

    /// Milliseconds to the microsecond.
    mutating func add(_ name: String, millisecondsOf nanoseconds: Int64) {
        begin(name)
        let microseconds = max(nanoseconds, 0) / 1000
        bytes += (microseconds / 1000).description.utf8
        bytes.append(UInt8(ascii: "."))
        bytes.append(decimal: Int(microseconds % 1000), width: 3)
    }

    /// With its end, ready to be written.
    consuming func finished() -> [UInt8] {
        if !isText { bytes.append(UInt8(ascii: "}")) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private mutating func begin(_ name: String) {
        if isText {
            bytes.append(UInt8(ascii: " "))
            bytes += name.utf8
            bytes.append(UInt8(ascii: "="))
        } else {
            bytes += ",\"".utf8
            bytes += name.utf8
            bytes += "\":".utf8
        }
    }
}
