import Bytes
public import JSON

extension Parameter.Kind {
    /// JSON Schema 2020-12.
    var schema: JSONObject {
        switch self {
        // OpenAI's strict mode refuses a schema with the keywords `minLength` and `maxLength`.
        case .text: ["type": "string"]
        case .formatted(let pattern, _, _):
            ["type": "string", "pattern": .string(pattern)]
        case .integer(let range):
            [
                "type": "integer", "minimum": .number(JSONNumber(range.lowerBound)),
                "maximum": .number(JSONNumber(range.upperBound)),
            ]
        case .number(let range):
            [
                "type": "number", "minimum": JSONValue.number(finite: range.lowerBound),
                "maximum": JSONValue.number(finite: range.upperBound),
            ]
        case .boolean:
            ["type": "boolean"]
        case .choice(let words):
            ["type": "string", "enum": .array(words.map { .string($0) })]
        case .list(let kind, let count):
            [
                "type": "array", "items": .object(kind.schema), "minItems": .number(JSONNumber(count.lowerBound)),
                "maxItems": .number(JSONNumber(count.upperBound)),
            ]
        case .custom(let schema, _, _, _):
            schema
        }
    }

    /// Completes "must be …" when the value is not what it must be.
    public func problem(with value: JSONValue) -> String? {
        switch self {
        case .text(let length):
            guard let text = value.string else { return "a string, not \(value.kind)" }
            let count = text.unicodeScalars.count
            return length.contains(count)
                ? nil : "\(length.lowerBound) to \(length.upperBound) characters long, not \(count)"
        case .formatted(_, let example, let matches):
            guard let text = value.string else { return "a string, not \(value.kind)" }
            return matches(text) ? nil : example
        case .integer(let range):
            if let number = value.int64, range.contains(number) { return nil }
            return "a whole number from \(range.lowerBound) to \(range.upperBound), not \(value.brief)"
        case .number(let range):
            if let number = value.double, range.contains(number) { return nil }
            return "a number from \(JSONValue.number(finite: range.lowerBound).text) to "
                + "\(JSONValue.number(finite: range.upperBound).text), not \(value.brief)"
        case .boolean:
            return value.bool == nil ? "true or false, not \(value.kind)" : nil
        case .choice(let words):
            if let text = value.string, words.contains(text) { return nil }
            return "one of \(words.joined(separator: ", "))"
        case .list(let kind, let count):
            guard let elements = value.array else { return "an array, not \(value.kind)" }
            guard count.contains(elements.count) else {
                return "an array of \(count.lowerBound) to \(count.upperBound) values, not \(elements.count)"
            }
            for element in elements {
                if let problem = kind.problem(with: element) { return "an array whose values each are \(problem)" }
            }
            return nil
        case .custom(_, let check, _, _):
            return check(value)
        }
    }
}

extension JSONValue {
    /// A bound of the server's own, which is finite.
    fileprivate static func number(finite value: Double) -> JSONValue { JSONNumber(value).map { .number($0) } ?? .null }
}
