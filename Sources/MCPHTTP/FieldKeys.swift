import HTTPServer

/// The names that MCP adds to those of HTTP.
struct FieldKeys {
    let catalog: FieldCatalog
    let sessionID: FieldKey
    let protocolVersion: FieldKey
    let method: FieldKey
    let name: FieldKey
    let contentEncoding: FieldKey
    let forwardedFor: FieldKey
    let forwardedPrefix: FieldKey
    /// What is handed on to the server's own code.
    let forwarded: FieldKey?

    /// - Parameter forwarded: the name of that header, if there is one.
    init(forwarded forwardedName: String?) {
        var catalog = FieldCatalog()
        sessionID = catalog.add("mcp-session-id", .refused)
        protocolVersion = catalog.add("mcp-protocol-version", .refused)
        method = catalog.add("mcp-method", .refused)
        name = catalog.add("mcp-name", .refused)
        contentEncoding = catalog.add("content-encoding", .refused)
        forwardedFor = catalog.add("x-forwarded-for", .joined)
        forwardedPrefix = catalog.add("x-forwarded-prefix", .joined)
        forwarded = forwardedName.map { catalog.add($0, .refused) }
        self.catalog = catalog
    }
}
