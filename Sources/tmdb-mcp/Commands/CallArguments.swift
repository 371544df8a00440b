import Bytes
import Configuration
import JSON
import MCP

/// Arguments of a tool from a command line: `name=value`, or `name:=` and JSON.
enum CallArguments {
    struct Refusal: Error {
        let message: String
    }

    /// Reads the arguments and checks them against the tool's schema.
    static func read(_ operands: ArraySlice<String>, for tool: Tool) throws(Refusal) -> JSONObject {
        let schema = tool.input.json
        let properties = schema["properties"]?.object ?? [:]
        var arguments = JSONObject()
        for operand in operands {
            guard let (name, value) = try split(operand, properties) else {
                throw Refusal(message: "\"\(operand)\" is not NAME=VALUE; \(hint(operands, schema))")
            }
            guard arguments[name] == nil else { throw Refusal(message: "\(name) is given twice") }
            arguments.set(name, to: value)
        }
        do throws(InputSchema.Refusal) {
            _ = try tool.input.check(arguments)
        } catch {
            throw Refusal(message: "\(tool.name): \(error.message)")
        }
        return arguments
    }

    private static func split(
        _ operand: String, _ properties: JSONObject
    ) throws(Refusal) -> (String, JSONValue)? {
        guard let sign = operand.utf8.firstIndex(of: UInt8(ascii: "=")), sign != operand.utf8.startIndex else {
            return nil
        }
        let text = String(operand[operand.utf8.index(after: sign)...])
        let name = operand[..<sign]
        if name.utf8.last == UInt8(ascii: ":") {
            let name = String(name.dropLast())
            guard let value = try? JSONValue(parsing: text) else {
                throw Refusal(message: "what follows \(name):= is not JSON")
            }
            return (name, value)
        }
        return (String(name), value(text, properties[String(name)] ?? [:]))
    }

    /// What the text stands for, of the types that the schema allows. Of none of them it stays text, which the check of
    /// the schema then refuses in its own words.
    private static func value(_ text: String, _ schema: JSONValue) -> JSONValue {
        let types = types(of: schema)
        let parsed = try? JSONValue(parsing: text)
        switch parsed {
        case .number where types.contains("integer") || types.contains("number"): return parsed ?? .string(text)
        case .bool where types.contains("boolean"): return parsed ?? .string(text)
        case .array where types.contains("array"): return parsed ?? .string(text)
        case .object where types.contains("object"): return parsed ?? .string(text)
        default: break
        }
        let isList = types.contains("array") && (!types.contains("string") || text.utf8.contains(UInt8(ascii: ",")))
        guard isList else { return .string(text) }
        let items = text.split(separator: ",", omittingEmptySubsequences: false)
        return .array(items.map { value(String($0.drop { $0 == " " }), itemSchema(of: schema)) })
    }

    private static func types(of schema: JSONValue) -> [String] {
        if let type = schema["type"] { return type.array?.compactMap { $0.string } ?? [type.string ?? ""] }
        return alternatives(of: schema).flatMap { types(of: $0) }
    }

    private static func itemSchema(of schema: JSONValue) -> JSONValue {
        schema["items"] ?? alternatives(of: schema).compactMap { $0["items"] }.first ?? [:]
    }

    private static func alternatives(of schema: JSONValue) -> [JSONValue] {
        (schema["anyOf"] ?? schema["oneOf"])?.array ?? []
    }

    /// Words alone are meant as the text that the tool needs, if it needs one.
    private static func hint(_ operands: ArraySlice<String>, _ schema: JSONValue) -> String {
        let properties = schema["properties"]?.object ?? [:]
        let all = "the arguments are: \(list(properties))"
        let required = schema["required"]?.array?.compactMap { $0.string } ?? []
        guard let name = required.first, required.count == 1, let schema = properties[name],
            types(of: schema) == ["string"], schema["enum"] == nil
        else { return all }
        let text = operands.filter { !$0.utf8.contains(UInt8(ascii: "=")) }.joined(separator: " ")
        let mark = text.utf8.contains(UInt8(ascii: " ")) ? "\"" : ""
        return "did you mean \(name)=\(mark)\(text)\(mark)? \(all)"
    }

    private static func list(_ properties: JSONObject) -> String {
        properties.isEmpty ? "none" : properties.map { $0.key }.joined(separator: ", ")
    }
}
