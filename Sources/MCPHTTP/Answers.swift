import HTTPServer
import JSON

/// Whole answers, apart from those of MCP.
extension Response {
    static let jsonFields: [(name: String, value: String)] = [
        ("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff"),
    ]

    /// `{"error": …}`: what is wrong and what to do.
    static func refusal(
        _ status: Int, _ message: String, _ more: [(name: String, value: String)] = []
    ) -> Response {
        let body: JSONValue = ["error": .string(message)]
        return Response(status: status, ResponseFields(jsonFields + more), body: body.serialized())
    }
}
