/// A text as lines, each with its line end.
struct LineEditor {
    private var lines: [[UInt8]] = []

    init(_ bytes: [UInt8]) {
        var line: [UInt8] = []
        for byte in bytes {
            line.append(byte)
            if byte == UInt8(ascii: "\n") {
                lines.append(line)
                line = []
            }
        }
        if !line.isEmpty { lines.append(line) }
    }

    var bytes: [UInt8] { lines.flatMap { $0 } }

    mutating func append(_ more: [String]) {
        insert(more, at: lines.count)
    }

    /// - Parameter line: counted from 0.
    mutating func insert(_ more: [String], after line: Int) {
        insert(more, at: min(line + 1, lines.count))
    }

    /// Puts a text between two places of one line; false when they are of two, or there is none such.
    mutating func replace(from start: YAMLNode.Mark, to end: YAMLNode.Mark, by text: String) -> Bool {
        guard start.line == end.line, start.column <= end.column, start.line < lines.count else { return false }
        let line = lines[start.line]
        // Columns count Unicode scalars: in ASCII they are bytes.
        guard end.column <= line.count, line.prefix(end.column).allSatisfy({ $0 < 0x80 }) else { return false }
        // An empty value stands right behind its colon.
        let isGlued = start.column > 0 && line[start.column - 1] == UInt8(ascii: ":")
        let middle = (isGlued ? " " : "") + text
        lines[start.line] = line.prefix(start.column) + Array(middle.utf8) + line.dropFirst(end.column)
        return true
    }

    private mutating func insert(_ more: [String], at position: Int) {
        if position == lines.count, let last = lines.last, last.last != UInt8(ascii: "\n") {
            lines[lines.count - 1].append(UInt8(ascii: "\n"))
        }
        // As the file ends its lines.
        let isWindows = lines.first?.suffix(2).elementsEqual("\r\n".utf8) == true
        let end = isWindows ? "\r\n" : "\n"
        lines.insert(contentsOf: more.map { Array(($0 + end).utf8) }, at: position)
    }
}
