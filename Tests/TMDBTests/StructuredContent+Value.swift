import JSON
import MCP

extension StructuredContent {
    /// What it is the JSON of. A test fails where it is none.
    var value: JSONValue {
        get throws { try JSONValue(parsing: json) }
    }
}
