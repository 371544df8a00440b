/// SipHash-2-4 with 128 bits (Aumasson and Bernstein, 2012): a code of short messages that nobody makes or checks
/// without the key.
package enum SipHash {
    package typealias Block = (low: UInt64, high: UInt64)

    package static func code(_ bytes: [UInt8], key: Block) -> Block {
        var state = State(key)
        var word: UInt64 = 0
        for index in bytes.indices {
            word |= UInt64(bytes[index]) << UInt64(index % 8 * 8)
            guard index % 8 == 7 else { continue }
            state.compress(word)
            word = 0
        }
        state.compress(word | UInt64(truncatingIfNeeded: bytes.count) << 56)
        state.v2 ^= 0xEE
        let low = state.digest()
        state.v1 ^= 0xDD
        return (low, state.digest())
    }

    private struct State {
        var v0: UInt64
        var v1: UInt64
        var v2: UInt64
        var v3: UInt64

        init(_ key: Block) {
            v0 = key.low ^ 0x736F_6D65_7073_6575
            v1 = key.high ^ 0x646F_7261_6E64_6F6D ^ 0xEE
            v2 = key.low ^ 0x6C79_6765_6E65_7261
            v3 = key.high ^ 0x7465_6462_7974_6573
        }

        mutating func compress(_ word: UInt64) {
            v3 ^= word
            rounds(2)
            v0 ^= word
        }

        mutating func digest() -> UInt64 {
            rounds(4)
            return v0 ^ v1 ^ v2 ^ v3
        }

        @inline(never)  // would be unrolled into each place
        private mutating func rounds(_ count: Int) {
            for _ in 0..<count {
                v0 &+= v1
                v1 = State.rotated(v1, 13) ^ v0
                v0 = State.rotated(v0, 32)
                v2 &+= v3
                v3 = State.rotated(v3, 16) ^ v2
                v0 &+= v3
                v3 = State.rotated(v3, 21) ^ v0
                v2 &+= v1
                v1 = State.rotated(v1, 17) ^ v2
                v2 = State.rotated(v2, 32)
            }
        }

        private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
            word << count | word >> (64 - count)
        }
    }
}
