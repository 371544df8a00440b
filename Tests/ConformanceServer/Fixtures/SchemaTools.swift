import JSON
import MCP

/// Tools whose schemas are the point.
enum SchemaTools {
    static var all: [Tool] { [draft2020, mirroredHeaders] }

    private static var draft2020: Tool {
        .fixture(
            "json_schema_2020_12_tool", "Takes a contact; its schema uses much of JSON Schema 2020-12.",
            InputSchema(custom: contact, check: problemOfContact)
        ) { arguments, _ in
            .text("Called with: \(JSONValue.object(arguments.json).text)")
        }
    }

    private static var contact: JSONObject {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": [
                "address": [
                    "$anchor": "addressDef",
                    "type": "object",
                    "properties": ["street": ["type": "string"], "city": ["type": "string"]],
                ]
            ],
            "properties": [
                "name": ["type": "string"],
                "address": ["$ref": "#/$defs/address"],
                "contactMethod": ["type": "string", "enum": ["phone", "email"]],
                "phone": ["type": "string"],
                "email": ["type": "string"],
            ],
            "allOf": [["anyOf": [["required": ["phone"]], ["required": ["email"]]]]],
            "if": ["properties": ["contactMethod": ["const": "phone"]], "required": ["contactMethod"]],
            "then": ["required": ["phone"]],
            "else": ["required": ["email"]],
            "additionalProperties": false,
        ]
    }

    /// What the schema says, in code.
    private static func problemOfContact(_ arguments: JSONObject) -> String? {
        for (name, value) in arguments {
            switch name {
            case "name", "phone", "email":
                guard value.string != nil else { return "\(name) must be a string." }
            case "contactMethod":
                guard value.string == "phone" || value.string == "email" else {
                    return "contactMethod must be phone or email."
                }
            case "address":
                guard value.object != nil, isText(value["street"]), isText(value["city"]) else {
                    return "address must be an object; its street and its city are strings."
                }
            default: return "The arguments are: name, address, contactMethod, phone, email."
            }
        }
        let needed = arguments["contactMethod"]?.string == "phone" ? "phone" : "email"
        return arguments[needed] == nil ? "\(needed) is missing." : nil
    }

    private static var mirroredHeaders: Tool {
        .fixture(
            "test_x_mcp_header", "Answers with its arguments, which HTTP clients repeat in headers.",
            InputSchema(custom: mirrored, check: problemOfMirrored)
        ) { arguments, _ in
            .text(JSONValue.object(arguments.json).text)
        }
    }

    private static var mirrored: JSONObject {
        [
            "type": "object",
            "properties": [
                "region": [
                    "type": "string", "description": "Mirrored into Mcp-Param-Region", "x-mcp-header": "Region",
                ],
                "count": ["type": "integer", "x-mcp-header": "Count"],
                "dryRun": ["type": "boolean", "x-mcp-header": "Dry-Run"],
                "place": ["type": "object", "properties": ["city": ["type": "string", "x-mcp-header": "City"]]],
            ],
        ]
    }

    private static func problemOfMirrored(_ arguments: JSONObject) -> String? {
        guard isText(arguments["region"]) else { return "region must be a string." }
        if let count = arguments["count"], count.int64 == nil { return "count must be a whole number." }
        if let dryRun = arguments["dryRun"], dryRun.bool == nil { return "dryRun must be true or false." }
        guard let place = arguments["place"] else { return nil }
        return place.object != nil && isText(place["city"]) ? nil : "place must be an object; its city is a string."
    }

    private static func isText(_ value: JSONValue?) -> Bool { value == nil || value?.string != nil }
}
