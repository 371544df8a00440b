import Bytes
package import System

/// Names a session: 128 random bits, 32 hexadecimal digits on the wire.
package struct SessionID: Hashable {
    private let high: UInt64
    private let low: UInt64

    /// Nobody can guess it (2025-11-25, basic/transports, Session Management).
    package init() throws(SystemError) {
        var halves: (UInt64, UInt64) = (0, 0)
        for byte in try SystemRandom.bytes(count: 8) { halves.0 = halves.0 << 8 | UInt64(byte) }
        for byte in try SystemRandom.bytes(count: 8) { halves.1 = halves.1 << 8 | UInt64(byte) }
        (high, low) = halves
    }

    /// Nil for what no server of ours made.
    package init?(_ text: Span<UInt8>) {
        guard text.count == MCPHTTPLimits.sessionIDLength else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for index in text.indices {
            guard let digit = text[index].hexDigitValue, !text[index].isASCIIUppercase else { return nil }
            if index < MCPHTTPLimits.sessionIDLength / 2 {
                halves.0 = halves.0 << 4 | UInt64(digit)
            } else {
                halves.1 = halves.1 << 4 | UInt64(digit)
            }
        }
        (high, low) = halves
    }

    package var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(MCPHTTPLimits.sessionIDLength)
        for half in [high, low] { bytes.append(hex: half, width: MCPHTTPLimits.sessionIDLength / 2) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
