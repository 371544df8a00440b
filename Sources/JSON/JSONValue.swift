/// A JSON value (RFC 8259).
///
/// Values from a parser are at most ``JSONLimits/depth`` deep. Writing, comparing and releasing a value recurse once a
/// level, so code that builds values must not nest them without a bound either.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The number as an `Int`, which has 32 bits on some platforms; nil where ``JSONNumber/int64`` is or where it does
    /// not fit.
    public var int: Int? {
        int64.flatMap(Int.init(exactly:))
    }

    /// The number as ``JSONNumber/int64`` gives it.
    public var int64: Int64? {
        if case .number(let number) = self { number.int64 } else { nil }
    }

    /// The number as ``JSONNumber/double`` gives it.
    public var double: Double? {
        if case .number(let number) = self { number.double } else { nil }
    }

    public var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    public var array: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }

    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The value of a member; nil when there is none or this is not an object.
    public subscript(key: String) -> JSONValue? {
        @inline(never)  // read in hundreds of places
        get {
            if case .object(let object) = self { object.value(of: key) } else { nil }
        }
    }

    /// The same, for a key that many are asked for.
    package subscript(key: JSONKey) -> JSONValue? {
        if case .object(let object) = self { object.value(of: key) } else { nil }
    }

    /// The element at an index; nil when the index is out of range or this is not an array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let array) = self, array.indices.contains(index) else { return nil }
        return array[index]
    }
}
