import Bytes
import JSON

/// Finds the ids that names in filters stand for. All that has to be asked of TMDB is asked at once.
struct NameResolver {
    /// What TMDB takes for the names of a filter, and the same in words; `note` tells what else a name may mean.
    typealias Resolved = (filter: String, codes: String, words: String, note: String)

    struct Problems: Error {
        let list: [String]
    }

    let medium: DiscoverTool.Medium
    let language: String
    /// Where the streaming services are.
    let region: String?

    /// `then` is called once, perhaps before this returns.
    func resolve(
        _ names: [FilterCheck.Names], _ call: Call, then: @escaping (Result<[Resolved], Problems>) -> Void
    ) {
        let requests = requests(for: names)
        var answers: [Call.Answer]?
        var genres: GenreNames?
        let finish = {
            guard let answers, let genres else { return }
            var sources = NameSources(requests: requests, answers: answers, genres: genres, resolver: self)
            let resolved = names.map { sources.resolved($0) }
            then(sources.problems.isEmpty ? .success(resolved) : .failure(Problems(list: sources.problems)))
        }
        call.getAll(requests) {
            answers = $0
            finish()
        }
        // Only names in the language of the call need its list.
        let isEnglishEnough = !names.contains { $0.lookup == .genre && !isKnown($0.list, in: .english) }
        call.genres(isEnglishEnough ? "en" : language, isNeeded: true) {
            genres = $0
            finish()
        }
    }

    /// The list of services, and a search for each name that has one, each once.
    private func requests(for names: [FilterCheck.Names]) -> [(path: String, query: Call.Query)] {
        var requests: [(path: String, query: Call.Query)] = []
        for item in names {
            if item.lookup == .provider {
                let query: Call.Query = [("watch_region", region ?? "")]
                if !requests.contains(where: { $0.path == providersPath }) { requests.append((providersPath, query)) }
            }
            guard let path = item.lookup.searchPath else { continue }
            for term in item.list.terms where term.isName {
                let isThere = requests.contains { $0.path == path && $0.query.first?.value == term.text }
                if !isThere { requests.append((path, [("query", term.text)])) }
            }
        }
        return requests
    }

    var providersPath: String { "/watch/providers/\(medium.rawValue)" }

    /// The genres of the medium under their names in English and in another language.
    func genreCandidates(_ names: GenreNames) -> [NamedID] {
        let english = GenreNames.english
        // What people call them.
        let further: [GenreNames.Entry] =
            switch medium {
            case .movie:
                [
                    (878, "Sci-Fi"), (878, "SF"), (16, "Animated"), (16, "Cartoon"), (99, "Documentaries"),
                    (10751, "Kids"), (35, "Comedies"), (10402, "Musical"), (9648, "Mysteries"), (10749, "Romantic"),
                ]
            case .tv:
                [
                    (10765, "Science Fiction"), (10765, "Sci-Fi"), (10765, "SF"), (16, "Animated"), (16, "Cartoon"),
                    (99, "Documentaries"), (35, "Comedies"), (9648, "Mysteries"), (10766, "Soap Opera"),
                    (10767, "Talk Show"),
                ]
            }
        let entries = medium == .movie ? english.movies + names.movies : english.series + names.series
        return (entries + further).map { NamedID(id: $0.id, name: $0.name) }
    }

    private func isKnown(_ list: TermList, in names: GenreNames) -> Bool {
        let candidates = genreCandidates(names)
        return list.terms.allSatisfy { term in
            if !term.isName { return true }
            if case .one = NameMatch(of: term.text, in: candidates) { return true }
            return false
        }
    }
}
