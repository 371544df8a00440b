import HTTPServer

/// The names that MCP adds to those of HTTP.
struct FieldKeys {
    let catalog: FieldCatalog
    let sessionID: FieldKey
    let protocolVersion: FieldKey
    let method: FieldKey
    let name: FieldKey

    init() {
        var catalog = FieldCatalog()
        sessionID = catalog.add("mcp-session-id", .refused)
        protocolVersion = catalog.add("mcp-protocol-version", .refused)
        method = catalog.add("mcp-method", .refused)
        name = catalog.add("mcp-name", .refused)
        self.catalog = catalog
    }
}
