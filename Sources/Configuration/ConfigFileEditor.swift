import Bytes

/// Adds the token to the text of a config file, by lines: comments, order and form of the rest stay.
package enum ConfigFileEditor {
    package enum Outcome: Equatable {
        /// The text with the token.
        case text([UInt8])
        /// There is a token already.
        case present(String)
        /// There is no place of which it is certain that the rest keeps its meaning.
        case impossible
    }

    /// - Parameters:
    ///   - token: letters and digits only.
    ///   - replaces: whether it takes the place of a token that is there.
    package static func adding(_ token: String, to old: [UInt8], replaces: Bool = false) -> Outcome {
        let root: YAMLNode?
        do throws(YAMLError) { root = try YAMLNode.parse(old) } catch { return .impossible }
        if !replaces, let present = root?.entry("server")?.value.entry("sse")?.value.entry("token")?.value,
            !present.isEmpty
        {
            guard case .scalar(let text, _) = present.content else { return .impossible }
            return .present(text.trimmed)
        }
        guard let new = edited(old, root, "\"\(token)\"") else { return .impossible }
        // Whatever form the file has: what the new text says decides.
        let node: YAMLNode?
        do throws(YAMLError) { node = try YAMLNode.parse(new) } catch { return .impossible }
        var expected = leaves(root)
        var found = leaves(node)
        guard let position = found.firstIndex(of: Leaf(path: tokenPath, text: token)) else { return .impossible }
        found.remove(at: position)
        expected.removeAll { $0.path == tokenPath }
        return found == expected ? .text(new) : .impossible
    }

    private static let tokenPath = "/server/sse/token"

    private static func edited(_ old: [UInt8], _ root: YAMLNode?, _ value: String) -> [UInt8]? {
        var lines = LineEditor(old)
        guard let root, !root.isEmpty else {
            lines.append(["server:", "  sse:", "    token: \(value)"])
            return lines.bytes
        }
        guard case .mapping(let entries) = root.content, let first = entries.first else { return nil }
        let margin = blanks(first.keyStart.column)
        guard let server = root.entry("server") else {
            lines.append([margin + "server:", margin + "  sse:", margin + "    token: \(value)"])
            return lines.bytes
        }
        guard let sse = server.value.entry("sse") else {
            let indent = indent(below: server)
            lines.insert([indent + "sse:", indent + "  token: \(value)"], after: server.keyStart.line)
            return lines.bytes
        }
        guard let token = sse.value.entry("token") else {
            lines.insert([indent(below: sse) + "token: \(value)"], after: sse.keyStart.line)
            return lines.bytes
        }
        guard lines.replace(from: token.value.start, to: token.value.end, by: value) else { return nil }
        return lines.bytes
    }

    /// As deep as what stands below the key now.
    private static func indent(below entry: YAMLNode.Entry) -> String {
        if case .mapping(let inner) = entry.value.content, let first = inner.first {
            return blanks(first.keyStart.column)
        }
        return blanks(entry.keyStart.column + 2)
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// A value of a document and the way to it. Nothing, as an empty section, is no value.
    private struct Leaf: Equatable {
        let path: String
        let text: String
    }

    private static func leaves(_ node: YAMLNode?, at path: String = "") -> [Leaf] {
        guard let node, !node.isEmpty else { return [] }
        switch node.content {
        case .scalar(let text, _): return [Leaf(path: path, text: text)]
        case .sequence(let items): return items.flatMap { leaves($0, at: path + "/-") }
        case .mapping(let entries): return entries.flatMap { leaves($0.value, at: path + "/" + $0.key) }
        }
    }
}
