import Bytes
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
    /// The namespaces to pass on out of a record.
    var appended: [String] = []
    /// The country whose offers and releases are given, where that is not the language's.
    var wantedRegion: String?
    /// Rows of a page.
    var rowsMax = Int.max
    /// What is told of a result, and of a page of no rows.
    var note: String?
    var noteIfEmpty: String?
    /// Which lists of the result were cut.
    let cuts = Cuts()
    /// 0 gives compact objects as their fields say; each step up cuts them further, by these tables.
    private(set) var squeeze = 0

    /// Quarters of what a long text may have.
    private static let proseQuarters = [4, 3, 2, 1, 0, 0, 0]
    private static let nameBytesMax = [120, 120, 120, 60, 40, 20, 10]
    private static let listMax = [200, 200, 200, 40, 20, 10, 5]
    /// Where images are left out.
    private static let noImages = 4
    /// Rows that `TMDBLimits.compactBytesMax` is meant for.
    private static let pageRows = 20

    /// Empty where none was asked for, and the language has none.
    var region: String { wantedRegion ?? language.countryCode }

    /// Bytes that a text keeps of which a compact object has so many at most; 0 leaves it out.
    func proseBytesMax(_ bytesMax: Int) -> Int {
        detail == .full ? .max : bytesMax / 4 * Shaping.proseQuarters[squeeze]
    }

    /// Bytes of a title or a person's name, which nothing bounds at TMDB.
    var nameBytesMax: Int { detail == .full ? .max : Shaping.nameBytesMax[squeeze] }

    /// Elements of a list within an object.
    var listMax: Int { detail == .full ? .max : Shaping.listMax[squeeze] }

    @inline(never)  // would be copied into each caller
    mutating func add(note more: String) { note = note.map { $0 + " " + more } ?? more }

    var hasImages: Bool { squeeze < Shaping.noImages }

    /// The JSON of an object that needs no cutting. Nil when the source lacks what it must have.
    func whole(_ shape: Shape, _ source: JSONValue) -> [UInt8]? {
        var json: [UInt8] = []
        return shape.write(source, self, into: &json) ? json : nil
    }

    /// The JSON that `write` appends, cut further until a compact one of up to 20 rows has
    /// `TMDBLimits.compactBytesMax` at most, one of more rows as much for each, or nothing more can go. What would be
    /// more than `TMDBLimits.resultBytesMax` in full is compact; what is still more then loses rows. Nil when `write`
    /// fails.
    ///
    /// - Parameter shares: how many such objects the result has.
    @inline(never)  // would be copied into each caller
    func fitted(rows: Int = 0, shares: Int = 1, _ write: (Shaping, inout [UInt8]) -> Bool) -> [UInt8]? {
        let fullMax = TMDBLimits.resultBytesMax / max(shares, 1)
        let compactMax = min(TMDBLimits.compactBytesMax / Shaping.pageRows * max(rows, Shaping.pageRows), fullMax)
        var shaping = self
        if rows == 0, let noteIfEmpty { shaping.add(note: noteIfEmpty) }
        var json: [UInt8] = []
        json.reserveCapacity(TMDBLimits.resultBytesUsual)
        cuts.names = []
        while write(shaping, &json) {
            let isFull = shaping.detail == .full
            let isLast = !isFull && shaping.squeeze + 1 == Shaping.nameBytesMax.count
            if json.count <= (isFull || isLast ? fullMax : compactMax) { return json }
            cuts.names = []
            if isLast {
                // Nothing is left to cut but whole rows.
                let most = min(shaping.rowsMax, rows) / 2
                if most == 0 { return json }
                shaping.rowsMax = most
                shaping.note = note
                shaping.add(note: "Only the first \(most) rows are here: all of them would be too long. Ask for less.")
                json.removeAll(keepingCapacity: true)
                continue
            }
            if isFull {
                shaping.detail = .compact
                shaping.add(note: Attribution.reduced)
            } else {
                shaping.squeeze += 1
            }
            json.removeAll(keepingCapacity: true)
        }
        return nil
    }
}
