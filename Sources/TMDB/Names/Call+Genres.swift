extension Call {
    /// The names of genres in a language: at once in English, and in a language that was asked for before; English ones
    /// when TMDB cannot be asked.
    ///
    /// - Parameter isNeeded: whether the call fails without the names. Where they only adorn its answer, it waits for
    ///   them for a short time.
    func genres(_ language: String, isNeeded: Bool = false, then: @escaping (GenreNames) -> Void) {
        let catalog = library.genres
        if GenreCatalog.isEnglish(language) {
            // Nobody waits for it: TMDB gets a new genre once in years.
            if catalog.beginsRefresh(at: library.clock()) { fetchGenres(GenreRequest(language, library) { _ in }) }
            then(catalog.english)
        } else if let names = catalog.names(in: language, at: library.clock()) {
            then(names)
        } else {
            let deadline = isNeeded ? nil : library.client.deadline(after: Limits.genresNanoseconds)
            fetchGenres(GenreRequest(language, library, then), by: deadline)
        }
    }

    private func fetchGenres(_ request: GenreRequest, by deadline: Int64? = nil) {
        let query: Query = [("language", request.language)]
        getAll([("/genre/movie/list", query), ("/genre/tv/list", query)], by: deadline) { request.end($0) }
    }
}
