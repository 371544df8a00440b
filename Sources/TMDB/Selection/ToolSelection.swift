import Bytes

/// Which tools a server has: those that a user named, each by itself or in sets.
package struct ToolSelection: Equatable, Sendable {
    /// Names that are neither tools nor sets.
    package struct UnknownNames: Error, Equatable {
        package let names: [String]

        /// For the user, who wrote them.
        package var message: String {
            let list = names.map { "\"\($0.cut(toBytes: 60))\"" }.joined(separator: ", ")
            return
                "\(list): no tool or set of tools; there are the sets "
                + "\(ToolSelection.setNames.joined(separator: ", ")) and the tools "
                + "\(ToolSelection.toolNames.joined(separator: ", "))."
        }
    }

    /// In the order of the catalog.
    package let names: [String]

    /// But those of an account, which must be named.
    package static let all = ToolSelection(entries: ToolCatalog.entries.filter { $0.set != .account })

    /// The names of the sets: parts of all, `all`, and `original` for the six tools of XDwanj/tmdb-mcp.
    package static var setNames: [String] { ToolSet.allCases.map { $0.rawValue } + ["all", "original"] }

    package static var toolNames: [String] { ToolCatalog.entries.map { $0.name } }

    /// The names of sets and tools, each once.
    package static var knownNames: [String] { setNames + toolNames.filter { !setNames.contains($0) } }

    /// - Parameter list: names of tools and sets; all tools when there are none.
    package init(_ list: [String]) throws(UnknownNames) {
        let known = ToolSelection.knownNames
        let unknown = list.filter { !known.contains($0) }
        guard unknown.isEmpty else { throw UnknownNames(names: unknown) }
        guard !list.isEmpty else {
            self = .all
            return
        }
        self.init(
            entries: ToolCatalog.entries.filter { entry in
                list.contains { ToolSelection.isMeant(entry, by: $0) }
            })
    }

    private init(entries: [ToolCatalog.Entry]) { names = entries.map { $0.name } }

    private static func isMeant(_ entry: ToolCatalog.Entry, by name: String) -> Bool {
        switch name {
        case "all": entry.set != .account
        case "original": entry.isOriginal
        default: name == entry.name || name == entry.set.rawValue
        }
    }
}
