import Bytes
public import JSON

/// A piece of what a tool or a prompt gives (ContentBlockBlock in the schema).
public enum ContentBlock: Equatable, Sendable {
    case text(String, Annotations? = nil)
    /// `data` is base64.
    case image(data: String, mimeType: String)
    /// `data` is base64. Since 2025-03-26; older clients get a line of text instead.
    case audio(data: String, mimeType: String)
    case embedded(ResourceContents)
    /// Since 2025-06-18; older clients get the URI as text.
    case link(uri: String, name: String, mimeType: String?)

    public func json(for version: ProtocolVersion) -> JSONValue {
        switch self {
        case .text(let text, let annotations):
            var object: JSONObject = ["type": "text", "text": .string(text)]
            if let annotations { object.set("annotations", to: annotations.json) }
            return .object(object)
        case .image(let data, let mimeType):
            return ["type": "image", "data": .string(data), "mimeType": .string(mimeType)]
        case .audio(let data, let mimeType):
            guard version.hasToolAnnotations else {
                return ContentBlock.text("Audio (\(mimeType)) that this revision of the protocol cannot carry.")
                    .json(for: version)
            }
            return ["type": "audio", "data": .string(data), "mimeType": .string(mimeType)]
        case .embedded(let contents):
            return ["type": "resource", "resource": contents.json]
        case .link(let uri, let name, let mimeType):
            guard version.hasStructuredContent else { return ContentBlock.text("\(name): \(uri)").json(for: version) }
            var object: JSONObject = ["type": "resource_link", "uri": .string(uri), "name": .string(name)]
            if let mimeType { object.set("mimeType", to: .string(mimeType)) }
            return .object(object)
        }
    }
}
