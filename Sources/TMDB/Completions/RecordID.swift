import Bytes
import JSON

/// How a record is named in a URI: TMDB's id, and perhaps words after a dash for people to read, as in
/// "438631-dune-2021". The words mean nothing, and are of ASCII alone, since clients put URIs into HTTP headers.
enum RecordID {
    /// Nil when the text does not begin with an id, or goes on otherwise than with a dash.
    static func parse(_ text: String) -> Int64? {
        let digits = text.utf8.prefix { $0.isASCIIDigit }
        let rest = text.utf8.dropFirst(digits.count)
        guard rest.isEmpty || rest.first == UInt8(ascii: "-"), let id = Int64(Substring(digits)), id > 0 else {
            return nil
        }
        return id
    }

    /// Names a row of a search: its id, its title or name, its year.
    static func text(for row: JSONValue) -> String? {
        guard let id = row["id"]?.int64 else { return nil }
        let title = row["title"]?.string ?? row["name"]?.string ?? ""
        let year = Day(row["release_date"] ?? row["first_air_date"] ?? .null).map { "\($0.year)" } ?? ""
        return (["\(id)"] + words(of: title) + (year.isEmpty ? [] : [year])).joined(separator: "-")
    }

    /// Without accents; what has no letters of ASCII then is left out.
    private static func words(of title: String) -> [String] {
        title.folded.utf8.split { !$0.isASCIILetterOrDigit }.map { String(Substring($0)) }
    }
}
