import JSON

/// What forms ask for (client/elicitation, Requested Schema).
enum FormSchemas {
    static var contact: JSONValue {
        [
            "type": "object",
            "properties": [
                "username": ["type": "string", "description": "User's response"],
                "email": ["type": "string", "description": "User's email address"],
            ],
            "required": ["username", "email"],
        ]
    }

    /// A default for every primitive type.
    static var defaults: JSONValue {
        [
            "type": "object",
            "properties": [
                "name": ["type": "string", "description": "User name", "default": "John Doe"],
                "age": ["type": "integer", "description": "User age", "default": 30],
                "score": ["type": "number", "description": "User score", "default": 95.5],
                "status": [
                    "type": "string", "description": "User status", "enum": ["active", "inactive", "pending"],
                    "default": "active",
                ],
                "verified": ["type": "boolean", "description": "Verification status", "default": true],
            ],
            "required": [],
        ]
    }

    /// The five ways to write a choice.
    static var enumerations: JSONValue {
        [
            "type": "object",
            "properties": [
                "untitledSingle": [
                    "type": "string", "description": "Select one option", "enum": ["option1", "option2", "option3"],
                ],
                "titledSingle": [
                    "type": "string", "description": "Select one option with titles", "oneOf": options("Option"),
                ],
                "legacyEnum": [
                    "type": "string", "description": "Select one option (legacy)", "enum": ["opt1", "opt2", "opt3"],
                    "enumNames": ["Option One", "Option Two", "Option Three"],
                ],
                "untitledMulti": [
                    "type": "array", "description": "Select multiple options", "minItems": 1, "maxItems": 3,
                    "items": ["type": "string", "enum": ["option1", "option2", "option3"]],
                ],
                "titledMulti": [
                    "type": "array", "description": "Select multiple options with titles", "minItems": 1,
                    "maxItems": 3, "items": ["anyOf": options("Choice")],
                ],
            ],
            "required": [],
        ]
    }

    private static func options(_ noun: String) -> JSONValue {
        [
            ["const": "value1", "title": .string("First \(noun)")],
            ["const": "value2", "title": .string("Second \(noun)")],
            ["const": "value3", "title": .string("Third \(noun)")],
        ]
    }
}
