import MCP

/// The names of genres in one language on their way from TMDB, for all who want them. It goes on when nobody waits for
/// it any more, so that the next call has them.
final class GenreRequest {
    let language: String
    /// Of the caller, as it is; nil is the server's.
    let credential: String?
    private let context: TMDBContext
    private var movies: Call.Answer?
    private var series: Call.Answer?
    private var waiting: [() -> Void] = []
    private(set) var isEnded = false

    private init(_ language: String, _ credential: String?, _ context: TMDBContext) {
        self.language = language
        self.credential = credential
        self.context = context
    }

    /// The one that is in progress, or another.
    ///
    /// - Parameter request: whose credential TMDB is asked with.
    static func begin(_ language: String, _ context: TMDBContext, for request: RequestContext) -> GenreRequest {
        let credential = request.caller.forwardedHeader
        if let request = context.genres.request(for: language, with: credential) { return request }
        let it = GenreRequest(language, credential, context)
        context.genres.begin(it)
        let query: Call.Query = [("language", language)]
        _ = context.client.get("/genre/movie/list", query: query, for: request) {
            it.movies = $0
            it.endIfDone()
        }
        _ = context.client.get("/genre/tv/list", query: query, for: request) {
            it.series = $0
            it.endIfDone()
        }
        return it
    }

    func whenEnded(_ action: @escaping () -> Void) { waiting.append(action) }

    private func endIfDone() {
        guard let movies, let series else { return }
        isEnded = true
        let catalog = context.genres
        catalog.remove(self)
        if case .success(let movies) = movies, case .success(let series) = series,
            let names = catalog.names(movies: movies, series: series)
        {
            catalog.store(names, in: language, at: context.clock())
        }
        let actions = waiting
        waiting = []
        for action in actions { action() }
    }
}
