import JSON

/// TMDB's terms ask that people who see its data be told where it is from (themoviedb.org, API terms of use).
enum Attribution {
    static let text = "Data from TMDB (themoviedb.org), which does not endorse or certify this product."

    /// Of offers and services too: TMDB's terms of these endpoints ask for JustWatch to be named.
    static let ofOffers = "Offers from JustWatch. " + text

    static let ofRatings = "Ratings from OMDb (omdbapi.com). "

    /// Members of every result.
    static let fields = [note, field]

    static let note = Field(
        "note",
        .made(schema: ["type": "string"]) { _, shaping in
            guard let cut = shaping.cuts.words() else { return shaping.note.map { .string($0) } }
            return .string(shaping.note.map { $0 + " " + cut } ?? cut)
        })

    static let reduced: String =
        "In full this would be too long, so it is compact: ask for less at once in full."

    static let field = Field("attribution", .made(schema: ["type": "string"]) { _, _ in .string(text) }).required
}
