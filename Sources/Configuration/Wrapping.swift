import Bytes

extension String {
    /// The words in lines of at most `width` bytes, where none is longer, each behind `indent` whitespace and with a
    /// line end.
    package func wrapped(indent: Int = 0, width: Int = 88) -> String {
        let margin = String(repeating: " ", count: indent)
        var text = ""
        var line = margin
        for word in split(separator: " ") {
            if line.utf8.count > indent, line.utf8.count + 1 + word.utf8.count > width {
                text += line + "\n"
                line = margin
            }
            if line.utf8.count > indent { line += " " }
            line += word
        }
        return text + line + "\n"
    }

    /// With whitespace behind it, so that it has so many bytes at least.
    package func padded(to count: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, count - utf8.count))
    }
}
