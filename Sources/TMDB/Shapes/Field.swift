import JSON

/// One member of a shape: its name, where it comes from and what it is.
struct Field: Sendable {
    let name: String
    let kind: Kind
    /// TMDB's names for it: the first member that has a value of the kind is taken.
    let sources: [String]
    /// For the schema; nil where the name says all.
    let description: String?
    private(set) var isRequired = false
    /// Left out of compact objects.
    private(set) var isFullOnly = false

    /// - Parameter sources: the field's own name when there is none.
    init(_ name: String, _ kind: Kind, from sources: String..., description: String? = nil) {
        self.name = name
        self.kind = kind
        self.sources = sources.isEmpty ? [name] : sources
        self.description = description
    }

    /// An object without it is none.
    var required: Field {
        var field = self
        field.isRequired = true
        return field
    }

    /// For full records alone.
    var fullOnly: Field {
        var field = self
        field.isFullOnly = true
        return field
    }

    @_optimize(speed)  // each member of each row
    func value(from source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        if case .made(_, let make) = kind { return make(source, shaping) }
        for name in sources {
            // A member of null has no value: the literal nil would be JSON's null.
            if let member = source[name], let value = kind.value(from: member, shaping) { return value }
        }
        return nil
    }

    /// A member that is text has no type in it: most are, and a model reads the list of tools again and again.
    var schema: JSONObject {
        var schema = kind.schema
        if schema["type"]?.string == "string" { schema.remove("type") }
        if let description { schema.set("description", to: .string(description)) }
        return schema
    }
}
