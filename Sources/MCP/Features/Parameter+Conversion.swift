import Bytes
import JSON

extension Parameter.Kind {
    /// The value in the type that is asked for, where what a client or a model wrote tells it plainly: 603 for "603",
    /// "603" for 603, an array for one value, for text with commas and for an array's JSON text, and the other way
    /// round. Any other value stays as it is, for the check to refuse.
    func converted(_ value: JSONValue) -> JSONValue {
        switch self {
        case .list(let kind, _):
            let elements: [JSONValue]
            switch value.arrayOrItsText {
            case .array(let array): elements = array
            case .string(let text): elements = text.split(separator: ",").map { .string(String($0).trimmed) }
            case let value where value.isNumberOrBoolean: elements = [value]
            default: return value
            }
            return .array(elements.map { kind.converted($0) }.filter { $0.string != "" })
        case .text:
            // Free text keeps its whitespace and its brackets.
            let value = value.onlyElement ?? value
            return value.array == nil ? value.asText().map { .string($0) } ?? value : value
        default: return converted(value.arrayOrItsText, to: schema["type"]?.string)
        }
    }

    private func converted(_ value: JSONValue, to type: String?) -> JSONValue {
        var normalise: ((String) -> String)?
        var element: ((String) -> String)?
        switch self {
        case .custom(_, _, let normalised, let given):
            normalise = normalised
            element = given
        case .choice(let words): normalise = { Parameter.Kind.word($0, among: words) }
        default: break
        }
        let value = type == "string" ? value : value.onlyElement ?? value
        guard let given = (type == "string" ? value.asText(element) : value.string)?.trimmed else {
            // 1.0 is 1, also where it is written out again.
            return value.int64.map { .number(JSONNumber($0)) } ?? value
        }
        let text = normalise?(given) ?? given
        switch (type, text) {
        case ("string", _), (_, ""): return .string(text)
        case ("boolean", _):
            switch text.asciiLowercased {
            case "true": return true
            case "false": return false
            default: return value
            }
        case ("integer", _), ("number", _):
            // No number that a parameter takes is longer.
            guard text.utf8.count <= 24, let number = try? JSONValue(parsing: text), number.double != nil else {
                return .string(text)
            }
            return number
        default: return normalise == nil ? value : .string(text)
        }
    }

    /// One of a few words for the same in other letters or with other punctuation between its parts; else the text
    /// itself.
    public static func word(_ text: String, among words: [String]) -> String {
        words.first { $0.wordBytes == text.wordBytes } ?? text
    }

    /// One of a few words, or what `reading` makes one of them.
    public static func choice(
        of words: [String], reading: @escaping @Sendable (String) -> String
    ) -> Parameter.Kind {
        .custom(
            schema: Parameter.Kind.choice(words).schema, check: { Parameter.Kind.choice(words).problem(with: $0) },
            normalised: { text in
                let word = word(text, among: words)
                return words.contains(word) ? word : reading(text)
            })
    }
}

extension JSONValue {
    /// What clients send in place of a value that their user left out.
    var standsForNothing: Bool {
        switch self {
        case .string(let text): ["", "null", "none", "undefined"].contains(text.asciiLowercased)
        case .number(let number): number.int64 == 0
        case .array(let elements): elements.isEmpty
        default: false
        }
    }

    /// The object that this is, or whose JSON text it is; else the value itself.
    var objectOrItsText: JSONValue { within(UInt8(ascii: "{"), UInt8(ascii: "}")) }

    /// The array that this is, or whose JSON text it is, perhaps in the quotes of Python; else the value itself.
    fileprivate var arrayOrItsText: JSONValue { within(UInt8(ascii: "["), UInt8(ascii: "]")) }

    private func within(_ first: UInt8, _ last: UInt8) -> JSONValue {
        guard let text = string?.trimmed, text.utf8.first == first, text.utf8.last == last else { return self }
        let quoted = text.utf8.map { $0 == UInt8(ascii: "'") ? UInt8(ascii: "\"") : $0 }
        return (try? JSONValue(parsing: text)) ?? (try? JSONValue(parsing: quoted)) ?? self
    }

    fileprivate var onlyElement: JSONValue? {
        guard let array, array.count == 1 else { return nil }
        return array.first
    }

    fileprivate var isNumberOrBoolean: Bool {
        switch self {
        case .number, .bool: true
        default: false
        }
    }

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
