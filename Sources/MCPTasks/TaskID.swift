import Bytes

/// Names a task: 128 random bits, 32 hexadecimal digits on the wire. Nobody can guess it, since for clients without a
/// credential of their own it is what opens the task (Tasks, Security Considerations).
package struct TaskID: Hashable {
    package static let byteCount = 16

    private let high: UInt64
    private let low: UInt64

    /// Nil unless there are `byteCount` bytes.
    package init?(random bytes: [UInt8]) {
        guard bytes.count == TaskID.byteCount else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Nil for what is none of ours.
    package init?(_ text: String) {
        var bytes: [UInt8] = []
        var first: UInt8?
        for byte in text.utf8 {
            guard let digit = byte.hexDigitValue, !byte.isASCIIUppercase, bytes.count < TaskID.byteCount else {
                return nil
            }
            if let high = first {
                bytes.append(high << 4 | digit)
                first = nil
            } else {
                first = digit
            }
        }
        guard first == nil else { return nil }
        self.init(random: bytes)
    }

    package var text: String {
        var bytes: [UInt8] = []
        for half in [high, low] { bytes.append(hex: half, width: TaskID.byteCount) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
