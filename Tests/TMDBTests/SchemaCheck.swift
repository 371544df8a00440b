import JSON

/// Checks values against JSON schemas of the kind that our tools have, and more strictly than JSON Schema: an object
/// may have no property beside those that its schema lists, if it lists any, what has no type is text, and so are the
/// elements of a list without `items`.
enum SchemaCheck {
    private static let keywords = ["type", "properties", "required", "items", "enum", "description"]

    /// What is wrong, each with its place.
    static func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        var problems: [String] = []
        for (keyword, _) in schema.object ?? [:] where !keywords.contains(keyword) {
            problems.append("\(place): unknown keyword \(keyword)")
        }
        let type = schema["type"]?.string ?? "string"
        guard isOfType(value, type) else { return problems + ["\(place): \(value.text.prefix(40)) is no \(type)"] }
        if let words = schema["enum"]?.array, !words.contains(value) { problems.append("\(place): not in the enum") }
        for name in schema["required"]?.array ?? [] where value[name.string ?? ""] == nil {
            problems.append("\(place): \(name.text) is missing")
        }
        if let properties = schema["properties"] {
            for (name, member) in value.object ?? [:] {
                guard let schema = properties[name] else {
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
