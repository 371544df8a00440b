import Bytes

/// A place in a list, as clients hand it back (server/utilities/pagination). What it means is the server's own matter.
enum Cursor {
    private static let prefix = "at-"

    static func text(for offset: Int) -> String { "\(prefix)\(offset)" }

    /// Nil for what `text` did not make for a list of that length and those pages.
    static func offset(of text: String, count: Int, pageSize: Int) -> Int? {
        guard text.hasPrefix(prefix), let offset = Int(text.dropFirst(prefix.utf8.count)),
            Cursor.text(for: offset) == text, offset > 0, offset < count, offset % pageSize == 0
        else { return nil }
        return offset
    }
}
