import JSON
import MCP

extension CallToolResult {
    /// The JSON that is made of TMDB's answer. `shape` gives nil when the answer is not what TMDB documents.
    ///
    /// - Parameter subject: what was asked for, for an error that says it is not there.
    static func shaped(
        _ answer: Call.Answer, of subject: Subject? = nil, _ shape: (JSONValue) -> [UInt8]?
    ) -> CallToolResult {
        switch answer {
        case .failure(let error): return .failure(subject?.reason(error) ?? error.message)
        case .success(let value):
            if let json = shape(value) { return .structured(StructuredContent(json: json)) }
            return .failure(TMDBError.unexpectedShape.message)
        }
    }
}
