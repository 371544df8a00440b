import Bytes
public import JSON

/// One argument of a tool: its schema for the client, and the check of what the client sends.
public struct Parameter: Sendable {
    public enum Kind: Sendable {
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
        /// Text is checked and handed on as `normalised` makes it. An array in place of a text is joined by commas,
        /// each text in it as `element` writes it.
        case custom(
            schema: JSONObject, check: @Sendable (JSONValue) -> String?,
            normalised: (@Sendable (String) -> String)? = nil, element: (@Sendable (String) -> String)? = nil)
    }

    /// What the tool reads it by.
    public let name: String
    /// What clients see it by, and all words about it: another name for those that refuse the punctuation in the name.
    public var shownName: String
    /// Empty where the name says all.
    public let description: String
    public let kind: Kind
    public let isRequired: Bool
    /// What the tool takes when the argument is missing, for the description.
    public let defaultValue: JSONValue?
    /// What a required argument is taken for when it is missing, by the others, which are checked.
    public var inferred: (@Sendable (JSONObject) -> JSONValue?)?
    /// The name after `Mcp-Param-` of the `MirroredHeader` that repeats the value.
    public let header: String?

    @inline(never)  // in many places
    public init(
        _ name: String, _ kind: Kind, isRequired: Bool = false, default defaultValue: JSONValue? = nil,
        header: String? = nil, description: String
    ) {
        self.name = name
        shownName = name
        self.description = description
        self.kind = kind
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.header = header
    }

    var schema: JSONValue {
        @inline(never)  // would be copied into each caller
        get {
            var object = kind.schema
            let words = description + defaultWords
            if !words.isEmpty { object.set("description", to: .string(words)) }
            if let header { object.set("x-mcp-header", to: .string(header)) }
            return .object(object)
        }
    }

    /// In the description, since OpenAI's strict mode refuses a schema with the keyword `default`.
    private var defaultWords: String {
        guard let defaultValue else { return "" }
        return (description.isEmpty ? "" : "; ") + "default " + (defaultValue.string ?? defaultValue.text)
    }

    /// Whether it may be meant by a name that it has not: by its beginning, by a name that ends with its own, or by one
    /// with other punctuation between the words.
    func isNear(_ other: String) -> Bool {
        let own = name.wordBytes
        let other = other.wordBytes
        guard !other.isEmpty else { return false }
        return own.starts(with: other) || other.reversed().starts(with: own.reversed())
    }

    /// What to give, when there is no value.
    var absence: String {
        let words: String?
        switch kind {
        case .choice: return "it must be \(kind.problem(with: nil) ?? description)"
        case .custom(_, let check, _, _): words = check(nil)
        case .formatted(_, let example, _): words = example
        default: words = nil
        }
        guard let words else { return description }
        return description.isEmpty ? "it must be \(words)" : "it must be \(words) (\(description))"
    }

    /// What is wrong with a value, in words that tell what to send instead; nil when nothing is.
    func problem(with value: JSONValue) -> String? {
        kind.problem(with: value).map { "\(shownName) must be \($0)" }
    }
}
