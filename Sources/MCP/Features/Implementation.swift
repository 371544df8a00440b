import JSON

/// Who a server says it is.
package struct Implementation: Sendable {
    package let name: String
    package let title: String
    package let version: String
    package let description: String
    package let websiteURL: String
    package let icons: [Icon]

    package init(
        name: String, title: String, version: String, description: String, websiteURL: String, icons: [Icon] = []
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.description = description
        self.websiteURL = websiteURL
        self.icons = icons
    }

    func json(for version: ProtocolVersion) -> JSONValue {
        var object: JSONObject = ["name": .string(name)]
        if version.hasStructuredContent { object.set("title", to: .string(title)) }
        object.set("version", to: .string(self.version))
        Icon.add(icons, to: &object, for: version)
        if version.hasIcons {
            object.set("description", to: .string(description))
            object.set("websiteUrl", to: .string(websiteURL))
        }
        return .object(object)
    }
}
