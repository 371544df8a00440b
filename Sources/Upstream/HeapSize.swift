import JSON

/// An estimate of the memory that values take on the heap, what the allocator adds included.
enum HeapSize {
    /// Before the elements of an array or the text of a string: the object's header, its count and its capacity.
    private static var header: Int { 4 * MemoryLayout<Int>.size }

    static func value(_ value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .number: return 0
        case .string(let text): return string(text)
        case .array(let values):
            var size = array(bytes: values.capacity * MemoryLayout<JSONValue>.stride)
            // Those of a list share their keys.
            var last = JSONObject()
            for value in values {
                size += self.value(value)
                guard case .object(let members) = value else { continue }
                if members.sharesKeys(with: last) { size -= keys(of: members) }
                last = members
            }
            return size
        case .object(let members):
            guard !members.isEmpty else { return 0 }
            var size = keys(of: members) + grown(members.count, JSONObject.bytesPerMember.value)
            for (_, value) in members { size += self.value(value) }
            return size
        }
    }

    private static func keys(of members: JSONObject) -> Int {
        var size = grown(members.count, JSONObject.bytesPerMember.key)
        for (key, _) in members { size += string(key) }
        return size
    }

    /// An array that grows doubles, so that a quarter of it is empty on average.
    private static func grown(_ count: Int, _ stride: Int) -> Int { array(bytes: count * stride * 4 / 3) }

    static func array(bytes: Int) -> Int { bytes == 0 ? 0 : block(header + bytes) }

    /// Short texts stand within the value itself.
    static func string(_ text: String) -> Int {
        let count = text.utf8.count
        return count < MemoryLayout<String>.size ? 0 : block(header + count + 1)
    }

    /// An allocator's blocks have a head and come in steps.
    private static func block(_ bytes: Int) -> Int { (bytes + MemoryLayout<Int>.size + 15) & ~15 }
}
