/// A hash table from the bytes of keys to their positions, with open addressing.
///
/// `Dictionary<String, Int>` would take canonically equivalent keys for the same. Hashes are seeded for each process,
/// so that a client cannot choose keys that collide.
struct JSONKeyIndex: Sendable {
    private struct Slot {
        var hash: UInt32
        /// The key's position plus one; zero marks an empty slot.
        var place: UInt32
    }

    /// Empty, or a power of two and at least twice as many as there are entries: so a probe always ends.
    private var slots: [Slot] = []

    init() {}

    init(of keys: [JSONKey]) {
        for position in keys.indices { insert(hash: Self.hash(keys[position].text), position: position) }
    }

    func position(of key: String, hash: UInt32, in keys: [JSONKey]) -> Int? {
        guard !slots.isEmpty else { return nil }
        var slot = firstSlot(hash)
        while slots[slot].place != 0 {
            let position = Int(slots[slot].place) - 1
            if slots[slot].hash == hash, keys[position].text.hasSameUTF8(as: key) { return position }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a key that is not in the table, which holds those of all positions before.
    mutating func insert(hash: UInt32, position: Int) {
        if (position + 1) * 2 > slots.count { grow() }
        place(Slot(hash: hash, place: UInt32(position + 1)))
    }

    static func hash(_ key: String) -> UInt32 {
        let bytes = key.utf8.span
        var hasher = Hasher()
        var word: UInt64 = 0
        for position in bytes.indices {
            word = word << 8 | UInt64(bytes[position])
            if position & 7 == 7 {
                hasher.combine(word)
                word = 0
            }
        }
        hasher.combine(word)
        hasher.combine(bytes.count)
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    private func firstSlot(_ hash: UInt32) -> Int {
        Int(truncatingIfNeeded: hash) & (slots.count - 1)
    }

    private mutating func place(_ entry: Slot) {
        var slot = firstSlot(entry.hash)
        while slots[slot].place != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(hash: 0, place: 0), count: max(64, old.count * 2))
        for entry in old where entry.place != 0 { place(entry) }
    }
}
