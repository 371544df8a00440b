import JSON

/// Who a server says it is.
package struct Implementation: Sendable {
    package let name: String
    package let title: String
    package let version: String
    package let description: String
    package let websiteURL: String

    package init(name: String, title: String, version: String, description: String, websiteURL: String) {
        self.name = name
        self.title = title
        self.version = version
        self.description = description
        self.websiteURL = websiteURL
    }

    func json(for version: ProtocolVersion) -> JSONValue {
        var object: JSONObject = ["name": .string(name)]
        if version.hasStructuredContent { object.set("title", to: .string(title)) }
        object.set("version", to: .string(self.version))
        if version.hasImplementationDetails {
            object.set("description", to: .string(description))
            object.set("websiteUrl", to: .string(websiteURL))
        }
        return .object(object)
    }
}
