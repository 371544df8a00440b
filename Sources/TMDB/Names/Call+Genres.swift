import Upstream
import JSON
import MCP

extension Call {
    /// The names of genres in a language: at once in English, and in a language that was asked for before; English ones
    /// when TMDB cannot be asked.
    ///
    /// - Parameter isNeeded: whether the call fails without the names. Where they only adorn its answer, it waits for
    ///   them for a short time, and not at all while names come late.
    func genres(_ language: String, isNeeded: Bool = false, then: @escaping (GenreNames) -> Void) {
        let catalog = context.genres
        if GenreCatalog.isEnglish(language) {
            // Nobody waits for it: TMDB gets a new genre once in years.
            if catalog.beginsRefresh(at: context.clock()) { _ = GenreRequest.begin(language, context, for: request) }
            return then(catalog.english)
        }
        if let names = catalog.names(in: language, at: context.clock()) { return then(names) }
        let giveLast = { [request] in
            // A result in two languages is not to be kept.
            if catalog.names(in: language, at: nil) == nil { request.upstream.freshUntil = .min }
            then(catalog.lastNames(in: language))
        }
        let names = GenreRequest.begin(language, context, for: request)
        // Names that are a day old are as good as new ones.
        guard !names.isEnded, isNeeded || !catalog.areLate && catalog.names(in: language, at: nil) == nil else {
            return giveLast()
        }
        let inTime = context.client.deadline(after: TMDBLimits.genresNanoseconds)
        let number = begin(then: { _ in giveLast() })
        let stopTimer = context.client.schedule(at: isNeeded ? deadline : min(deadline, inTime)) { [self] in
            catalog.areLate = true
            complete(number, with: .success(.null))
        }
        setCancellation(stopTimer, of: number)
        names.whenEnded { [self] in
            stopTimer()
            complete(number, with: .success(.null))
        }
    }

    /// The names for an answer; nothing is asked for where there is nothing to name.
    func genres(_ language: String, for answer: Answer, then: @escaping (GenreNames) -> Void) {
        if case .failure = answer { return then(context.genres.english) }
        genres(language, then: then)
    }
}
