import JSON

extension JSONObject {
    /// The members of an entry that people and models know it by (schema, `BaseMetadata` and `Icons`), before its own.
    init(name: String, title: String, description: String, icons: [Icon] = [], for version: ProtocolVersion) {
        self = ["name": .string(name)]
        if version.hasStructuredContent { set("title", to: .string(title)) }
        set("description", to: .string(description))
        Icon.add(icons, to: &self, for: version)
    }
}
