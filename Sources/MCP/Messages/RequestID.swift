public import JSON

/// The id of a request: a string or a whole number, echoed in the answer exactly as it came.
public enum RequestID: Equatable, Sendable {
    case string(String)
    case number(JSONNumber)

    /// Nil for what MCP does not allow as an id: null, a fraction, or another type.
    public init?(_ value: JSONValue) {
        switch value {
        case .string(let text): self = .string(text)
        case .number(let number) where number.int64 != nil || number.uint64 != nil: self = .number(number)
        case .number, .null, .bool, .array, .object: return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let number): .number(number)
        }
    }

    public static func == (left: RequestID, right: RequestID) -> Bool { left.json == right.json }
}
