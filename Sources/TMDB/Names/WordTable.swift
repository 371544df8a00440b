/// Words and what they stand for, in one text: lines of a value, a colon, and words parted by commas. Many small arrays
/// would take several times as much of the program.
struct WordTable: Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// What a folded text stands for, in the order of the lines.
    @inline(never)  // would be copied into each caller
    func values(of word: String) -> [String] {
        let wanted = Array(word.utf8)
        var values: [String] = []
        var value: [UInt8] = []
        var item: [UInt8] = []
        var isFound = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: ":"):
                value = item
                item = []
            case UInt8(ascii: ","), UInt8(ascii: "\n"):
                if item == wanted { isFound = true }
                item = []
                if byte == UInt8(ascii: ",") { continue }
                if isFound { values.append(String(decoding: value, as: UTF8.self)) }
                isFound = false
            default: item.append(byte)
            }
        }
        if isFound || item == wanted { values.append(String(decoding: value, as: UTF8.self)) }
        return values
    }
}
