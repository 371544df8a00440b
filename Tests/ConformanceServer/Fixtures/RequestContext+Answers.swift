import JSON
import MCP

extension RequestContext {
    /// The answer to a form; nil when there is none, or none that makes sense.
    func form(_ key: String) -> FormAnswer? { FormAnswer(inputResponses[key]) }

    /// The text of the model's answer to `sampling/createMessage`, whose content is a block or several.
    func sampledText(_ key: String) -> String? {
        guard let content = inputResponses[key]?["content"] else { return nil }
        for block in content.array ?? [content] {
            if let text = block["text"]?.string { return text }
        }
        return nil
    }

    /// The URIs of the client's roots.
    func roots(_ key: String) -> [String]? {
        inputResponses[key]?["roots"]?.array?.compactMap { $0["uri"]?.string }
    }
}
