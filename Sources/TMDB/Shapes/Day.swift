import JSON

/// A date of TMDB's, written 2021-09-15, perhaps with a time behind it.
struct Day {
    let year: Int64
    /// The year, the month and the day in a row, as 20210915: days in order are numbers in order.
    let number: Int64
    /// As TMDB writes it.
    let text: String

    /// Nil when it is not one. TMDB writes an unknown date as nothing.
    init?(_ member: JSONValue) {
        guard let text = member.string else { return nil }
        var number: Int64 = 0
        var digits = 0
        var position = 0
        let bytes = Array(text.utf8.prefix(10))
        for byte in bytes {
            position += 1
            if position == 5 || position == 8 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                number = number * 10 + Int64(byte - UInt8(ascii: "0"))
                digits += 1
            }
        }
        guard digits == 8 else { return nil }
        self.number = number
        year = number / 10_000
        self.text = String(decoding: bytes, as: UTF8.self)
    }
}
