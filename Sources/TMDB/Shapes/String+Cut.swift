extension String {
    /// The text if it has so many bytes of UTF-8 at most, else its beginning, whole words where there are some, with an
    /// ellipsis.
    func cut(toBytes bytesMax: Int) -> String {
        guard let end = end(ofCutTo: bytesMax) else { return self }
        return String(Substring(utf8.prefix(end))) + "…"
    }

    /// How many bytes stay before the ellipsis; nil when the text is short enough.
    func end(ofCutTo bytesMax: Int) -> Int? {
        guard utf8.count > bytesMax else { return nil }
        let bytes = utf8.span
        func isWithinScalar(_ position: Int) -> Bool { bytes[position] & 0xC0 == 0x80 }
        var end = max(0, bytesMax - "…".utf8.count)
        while end > 0, isWithinScalar(end) { end -= 1 }
        // The last blank, unless it is so far back that the text is not of words.
        var position = end
        var scalars = 0
        while position > 0, scalars < 23 {
            position -= 1
            if isWithinScalar(position) { continue }
            scalars += 1
            if bytes[position] == UInt8(ascii: " ") {
                end = position
                break
            }
        }
        return end
    }
}
