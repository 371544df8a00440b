package import JSON

/// One argument of a tool: its schema for the client, and the check of what the client sends.
package struct Parameter: Sendable {
    package enum Kind: Sendable {
        /// Text of so many Unicode scalars.
        case text(length: ClosedRange<Int>)
        /// Text of a certain form. `pattern` is a regular expression for the schema; `matches` is the check; `example`
        /// completes the sentence "must be …".
        case formatted(pattern: String, example: String, matches: @Sendable (String) -> Bool)
        case integer(ClosedRange<Int64>)
    }

    package let name: String
    package let description: String
    package let kind: Kind
    package let isRequired: Bool
    /// What the tool takes when the argument is missing, for the schema.
    package let defaultValue: JSONValue?

    package init(
        _ name: String, _ kind: Kind, isRequired: Bool = false, default defaultValue: JSONValue? = nil,
        description: String
    ) {
        self.name = name
        self.description = description
        self.kind = kind
        self.isRequired = isRequired
        self.defaultValue = defaultValue
    }

    var schema: JSONValue {
        var object: JSONObject
        switch kind {
        case .text(let length):
            object = [
                "type": "string", "minLength": .number(JSONNumber(length.lowerBound)),
                "maxLength": .number(JSONNumber(length.upperBound)),
            ]
        case .formatted(let pattern, _, _):
            object = ["type": "string", "pattern": .string(pattern)]
        case .integer(let range):
            object = [
                "type": "integer", "minimum": .number(JSONNumber(range.lowerBound)),
                "maximum": .number(JSONNumber(range.upperBound)),
            ]
        }
        if let defaultValue { object.set("default", to: defaultValue) }
        object.set("description", to: .string(description))
        return .object(object)
    }

    /// What is wrong with a value, in words that tell what to send instead; nil when nothing is.
    func problem(with value: JSONValue) -> String? {
        switch kind {
        case .text(let length):
            guard let text = value.string else { return "\(name) must be a string, not \(value.kind)" }
            let count = text.unicodeScalars.count
            guard length.contains(count) else {
                return "\(name) must have \(length.lowerBound) to \(length.upperBound) characters, not \(count)"
            }
        case .formatted(_, let example, let matches):
            guard let text = value.string else { return "\(name) must be a string, not \(value.kind)" }
            guard matches(text) else { return "\(name) must be \(example)" }
        case .integer(let range):
            guard let number = value.int64, range.contains(number) else {
                return "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), "
                    + "not \(value.brief)"
            }
        }
        return nil
    }
}
