import JSON

/// The part of JSON Schema 2020-12 that the tools' output schemas use, and stricter in one thing: an object may have no
/// member that its schema does not tell of.
enum OutputCheck {
    /// Where the value is not what the schema says. A schema without a type is one of a text.
    static func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        let type = schema["type"]?.string ?? "string"
        switch type {
        case "string": return value.string == nil ? ["\(place) is no string"] : []
        case "integer": return value.int64 == nil ? ["\(place) is no integer"] : []
        case "number": return value.double == nil ? ["\(place) is no number"] : []
        case "boolean": return value.bool == nil ? ["\(place) is no boolean"] : []
        case "array":
            guard let elements = value.array else { return ["\(place) is no array"] }
            let items = schema["items"] ?? [:]
            return elements.enumerated().flatMap { problems($1, items, at: "\(place)[\($0)]") }
        case "object": return members(value, schema, place)
        default: return ["\(place): the schema has an unknown type \(type)"]
        }
    }

    private static func members(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard let object = value.object else { return ["\(place) is no object"] }
        var found: [String] = []
        for name in schema["required"]?.array ?? [] {
            if let name = name.string, object[name] == nil { found.append("\(place).\(name) is missing") }
        }
        for (name, member) in object {
            if let schema = schema["properties"]?[name] ?? schema["additionalProperties"] {
                found += problems(member, schema, at: "\(place).\(name)")
            } else {
                found.append("\(place).\(name) is not in the schema")
            }
        }
        return found
    }
}
