import JSON

/// Who a server says it is.
public struct Implementation: Sendable {
    public let name: String
    public let title: String
    public let version: String
    public let description: String?
    public let websiteURL: String?
    public let icons: [Icon]

    public init(
        name: String, title: String, version: String, description: String? = nil, websiteURL: String? = nil,
        icons: [Icon] = []
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.description = description
        self.websiteURL = websiteURL
        self.icons = icons
    }

    func json(for version: ProtocolVersion, hasIcons: Bool = true) -> JSONValue {
        var object: JSONObject = ["name": .string(name)]
        if version.hasStructuredContent { object.set("title", to: .string(title)) }
        object.set("version", to: .string(self.version))
        if hasIcons { Icon.add(icons, to: &object, for: version) }
        if version.hasIcons {
            if let description { object.set("description", to: .string(description)) }
            if let websiteURL { object.set("websiteUrl", to: .string(websiteURL)) }
        }
        return .object(object)
    }
}
