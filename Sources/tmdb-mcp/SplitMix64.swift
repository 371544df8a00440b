import System

/// Numbers that nobody needs to guess, from one seed (SplitMix64).
final class SplitMix64 {
    private var state: UInt64 = UInt64(bitPattern: Instant.readClock().nanoseconds)

    init() {
        // The clock alone would be the same for servers that start together.
        guard let bytes = try? SystemRandom.bytes(count: 8) else { return }
        for byte in bytes { state = state << 8 ^ UInt64(byte) }
    }

    /// At least 0, below 1.
    func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Double(mixed >> 11) / 0x1p53
    }
}
