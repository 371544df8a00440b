import HTTPTypes
import JSON

/// Whole answers, apart from those of MCP.
extension HTTPResponse {
    static let jsonFields: [(name: String, value: String)] = [
        ("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff"),
    ]

    /// `{"error": …}`: what is wrong and what to do.
    static func refusal(
        _ status: Int, _ message: String, _ more: [(name: String, value: String)] = []
    ) -> HTTPResponse {
        let body: JSONValue = ["error": .string(message)]
        return HTTPResponse(status: status, fields: HTTPFields(jsonFields + more), body: body.serialized())
    }
}
