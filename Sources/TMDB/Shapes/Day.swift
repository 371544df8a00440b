import JSON

/// A date of TMDB's, written 2021-09-15, perhaps with a time behind it.
struct Day {
    let year: Int64
    /// The year, the month and the day in a row, as 20210915: days in order are numbers in order.
    let number: Int64
    /// What it was read from: the day, perhaps with a time behind it.
    private let source: String

    /// As TMDB writes it.
    var text: String { String(decoding: source.utf8.prefix(10), as: UTF8.self) }

    /// Nil when it is not one. TMDB writes an unknown date as nothing.
    init?(_ member: JSONValue) {
        guard case .string(let text) = member else { return nil }
        let bytes = text.utf8.span
        guard bytes.count >= 10 else { return nil }
        var number: Int64 = 0
        for position in 0..<10 {
            let byte = bytes[position]
            if position == 4 || position == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            }
        }
        self.number = number
        year = number / 10_000
        source = text
    }
}
