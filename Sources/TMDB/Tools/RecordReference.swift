import Bytes
import JSON

/// What a model gives as the id of a title or a person: TMDB's, perhaps with words after a dash; an address of TMDB's
/// or a URI of this server's; an id or an address of IMDb's.
struct RecordReference {
    /// TMDB's; 0 while IMDb's alone is known.
    var id: Int64 = 0
    /// What the reference tells of the type; empty when it is nothing. IMDb does not tell movies from series.
    var type = ""
    /// IMDb's id; empty when it is TMDB's.
    private(set) var imdb = ""

    @inline(never)  // would be copied into each caller
    init?(_ value: JSONValue) {
        guard let text = value.string else {
            id = value.int64 ?? 0
            if RecordReference.ids.contains(id) { return }
            return nil
        }
        let normalised = FindTool.normalised(text)
        if FindTool.source(of: normalised) == "imdb_id" {
            imdb = normalised
            if normalised.utf8.first == UInt8(ascii: "n") { type = "person" }
            return
        }
        for part in FindTool.parts(of: text) {
            if let number = RecordID.parse(part), RecordReference.ids.contains(number) {
                guard !type.isEmpty || part.utf8.count == text.utf8.count else { return nil }
                id = number
                return
            }
            if RecordReference.types.contains(part) {
                type = part
            } else if !type.isEmpty || !RecordReference.origins.contains(part) {
                return nil
            }
        }
        return nil
    }

    static let ids: ClosedRange<Int64> = 1...TMDBLimits.idMax

    private static let origins = ["https:", "http:", "tmdb:", "www.themoviedb.org", "themoviedb.org"]

    private static let types = ["movie", "tv", "person", "collection", "company", "network", "keyword", "list"]
}
