/// Words and what they stand for, in one text: lines of a value, a colon, and words parted by commas. Many small arrays
/// would take several times as much of the program.
struct WordTable: Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// What a folded text stands for, in the order of the lines.
    @inline(never)  // would be copied into each caller
    func values(of word: String) -> [String] {
        var values: [String] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let words = line[line.index(after: colon)...].split(separator: UInt8(ascii: ","))
            guard words.contains(where: { $0.elementsEqual(word.utf8) }) else { continue }
            values.append(String(Substring(line[..<colon])))
        }
        return values
    }
}
