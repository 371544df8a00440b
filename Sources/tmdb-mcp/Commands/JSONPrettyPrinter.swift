import Bytes
import Configuration
import JSON

/// JSON for people: a line for each value, indented by its depth. What is null or empty is left out.
enum JSONPrettyPrinter {
    static func text(_ value: JSONValue) -> String {
        var lines: [String] = []
        write(value, "", into: &lines)
        return lines.isEmpty ? "(nothing)\n" : lines.map { $0 + "\n" }.joined()
    }

    /// Text on one line, without what commands a terminal.
    static func plain(_ text: String) -> String { plain(text, keepsLines: false) }

    /// The same of several lines.
    static func lines(_ text: String) -> String { plain(text, keepsLines: true) + "\n" }

    private static func write(_ value: JSONValue, _ margin: String, into lines: inout [String]) {
        guard let members = value.object else {
            if let words = inline(value) {
                lines.append(margin + words)
            } else {
                writeItems(value.array ?? [], margin, into: &lines)
            }
            return
        }
        for (name, member) in members {
            if let words = inline(member) {
                if !words.isEmpty { lines.append("\(margin)\(plain(name)): \(words)") }
            } else {
                lines.append("\(margin)\(plain(name)):")
                write(member, margin + "  ", into: &lines)
            }
        }
    }

    /// Each with a dash before its first line.
    private static func writeItems(_ items: [JSONValue], _ margin: String, into lines: inout [String]) {
        for item in items {
            var block: [String] = []
            write(item, margin + "  ", into: &block)
            if let first = block.first {
                block[0] = margin + "- " + first.dropFirst(margin.utf8.count + 2)
            }
            lines += block
        }
    }

    /// What stands on one line: a value, or a list of values; nothing where there is none. Nil for what needs several.
    private static func inline(_ value: JSONValue) -> String? {
        switch value {
        case .null: return ""
        case .bool(let bool): return bool ? "yes" : "no"
        case .number: return value.text
        case .string(let text): return plain(text)
        case .object(let members): return members.isEmpty ? "" : nil
        case .array(let items):
            var words: [String] = []
            for item in items {
                switch item {
                case .array, .object: return nil
                case .null, .bool, .number, .string: words.append(inline(item) ?? "")
                }
            }
            return words.joined(separator: ", ")
        }
    }

    private static func plain(_ text: String, keepsLines: Bool) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isKept = !LogText.isControl(scalar) || (keepsLines && scalar == "\n")
            scalars.append(isKept ? scalar : " ")
        }
        return String(scalars)
    }
}
