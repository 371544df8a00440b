import JSON

/// The names of genres while TMDB is asked for them. An object: the compiler would copy what handles a closure for each
/// one that it is called with.
final class GenreRequest {
    let language: String
    private let library: Library
    private let then: (GenreNames) -> Void

    init(_ language: String, _ library: Library, _ then: @escaping (GenreNames) -> Void) {
        self.language = language
        self.library = library
        self.then = then
    }

    func end(_ answers: [Call.Answer]) {
        let catalog = library.genres
        if answers.count == 2, case .success(let movies) = answers[0], case .success(let series) = answers[1],
            let names = catalog.names(movies: movies, series: series)
        {
            catalog.keep(names, in: language, at: library.clock())
            then(names)
        } else {
            then(catalog.names(in: language, at: nil) ?? catalog.english)
        }
    }
}
