import MCP

extension CallToolResult {
    /// All that is wrong with a call, each in words that begin with the name of an argument.
    static func problems(_ list: [String], in spelling: ArgumentSpelling) -> CallToolResult {
        .failure(spelling.shown(list.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: "\n")))
    }
}
