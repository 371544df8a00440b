import JSON

/// Something to read, at a fixed URI (server/resources).
public struct Resource {
    public let uri: String
    public let name: String
    public let title: String
    public let description: String
    public let mimeType: String
    public let icons: [Icon]
    public let annotations: Annotations?
    /// Starts reading and calls `finish` once, as `Tool.run` does.
    public let read: (_ request: RequestContext, _ finish: @escaping (ResourceResult) -> Void) -> Cancellation

    public init(
        uri: String, name: String, title: String, description: String, mimeType: String, icons: [Icon] = [],
        annotations: Annotations? = nil,
        read: @escaping (_ request: RequestContext, _ finish: @escaping (ResourceResult) -> Void) -> Cancellation
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.icons = icons
        self.annotations = annotations
        self.read = read
    }

    func json(for version: ProtocolVersion) -> JSONValue {
        var object = JSONObject(name: name, title: title, description: description, icons: icons, for: version)
        object.set("uri", to: .string(uri))
        object.set("mimeType", to: .string(mimeType))
        if let annotations { object.set("annotations", to: annotations.json) }
        return .object(object)
    }
}
