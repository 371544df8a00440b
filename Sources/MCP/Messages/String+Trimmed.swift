extension String {
    /// Without the whitespace, tabs and line ends around it.
    var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
        let tail = utf8.drop(while: isBlank)
        guard let end = tail.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(Substring(tail[...end]))
    }
}
