import Bytes

/// Where a request belongs in a trace (W3C Trace Context, `traceparent`), as clients say in `_meta` (2026-07-28,
/// basic/index, `_meta`).
public struct TraceParent: Equatable, Sendable {
    /// "00-", 32 digits of the trace, "-", 16 of the span, "-", 2 of the flags.
    public let text: String

    /// Nil unless the text has that form: what a client makes up goes no further.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count == 55 else { return nil }
        for (index, byte) in bytes.enumerated() {
            switch index {
            case 0, 1: guard byte == UInt8(ascii: "0") else { return nil }
            case 2, 35, 52: guard byte == UInt8(ascii: "-") else { return nil }
            default: guard byte.isHexDigit, !byte.isASCIIUppercase else { return nil }
            }
        }
        let zero = UInt8(ascii: "0")
        // All zeros name no trace and no span.
        guard bytes.dropFirst(3).prefix(32).contains(where: { $0 != zero }),
            bytes.dropFirst(36).prefix(16).contains(where: { $0 != zero })
        else { return nil }
        self.text = text
    }

    /// 32 hexadecimal digits, the same for all of a trace.
    public var traceID: Substring { text.dropFirst(3).prefix(32) }
}
