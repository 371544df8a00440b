import Bytes

/// The members of a JSON object, in order, each key once.
///
/// Keys are compared by their bytes. Small objects are searched from the front; larger ones keep a hash table beside
/// their keys, so that no input makes building or searching quadratic. Objects of a list have the same keys in the same
/// order, and share them.
public struct JSONObject: Sendable {
    public typealias Member = (key: String, value: JSONValue)

    /// Up to here a search compares each key: fewer bytes and less time than hashing.
    private static var unindexedCountMax: Int { 32 }

    /// While an object is being read, those that it is expected to have.
    private var keys: [JSONKey] = []
    /// Each at the position of its key.
    private var values: [JSONValue] = []
    /// Holds every key once there are more than `unindexedCountMax`, else nothing.
    private var index = JSONKeyIndex()

    public init() {}

    /// Of members with the same key the last value wins, in the place of the first.
    @inline(never)  // literals are in hundreds of places
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        reserveCapacity(members.underestimatedCount)
        for (key, value) in members { set(key, to: value) }
    }

    public var count: Int { values.count }
    public var isEmpty: Bool { values.isEmpty }

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
    @inline(never)  // in hundreds of places
    public mutating func set(_ key: String, to value: JSONValue) {
        put(value, at: place(for: JSONKey(key)))
    }

    /// Appends a member whose key is known to be new.
    @inline(never)  // would be copied into each caller
    public mutating func append(_ key: String, _ value: JSONValue) {
        put(value, at: place(for: JSONKey(key), isNew: true))
    }

    /// Removes a member and returns its value, or nil when there was none. Takes time linear in `count`.
    @discardableResult
    public mutating func remove(_ key: String) -> JSONValue? {
        guard let position = position(of: key) else { return nil }
        keys.remove(at: position)
        indexKeys()
        return values.remove(at: position)
    }

    public mutating func reserveCapacity(_ count: Int) {
        keys.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    /// Whether another object has the same keys, and holds them in the same memory.
    package func sharesKeys(with other: JSONObject) -> Bool { keys.span.isIdentical(to: other.keys.span) }

    /// The bytes of an object's memory for each member, what its key and its value refer to aside: of the key, and of
    /// the value.
    package static var bytesPerMember: (key: Int, value: Int) {
        (MemoryLayout<JSONKey>.stride, MemoryLayout<JSONValue>.stride)
    }

    /// Appends the object as compact JSON. Looks at the members where they are: an iterator would copy each.
    func write(into output: inout [UInt8]) {
        let keys = keys.span
        let values = values.span
        output.append(UInt8(ascii: "{"))
        for position in values.indices {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            output.append(quoting: keys[position].text)
            output.append(UInt8(ascii: ":"))
            values[position].write(into: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    func value(of key: String) -> JSONValue? {
        position(of: key).map { values[$0] }
    }

    @inline(__always)
    func value(of key: JSONKey) -> JSONValue? {
        position(of: key).map { values[$0] }
    }

    private func position(of key: String) -> Int? {
        guard keys.count <= Self.unindexedCountMax else {
            return index.position(of: key, hash: JSONKeyIndex.hash(key), in: keys)
        }
        return position(of: key, JSONKey.print(of: key.utf8.span))
    }

    private func position(of key: JSONKey) -> Int? {
        keys.count <= Self.unindexedCountMax ? position(of: key.text, key.print) : position(of: key.text)
    }

    @_optimize(speed)  // each member of each row
    private func position(of key: String, _ print: UInt32) -> Int? {
        let keys = keys.span
        for position in keys.indices where keys[position].print == print {
            if keys[position].text.hasSameUTF8(as: key) { return position }
        }
        return nil
    }

    private mutating func indexKeys() {
        index = keys.count > Self.unindexedCountMax ? JSONKeyIndex(of: keys) : JSONKeyIndex()
    }
}

// MARK: - Keys first, then their values

extension JSONObject {
    /// An object that may come to have the keys of another one: values are put to them in their order.
    init(withKeysOf model: JSONObject) {
        keys = model.keys
        index = model.index
        values.reserveCapacity(Swift.min(keys.count, Self.unindexedCountMax))
    }

    /// The keys alone.
    var withoutValues: JSONObject {
        var object = self
        object.values = []
        return object
    }

    /// Whether the next value has its key already.
    var expectsKey: Bool { values.count < keys.count }

    /// The key of the next value.
    var expectedKey: JSONKey { keys[values.count] }

    func key(after object: JSONObject) -> JSONKey? {
        object.count < keys.count ? keys[object.count] : nil
    }

    /// Whether the first keys are those of the values of another object.
    func beginsWithKeys(of object: JSONObject) -> Bool {
        let keys = keys.span
        let others = object.keys.span
        for position in object.values.indices {
            guard keys[position].print == others[position].print,
                keys[position].text.hasSameUTF8(as: others[position].text)
            else { return false }
        }
        return true
    }

    mutating func expectKeys(of model: JSONObject) {
        keys = model.keys
        index = model.index
        values.reserveCapacity(Swift.min(keys.count, Self.unindexedCountMax))
    }

    /// Leaves out the keys without values.
    mutating func endKeys() {
        guard expectsKey else { return }
        var kept: [JSONKey] = []
        kept.reserveCapacity(Swift.max(values.count, 4))
        for position in values.indices { kept.append(keys[position]) }
        keys = kept
        indexKeys()
    }

    var hasPlainKeys: Bool {
        for position in keys.indices where !keys[position].isPlain { return false }
        return true
    }

    /// The marks of all keys.
    var keyMarks: UInt64 {
        var marks: UInt64 = 0
        let keys = keys.span
        for position in keys.indices { marks |= keys[position].mark }
        return marks
    }

    /// Where a key is, or else has been appended to be.
    mutating func place(for key: JSONKey, isNew: Bool = false) -> Int {
        guard keys.count >= Self.unindexedCountMax else {
            if !isNew, let position = position(of: key.text, key.print) { return position }
            keys.append(key)
            return keys.count - 1
        }
        if keys.count == Self.unindexedCountMax { index = JSONKeyIndex(of: keys) }
        let hash = JSONKeyIndex.hash(key.text)
        if let position = index.position(of: key.text, hash: hash, in: keys) { return position }
        index.insert(hash: hash, position: keys.count)
        keys.append(key)
        return keys.count - 1
    }

    /// Puts a value to the last key, which has none, or replaces one.
    @inline(__always)
    mutating func put(_ value: consuming JSONValue, at position: Int) {
        if position == values.count { values.append(value) } else { values[position] = value }
    }
}

extension JSONObject: Sequence {
    public struct Iterator: IteratorProtocol {
        private let object: JSONObject
        private var position = 0

        fileprivate init(_ object: JSONObject) { self.object = object }

        public mutating func next() -> Member? {
            guard position < object.values.count else { return nil }
            defer { position += 1 }
            return (object.keys[position].text, object.values[position])
        }
    }

    public func makeIterator() -> Iterator { Iterator(self) }

    public var underestimatedCount: Int { values.count }
}

extension JSONObject: Equatable {
    /// Order does not count (RFC 8259, section 1: an object is an unordered collection).
    public static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
        guard lhs.count == rhs.count else { return false }
        for position in lhs.values.indices {
            guard let other = rhs.position(of: lhs.keys[position]), rhs.values[other] == lhs.values[position] else {
                return false
            }
        }
        return true
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
