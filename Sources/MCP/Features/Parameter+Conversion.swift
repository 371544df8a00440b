import Bytes
import JSON

extension Parameter.Kind {
    /// The value in the type that is asked for, where what a model wrote tells it plainly: 603 for "603", "603" for
    /// 603, a list for one value or for text with commas. Any other value stays as it is, for the check to refuse.
    func converted(_ value: JSONValue) -> JSONValue {
        switch self {
        case .list(let kind, _):
            let elements: [JSONValue]
            switch value {
            case .array(let array): elements = array
            case .string(let text): elements = text.split(separator: ",").map { .string(String($0).trimmed) }
            case .number, .bool: elements = [value]
            default: return value
            }
            return .array(elements.map { kind.converted($0) }.filter { $0.string != "" })
        case .text:
            // Free text keeps its whitespace, and an array is not one text.
            return value.array == nil ? value.asText().map { .string($0) } ?? value : value
        default: return converted(value, to: schema["type"]?.string)
        }
    }

    private func converted(_ value: JSONValue, to type: String?) -> JSONValue {
        var element: ((String) -> String)?
        if case .custom(_, _, _, let given) = self { element = given }
        guard let text = (type == "string" ? value.asText(element) : value.string)?.trimmed else { return value }
        if case .custom(_, _, let normalised?, _) = self { return .string(normalised(text)) }
        switch (type, text) {
        case ("string", _), (_, ""): return .string(text)
        case ("boolean", "true"), ("boolean", "True"): return true
        case ("boolean", "false"), ("boolean", "False"): return false
        case ("integer", _), ("number", _):
            // No number that a parameter takes is longer.
            guard text.utf8.count <= 24, let number = try? JSONValue(parsing: text), number.double != nil else {
                return value
            }
            return number
        default: return value
        }
    }
}

extension JSONValue {
    /// Text or a number as text, or an array of them with commas between.
    ///
    /// - Parameter element: how text is written in an array.
    fileprivate func asText(_ element: ((String) -> String)? = nil) -> String? {
        switch self {
        case .string(let text): return text
        case .number: return int64.map { String($0) } ?? text
        case .array(let elements):
            var texts = ""
            for (place, value) in elements.enumerated() {
                guard value.array == nil, let text = value.asText() else { return nil }
                if place > 0 { texts += "," }
                texts += value.string == nil ? text : element?(text) ?? text
            }
            return texts
        default: return nil
        }
    }
}
