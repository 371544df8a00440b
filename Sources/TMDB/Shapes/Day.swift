import Bytes
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

    /// Nil when it is not one. TMDB writes an unknown date as nothing or 0000-00-00.
    @inline(never)  // would be copied into each caller
    init?(_ member: JSONValue) {
        guard case .string(let text) = member else { return nil }
        guard text.utf8.count >= 10, let date = CivilDate(text.utf8.span.extracting(first: 10)), date.year > 0 else {
            return nil
        }
        number = Int64(date.number)
        year = Int64(date.year)
        source = text
    }
}
