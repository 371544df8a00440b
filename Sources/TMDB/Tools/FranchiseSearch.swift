import Bytes
import JSON
import MCP

/// The films of a franchise by its name: TMDB has some as a collection, and some that span collections, such as the
/// Marvel Cinematic Universe, as a keyword.
final class FranchiseSearch {
    private let name: String
    private let arguments: Arguments
    private let shaping: Shaping
    private let call: Call
    private let finish: (CallToolResult) -> Void

    init(
        _ name: String, _ arguments: Arguments, _ shaping: Shaping, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        self.name = name
        self.arguments = arguments
        self.shaping = shaping
        self.call = call
        self.finish = finish
    }

    func begin() {
        let query: Call.Query = [("query", name)]
        let requests: [(path: String, query: Call.Query)] = [
            ("/search/collection", query + [("language", shaping.language)]), ("/search/keyword", query),
        ]
        call.getAll(requests) { [self] answers in
            var lists: [[NamedID]] = []
            for answer in answers {
                switch answer {
                case .failure(let error): return finish(.failure(error.message))
                case .success(let value) where value["results"]?.array == nil:
                    return finish(.failure(TMDBError.unexpectedShape.message))
                case .success(let value): lists.append(NameSources.candidates(value, "id", "name"))
                }
            }
            choose(lists.first ?? [], lists.last ?? [])
        }
    }

    private func choose(_ collections: [NamedID], _ keywords: [NamedID]) {
        let words = name.folded
        // "Alien Collection", "Alien Filmreihe", or a name of its own.
        let same = collections.filter { FranchiseSearch.isName(words, of: $0.name.folded) }
        if same.count == 1 { return show(same[0], of: collections) }
        if case .one(let keyword) = NameMatch(of: name, in: keywords) { return ask(keyword, collections) }
        if collections.count == 1 { return show(collections[0], of: collections) }
        let found = NamedID.list(same.isEmpty ? collections : same)
        let labels = NamedID.list(keywords, hasIDs: false)
        if found.isEmpty && labels.isEmpty {
            return finish(
                .failure("TMDB has no collection or keyword named \"\(name.cut(toBytes: 60))\": check the spelling."))
        }
        var problem = "\"\(name.cut(toBytes: 60))\" does not tell which is meant."
        if !found.isEmpty { problem += " Give the id of a collection: \(found)." }
        if !labels.isEmpty { problem += " Or as name one of the keywords: \(labels)." }
        finish(.failure(problem))
    }

    /// Whether a collection is named so, or so with one word more.
    private static func isName(_ words: String, of collection: String) -> Bool {
        if words == collection { return true }
        let start = words.utf8.count + 1
        guard !words.isEmpty, collection.utf8.starts(with: (words + " ").utf8) else { return false }
        return !collection.utf8.dropFirst(start).contains(UInt8(ascii: " "))
    }

    private func show(_ collection: NamedID, of collections: [NamedID]) {
        var shaping = shaping
        shaping.note = others(than: collection, of: collections)
        CollectionTool.show(Subject("collection", collection.id), arguments, shaping, call, finish)
    }

    private func others(than chosen: NamedID?, of collections: [NamedID]) -> String? {
        let others = NamedID.list(collections.filter { $0.id != chosen?.id }, max: 5)
        return others.isEmpty ? nil : "Collections of similar names: \(others)."
    }

    /// Pages of films that are asked for: a franchise has fewer, and other keywords have thousands.
    private static let pagesMax: Int64 = 5

    private func ask(_ keyword: NamedID, _ collections: [NamedID]) {
        call.get("/discover/movie", query(keyword, page: 1)) { [self] answer in
            guard case .success(let first) = answer, first["results"]?.array != nil else {
                return finish(.shaped(answer) { _ in nil })
            }
            let pages = min(first["total_pages"]?.int64 ?? 1, FranchiseSearch.pagesMax)
            var rest: [(path: String, query: Call.Query)] = []
            var number: Int64 = 2
            while number <= pages {
                rest.append(("/discover/movie", query(keyword, page: number)))
                number += 1
            }
            call.getAll(rest) { [self] answers in
                var films: [JSONValue] = []
                for answer in [answer] + answers {
                    switch answer {
                    case .failure(let error): return finish(.failure(error.message))
                    case .success(let page): films += page["results"]?.array ?? []
                    }
                }
                show(keyword, films, first["total_results"]?.int64 ?? Int64(films.count), collections)
            }
        }
    }

    private func query(_ keyword: NamedID, page: Int64) -> Call.Query {
        [
            ("with_keywords", "\(keyword.id)"), ("sort_by", "primary_release_date.asc"), ("page", "\(page)"),
            ("language", shaping.language),
        ]
    }

    private func show(_ keyword: NamedID, _ films: [JSONValue], _ total: Int64, _ collections: [NamedID]) {
        var notes = ["These have the keyword \(keyword.id); discover_tv finds series with_keywords \(keyword.id)."]
        if total > Int64(films.count) { notes.append("discover_movies has the others.") }
        if let others = others(than: nil, of: collections) { notes.append(others) }
        var shaping = shaping
        shaping.note = notes.joined(separator: " ")
        finish(
            .shaped(.success(.null)) { [shaping] _ in
                CollectionRecord.json(keyword: keyword, films: films, total: total, shaping)
            })
    }
}
