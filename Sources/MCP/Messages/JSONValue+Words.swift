import JSON

extension JSONValue {
    /// The type in words, for messages.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// The value itself when it is a number or a boolean, else its type: what a client sent may be long or private.
    var brief: String {
        switch self {
        case .number, .bool, .null: text
        case .string, .array, .object: kind
        }
    }
}
