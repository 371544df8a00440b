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
        case number(ClosedRange<Double>)
        case boolean
        /// One of a few words.
        case choice([String])
        /// So many values of one kind.
        indirect case list(Kind, count: ClosedRange<Int>)
        /// Anything that the check lets pass; the schema says the same. The check's answer completes "name must be …".
        case custom(schema: JSONObject, check: @Sendable (JSONValue) -> String?)
    }

    package let name: String
    package let description: String
    package let kind: Kind
    package let isRequired: Bool
    /// What the tool takes when the argument is missing, for the schema.
    package let defaultValue: JSONValue?
    /// The name after `Mcp-Param-` of the `MirroredHeader` that repeats the value.
    package let header: String?

    package init(
        _ name: String, _ kind: Kind, isRequired: Bool = false, default defaultValue: JSONValue? = nil,
        header: String? = nil, description: String
    ) {
        self.name = name
        self.description = description
        self.kind = kind
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.header = header
    }

    var schema: JSONValue {
        var object = kind.schema
        if let defaultValue { object.set("default", to: defaultValue) }
        object.set("description", to: .string(description))
        if let header { object.set("x-mcp-header", to: .string(header)) }
        return .object(object)
    }

    /// What is wrong with a value, in words that tell what to send instead; nil when nothing is.
    func problem(with value: JSONValue) -> String? {
        kind.problem(with: value).map { "\(name) must be \($0)" }
    }
}
