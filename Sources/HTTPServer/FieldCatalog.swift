import Bytes

/// The names of fields that have keys: those of HTTP, and what the server's user adds before the server is made.
package struct FieldCatalog {
    /// What a second line of the same name means (RFC 9110 section 5.3).
    package enum Repetition: Equatable, Sendable {
        /// The values are one list, joined by commas.
        case joined
        /// The field has one value: a second line is answered 400.
        case refused
    }

    private struct Entry {
        let name: [UInt8]
        let repetition: Repetition
        /// The next entry with the same hash, plus one; 0 ends the chain.
        let next: UInt8
    }

    private var entries: [Entry] = []
    /// The first entry with the hash, plus one; 0 for none.
    private var buckets = [UInt8](repeating: 0, count: 64)

    package init() {
        for field in KnownField.allCases { add(field.name, field.repetition) }
    }

    /// Adds a name, or finds it when it is there. At most 200 names have keys; what is beyond finds nothing.
    @discardableResult
    package mutating func add(_ name: String, _ repetition: Repetition) -> FieldKey {
        let bytes = name.utf8.map { $0.asciiLowercased }
        let known = key(of: bytes.span)
        guard known == .unknown, !bytes.isEmpty, entries.count < 200 else { return known }
        let bucket = Self.hash(bytes.span)
        entries.append(Entry(name: bytes, repetition: repetition, next: buckets[bucket]))
        buckets[bucket] = UInt8(truncatingIfNeeded: entries.count)
        return FieldKey(index: UInt8(truncatingIfNeeded: entries.count - 1))
    }

    func key(of name: Span<UInt8>) -> FieldKey {
        guard !name.isEmpty else { return .unknown }
        var next = buckets[Self.hash(name)]
        while next != 0 {
            let entry = entries[Int(next) - 1]
            if name.equalsIgnoringCase(entry.name.span) { return FieldKey(index: next - 1) }
            next = entry.next
        }
        return .unknown
    }

    func repetition(of key: FieldKey) -> Repetition {
        Int(key.index) < entries.count ? entries[Int(key.index)].repetition : .joined
    }

    /// The length and both ends tell the usual names apart.
    private static func hash(_ name: Span<UInt8>) -> Int {
        let first = Int(name[0].asciiLowercased)
        let last = Int(name[name.count - 1].asciiLowercased)
        return (name.count &* 7 &+ first &* 3 &+ last) & 63
    }
}
