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
    /// The same, of the person whom the client acts for.
    let person: FieldKey?

    /// - Parameters:
    ///   - forwarded: the name of the header that is handed on, if there is one.
    ///   - person: the name of the one that tells of a person.
    init(forwarded forwardedName: String?, person personName: String? = nil) {
        var catalog = FieldCatalog()
        sessionID = catalog.add("mcp-session-id", .refused)
        protocolVersion = catalog.add("mcp-protocol-version", .refused)
        method = catalog.add("mcp-method", .refused)
        name = catalog.add("mcp-name", .refused)
        contentEncoding = catalog.add("content-encoding", .refused)
        forwardedFor = catalog.add("x-forwarded-for", .joined)
        forwardedPrefix = catalog.add("x-forwarded-prefix", .joined)
        forwarded = forwardedName.map { catalog.add($0, .refused) }
        person = personName.map { catalog.add($0, .refused) }
        self.catalog = catalog
    }
}
