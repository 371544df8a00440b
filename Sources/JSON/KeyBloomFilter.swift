/// Marks that the keys of one object have left: a key without a mark of its own is not among them, and need not be
/// looked for.
struct KeyBloomFilter {
    private var marks: UInt64 = 0

    /// Takes a key. True when it is certain to be new.
    /// - Parameter text: the key between its quotes where it is plain ASCII, which has no other plain spelling; nil for
    ///   any other.
    mutating func insert(_ text: Span<UInt8>?) -> Bool {
        guard let text else {
            marks = .max
            return false
        }
        // Both ends, the middle and the length tell most keys apart.
        var sum = UInt64(truncatingIfNeeded: text.count)
        if !text.isEmpty {
            sum = sum &* 7 &+ UInt64(text[0])
            sum = sum &* 11 &+ UInt64(text[text.count / 2])
            sum = sum &* 13 &+ UInt64(text[text.count - 1])
        }
        let mark: UInt64 = 1 &<< (sum & 63)
        defer { marks |= mark }
        return marks & mark == 0
    }
}
