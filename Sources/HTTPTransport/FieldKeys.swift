import HTTPServer

/// The names that MCP adds to those of HTTP.
struct FieldKeys {
    let catalog: FieldCatalog
    let sessionID: FieldKey
    let protocolVersion: FieldKey
    let method: FieldKey
    let name: FieldKey
    /// The client's own credential for the service behind the server.
    let credential: FieldKey?

    /// - Parameter credential: the name of that header, if there is one.
    init(credential credentialName: String?) {
        var catalog = FieldCatalog()
        sessionID = catalog.add("mcp-session-id", .refused)
        protocolVersion = catalog.add("mcp-protocol-version", .refused)
        method = catalog.add("mcp-method", .refused)
        name = catalog.add("mcp-name", .refused)
        credential = credentialName.map { catalog.add($0, .refused) }
        self.catalog = catalog
    }
}
