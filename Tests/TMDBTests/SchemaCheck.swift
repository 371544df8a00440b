import JSON

/// Checks values against JSON schemas of the kind that our tools have, and more strictly than JSON Schema: each schema
/// must say its type, an array's of what it is, and an object may have no property that its schema tells nothing of.
/// Only what comes as TMDB gives it, an `{"type":"object"}` that says no more, may hold anything.
enum SchemaCheck {
    private static let keywords = [
        "type", "properties", "required", "items", "enum", "description", "additionalProperties",
    ]

    /// What is wrong, each with its place.
    static func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        var problems: [String] = []
        for (keyword, _) in schema.object ?? [:] where !keywords.contains(keyword) {
            problems.append("\(place): unknown keyword \(keyword)")
        }
        guard let type = schema["type"]?.string else { return problems + ["\(place): the schema has no type"] }
        if type == "array", schema["items"] == nil { problems.append("\(place): the schema has no items") }
        guard isOfType(value, type) else { return problems + ["\(place): \(value.text.prefix(40)) is no \(type)"] }
        if let words = schema["enum"]?.array, !words.contains(value) { problems.append("\(place): not in the enum") }
        for name in schema["required"]?.array ?? [] where value[name.string ?? ""] == nil {
            problems.append("\(place): \(name.text) is missing")
        }
        if schema["properties"] != nil || schema["additionalProperties"] != nil {
            for (name, member) in value.object ?? [:] {
                guard let schema = schema["properties"]?[name] ?? schema["additionalProperties"] else {
                    problems.append("\(place): \(name) is not in the schema")
                    continue
                }
                problems += self.problems(member, schema, at: "\(place).\(name)")
            }
        }
        for (index, element) in (value.array ?? []).enumerated() {
            problems += self.problems(element, schema["items"] ?? [:], at: "\(place)[\(index)]")
        }
        return problems
    }

    private static func isOfType(_ value: JSONValue, _ type: String) -> Bool {
        switch type {
        case "object": value.object != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "integer": value.int64 != nil
        case "number": value.double != nil
        case "boolean": value.bool != nil
        default: false
        }
    }
}
