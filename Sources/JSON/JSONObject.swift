import Bytes

/// The members of a JSON object, in order, each key once.
///
/// Keys are compared by their bytes. Small objects are searched from the front; larger ones keep a hash table beside
/// their members, so that no input makes building or searching quadratic.
public struct JSONObject: Sendable {
    public typealias Member = (key: String, value: JSONValue)

    /// Up to here a search compares each key: fewer bytes and less time than hashing.
    private static var unindexedCountMax: Int { 32 }

    private var members: [Member]
    /// Holds every member once there are more than `unindexedCountMax`, else nothing.
    private var index = JSONKeyIndex()

    public init() {
        members = []
    }

    /// Of members with the same key the last value wins, in the place of the first.
    @inline(never)  // literals are in hundreds of places
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        reserveCapacity(members.underestimatedCount)
        for (key, value) in members { set(key, to: value) }
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }

    /// The value of a member. Assigning appends a new member or replaces the value of an existing one in its place;
    /// assigning nil removes the member. For JSON's null assign `.null`: a bare `nil` means removal.
    public subscript(key: String) -> JSONValue? {
        @inline(never)  // read in hundreds of places
        get {
            value(of: key)
        }
        set {
            if let newValue { set(key, to: newValue) } else { remove(key) }
        }
    }

    /// Appends a member, or replaces the value of the member that has this key and leaves it in its place.
    public mutating func set(_ key: String, to value: JSONValue) {
        guard members.count >= Self.unindexedCountMax else {
            if let position = position(of: key) {
                members[position].value = value
            } else {
                members.append((key, value))
            }
            return
        }
        if members.count == Self.unindexedCountMax { index = JSONKeyIndex(of: members) }
        let hash = JSONKeyIndex.hash(key)
        if let position = index.position(of: key, hash: hash, in: members) {
            members[position].value = value
        } else {
            index.insert(hash: hash, position: members.count)
            members.append((key, value))
        }
    }

    /// Appends a member whose key is known to be new.
    public mutating func append(_ key: String, _ value: JSONValue) {
        guard members.count < Self.unindexedCountMax else { return set(key, to: value) }
        members.append((key, value))
    }

    /// Removes a member and returns its value, or nil when there was none. Takes time linear in `count`.
    @discardableResult
    public mutating func remove(_ key: String) -> JSONValue? {
        guard let position = position(of: key) else { return nil }
        let value = members.remove(at: position).value
        index = members.count > Self.unindexedCountMax ? JSONKeyIndex(of: members) : JSONKeyIndex()
        return value
    }

    public mutating func reserveCapacity(_ count: Int) {
        members.reserveCapacity(count)
    }

    /// The key of a member by its place; nil behind the last.
    func key(at position: Int) -> String? { position < members.count ? members[position].key : nil }

    /// The marks of all keys.
    var keyMarks: KeyBloomFilter {
        var marks = KeyBloomFilter()
        let members = members.span
        for position in members.indices {
            let key = members[position].key.utf8.span
            let (end, isASCII) = key.plainText(from: 0)
            _ = marks.insert(isASCII && end == key.count ? key : nil)
        }
        return marks
    }

    /// Appends the object as compact JSON. Looks at the members where they are: an iterator would copy each.
    func write(into output: inout [UInt8]) {
        let members = members.span
        output.append(UInt8(ascii: "{"))
        for position in members.indices {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            output.append(quoting: members[position].key)
            output.append(UInt8(ascii: ":"))
            members[position].value.write(into: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    func value(of key: String) -> JSONValue? {
        position(of: key).map { members[$0].value }
    }

    private func position(of key: String) -> Int? {
        guard members.count <= Self.unindexedCountMax else {
            return index.position(of: key, hash: JSONKeyIndex.hash(key), in: members)
        }
        for position in members.indices where members[position].key.hasSameUTF8(as: key) { return position }
        return nil
    }
}

extension JSONObject: Sequence {
    public func makeIterator() -> IndexingIterator<[Member]> {
        members.makeIterator()
    }

    public var underestimatedCount: Int { members.count }
}

extension JSONObject: Equatable {
    /// Order does not count (RFC 8259, section 1: an object is an unordered collection).
    public static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
        guard lhs.count == rhs.count else { return false }
        for (key, value) in lhs {
            guard let position = rhs.position(of: key), rhs.members[position].value == value else { return false }
        }
        return true
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
