extension JSONValue: Equatable {
    /// Equality as JSON Schema's `const` and `enum` need it: numbers by their mathematical value, strings by their
    /// bytes (Swift's own `==` would take composed and decomposed letters for the same), members in any order.
    // Not inlined, which would make each stack frame of the recursion three times as large.
    @inline(never)
    public static func == (lhs: JSONValue, rhs: JSONValue) -> Bool {
        switch (lhs, rhs) {
        case (.null, .null): true
        case (.bool(let lhs), .bool(let rhs)): lhs == rhs
        case (.number(let lhs), .number(let rhs)): lhs == rhs
        case (.string(let lhs), .string(let rhs)): lhs.hasSameUTF8(as: rhs)
        case (.array(let lhs), .array(let rhs)): lhs == rhs
        case (.object(let lhs), .object(let rhs)): lhs == rhs
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
        }
    }
}
