import JSON

/// How the answer to one call is shaped.
struct Shaping {
    /// How much of TMDB's records is given.
    enum Detail: Equatable, Sendable {
        /// What a choice needs, with long texts cut.
        case compact
        case full
    }

    var detail = Detail.compact
    var genres = GenreNames.english
    /// The media type of rows that do not tell it, as those of `/search/person` and `/discover/movie`.
    var mediaType: String?
    /// What was asked for, such as "pt-BR": the best trailer and certification are its own.
    var language = "en-US"
    /// The namespaces to pass on whole out of a record.
    var appended: [String] = []
    /// 0 gives compact objects as their fields say; each step up cuts them further, by these tables.
    private(set) var squeeze = 0

    /// Quarters of what a long text may have.
    private static let proseQuarters = [4, 3, 2, 1, 0, 0, 0]
    private static let nameBytesMax = [120, 120, 120, 60, 40, 20, 10]
    /// Where images are left out.
    private static let noImages = 4
    /// Rows that `Limits.compactBytesMax` is meant for.
    private static let pageRows = 20

    /// What a compact object keeps of a long text; nil when that is nothing.
    func prose(_ text: String, bytesMax: Int) -> String? {
        guard detail == .compact else { return text }
        let most = bytesMax / 4 * Shaping.proseQuarters[squeeze]
        return most == 0 ? nil : text.cut(toBytes: most)
    }

    /// A title or a person's name, which nothing bounds at TMDB.
    func name(_ text: String) -> String {
        detail == .full ? text : text.cut(toBytes: Shaping.nameBytesMax[squeeze])
    }

    var hasImages: Bool { squeeze < Shaping.noImages }

    /// What `make` gives, cut further until a compact one of up to 20 rows has `Limits.compactBytesMax` at most, one of
    /// more rows as much for each, or nothing more can go.
    @inline(never)  // would be copied into each caller
    func fitted(rows: Int = 0, _ make: (Shaping) -> JSONValue?) -> JSONValue? {
        let bytesMax = Limits.compactBytesMax / Shaping.pageRows * max(rows, Shaping.pageRows)
        var shaping = self
        while let object = make(shaping) {
            if detail == .full || shaping.squeeze + 1 == Shaping.nameBytesMax.count { return object }
            if object.bytesBound <= bytesMax || object.serialized().count <= bytesMax { return object }
            shaping.squeeze += 1
        }
        return nil
    }
}
