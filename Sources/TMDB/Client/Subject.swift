import Bytes

/// One of TMDB's records that a call is about.
struct Subject {
    /// Such as "/movie/550".
    let path: String
    /// Such as "movie with the id 550".
    private let words: String
    /// What to do when TMDB has none.
    private let advice: String

    init(_ mediaType: String, _ id: Int64) {
        path = "/" + mediaType + "/" + String(id)
        words = (mediaType == "tv" ? "tv series" : mediaType) + " with the id " + String(id)
        advice = "Movies, series and people have ids of their own: check the type, and find the id with search."
    }

    private init(path: String, words: String, advice: String) {
        self.path = path
        self.advice = advice
        self.words = words
    }

    func season(_ number: Int64) -> Subject {
        part("season", number, " of a ")
    }

    func episode(_ number: Int64) -> Subject {
        part("episode", number, " in ")
    }

    private func part(_ name: String, _ number: Int64, _ link: String) -> Subject {
        let number = String(number)
        return Subject(
            path: path + "/" + name + "/" + number, words: name + " " + number + link + words,
            advice: "get_details of the series lists its seasons, get_season of a season its episodes. If the series "
                + "may be another, find its id with search.")
    }

    /// What went wrong, in words for the model.
    func reason(_ error: TMDBError) -> String {
        guard case .notFound = error else { return error.message }
        return "TMDB has no \(words) (404). \(advice)"
    }
}
