import Bytes
import Configuration
import JSON

/// JSON for people: a line for each value, indented by its depth, and a table for rows of values. What is null or empty
/// is left out. Lines break between words alone.
struct JSONPrettyPrinter {
    /// The columns of the terminal.
    private let width: Int
    private var lines: [String] = []

    static func text(_ value: JSONValue, width: Int) -> String {
        var printer = JSONPrettyPrinter(width: width)
        printer.write(value, 0)
        if isEmptyResult(value) { printer.lines.append("nothing found") }
        return printer.lines.isEmpty ? "(nothing)\n" : printer.lines.map { $0 + "\n" }.joined()
    }

    /// Text on one line, without what commands a terminal.
    static func plain(_ text: String) -> String { plain(text, keepsLines: false) }

    /// The same of several lines.
    static func lines(_ text: String) -> String { plain(text, keepsLines: true) + "\n" }

    private init(width: Int) {
        self.width = width
    }

    /// Whether all lists that a result has are empty, and nothing says why.
    private static func isEmptyResult(_ value: JSONValue) -> Bool {
        guard let members = value.object, members["note"] == nil else { return false }
        var hasList = false
        for (_, member) in members {
            if let items = member.array {
                guard items.isEmpty else { return false }
                hasList = true
            } else if member.object?.isEmpty == false {
                return false
            }
        }
        return hasList
    }

    private mutating func write(_ value: JSONValue, _ margin: Int) {
        guard let members = value.object else {
            if let words = JSONPrettyPrinter.inline(value) {
                writeWords(words, margin)
            } else {
                writeItems(value.array ?? [], margin)
            }
            return
        }
        for (name, member) in members {
            let name = JSONPrettyPrinter.plain(name)
            if let words = JSONPrettyPrinter.inline(member) {
                if !words.isEmpty { writeWords("\(name): \(words)", margin) }
            } else {
                lines.append(JSONPrettyPrinter.blanks(margin) + name + ":")
                write(member, margin + 2)
            }
        }
    }

    /// Rows of values as a table, anything else with a dash before its first line.
    private mutating func writeItems(_ items: [JSONValue], _ margin: Int) {
        if let table = TextTable(items, room: width - margin) {
            for line in table.lines {
                switch line {
                case .row(let text): lines.append(JSONPrettyPrinter.blanks(margin) + text)
                case .words(let text): writeWords(text, margin + 4)
                }
            }
            return
        }
        for item in items {
            let first = lines.count
            write(item, margin + 2)
            guard first < lines.count else { continue }
            lines[first] = JSONPrettyPrinter.blanks(margin) + "- " + lines[first].dropFirst(margin + 2)
        }
    }

    /// Text in as many lines as it needs; the next ones are indented more.
    private mutating func writeWords(_ text: String, _ margin: Int) {
        var line = JSONPrettyPrinter.blanks(margin)
        var taken = margin
        var isFirst = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let columns = String(word).columns
            if !isFirst {
                if taken + 1 + columns > width, taken > margin + 2 {
                    lines.append(line)
                    line = JSONPrettyPrinter.blanks(margin + 2)
                    taken = margin + 2
                } else {
                    line += " "
                    taken += 1
                }
            }
            line += word
            taken += columns
            isFirst = false
        }
        lines.append(line)
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// What stands on one line: a value, or a list of values; nothing where there is none. Nil for what needs several.
    static func inline(_ value: JSONValue) -> String? {
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
