import JSON

/// A family of resources whose URIs have variable parts (server/resources, Resource Templates).
public struct ResourceTemplate {
    public let uri: URITemplate
    public let name: String
    public let title: String
    public let description: String
    public let mimeType: String
    public let icons: [Icon]
    public let annotations: Annotations?
    /// Values for the variables that can be completed.
    public let completions: [Completion]
    /// Starts reading and calls `finish` once, as `Tool.run` does. `.notFound` when there is no such resource.
    public let read:
        (
            _ uri: String, _ variables: [URITemplate.Variable], _ request: RequestContext,
            _ finish: @escaping (ResourceResult) -> Void
        ) -> Cancellation

    public init(
        uri: URITemplate, name: String, title: String, description: String, mimeType: String, icons: [Icon] = [],
        annotations: Annotations? = nil, completions: [Completion] = [],
        read:
            @escaping (
                _ uri: String, _ variables: [URITemplate.Variable], _ request: RequestContext,
                _ finish: @escaping (ResourceResult) -> Void
            ) -> Cancellation
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.icons = icons
        self.annotations = annotations
        self.completions = completions
        self.read = read
    }

    func json(for version: ProtocolVersion) -> JSONValue {
        var object = JSONObject(name: name, title: title, description: description, icons: icons, for: version)
        object.set("uriTemplate", to: .string(uri.text))
        object.set("mimeType", to: .string(mimeType))
        if let annotations { object.set("annotations", to: annotations.json) }
        return .object(object)
    }
}
