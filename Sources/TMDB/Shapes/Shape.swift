import JSON

/// An object of ours as a table of fields: makes it out of one of TMDB's, and its JSON Schema, so that the two agree.
struct Shape: Sendable {
    let fields: [Field]

    /// Each field has a name of its own.
    init(_ fields: [Field]) { self.fields = fields }

    /// Fields without a value are left out. Nil when the source lacks one that must be there: what TMDB documents as
    /// always there, such as an id.
    @_optimize(speed)  // each row of each answer
    @inline(never)  // would be copied into each caller
    func object(from source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard source.object != nil else { return nil }
        // Looked at where they are: a copy of each field would cost more than most of their values.
        let fields = fields.span
        var object = JSONObject()
        object.reserveCapacity(fields.count)
        for index in fields.indices where !fields[index].isFullOnly || shaping.detail == .full {
            if let value = fields[index].value(from: source, shaping) {
                object.append(fields[index].name, value)
            } else if fields[index].isRequired {
                return nil
            }
        }
        return .object(object)
    }

    /// The objects of a list, without those that lack what they must have.
    @_optimize(speed)
    func objects(from list: JSONValue?, _ shaping: Shaping) -> [JSONValue] {
        (list?.array ?? []).compactMap { object(from: $0, shaping) }
    }

    /// JSON Schema 2020-12 of a result, or of an object within one.
    var schema: JSONObject {
        let required = fields.filter { $0.isRequired }.map { JSONValue.string($0.name) }
        var schema: JSONObject = [
            "type": "object", "properties": .object(JSONObject(fields.map { ($0.name, .object($0.schema)) })),
        ]
        if !required.isEmpty { schema.set("required", to: .array(required)) }
        return schema
    }

    func adding(_ more: [Field]) -> Shape { Shape(fields + more) }
}
