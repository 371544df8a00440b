import Bytes
import JSON

/// Rows of values in columns, for a terminal. What is too wide for a column stands below its row.
struct TextTable {
    enum Line {
        case row(String)
        /// Of the row above: a name and text of any length.
        case words(String)
    }

    private struct Column {
        let name: String
        var cells: [String] = []
        var width: Int
        var isBelow = false
    }

    private(set) var lines: [Line] = []

    /// - Parameter room: columns of the terminal.
    /// - Returns: nil where the items are no rows of values.
    init?(_ items: [JSONValue], room: Int) {
        guard !items.isEmpty, var columns = TextTable.columns(of: items) else { return nil }
        var taken = 0
        for index in columns.indices {
            let next = taken + columns[index].width + (taken == 0 ? 0 : 2)
            // Not texts: they would keep what follows from its place.
            if next > room || columns[index].width * 3 > room * 2 {
                columns[index].isBelow = true
            } else {
                taken = next
            }
        }
        if taken == 0 { return nil }
        let shown = columns.filter { !$0.isBelow }
        lines.append(.row(TextTable.row(shown) { $0.name }))
        for number in items.indices {
            lines.append(.row(TextTable.row(shown) { $0.cells[number] }))
            for column in columns where column.isBelow && !column.cells[number].isEmpty {
                lines.append(.words("\(column.name): \(column.cells[number])"))
            }
        }
    }

    /// In the order in which their names come first, without those that are empty.
    private static func columns(of items: [JSONValue]) -> [Column]? {
        var columns: [Column] = []
        for (number, item) in items.enumerated() {
            guard let members = item.object, !members.isEmpty else { return nil }
            for (name, value) in members {
                guard let cell = JSONPrettyPrinter.inline(value) else { return nil }
                if cell.isEmpty { continue }
                let name = JSONPrettyPrinter.plain(name)
                var index = 0
                while index < columns.count, columns[index].name != name { index += 1 }
                if index == columns.count { columns.append(Column(name: name, width: name.columns)) }
                while columns[index].cells.count < number { columns[index].cells.append("") }
                columns[index].cells.append(cell)
                columns[index].width = max(columns[index].width, cell.columns)
            }
        }
        for index in columns.indices {
            while columns[index].cells.count < items.count { columns[index].cells.append("") }
        }
        return columns
    }

    private static func row(_ columns: [Column], _ cell: (Column) -> String) -> String {
        var text = ""
        var blanks = 0
        for column in columns {
            let cell = cell(column)
            if !cell.isEmpty {
                text += String(repeating: " ", count: blanks) + cell
                blanks = 0
            }
            blanks += column.width - cell.columns + 2
        }
        return text
    }
}

extension String {
    /// How many columns of a terminal it takes: marks that combine none, the signs of East Asia and pictures two.
    var columns: Int {
        var count = 0
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x300...0x36F, 0x200B...0x200D, 0xFE00...0xFE0F: break
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                count += 2
            default: count += 1
            }
        }
        return count
    }
}
