import Bytes
import JSON

/// What TMDB answered about names, and what is wrong with those that it leads to no id.
struct NameSources {
    let requests: [(path: String, query: Call.Query)]
    let answers: [Call.Answer]
    let genres: GenreNames
    let resolver: NameResolver
    private(set) var problems: [String] = []

    init(
        requests: [(path: String, query: Call.Query)], answers: [Call.Answer], genres: GenreNames,
        resolver: NameResolver
    ) {
        self.requests = requests
        self.answers = answers
        self.genres = genres
        self.resolver = resolver
    }

    /// The ids of a filter as TMDB takes them, and with the names that they stand for. A name without one becomes a
    /// problem.
    mutating func resolved(_ names: FilterCheck.Names) -> NameResolver.Resolved {
        var codes: [String] = []
        var labels: [String] = []
        var note = ""
        for term in names.list.terms {
            if !term.isName {
                codes.append(term.text)
                labels.append(term.text)
            } else if let match = match(of: term.text, names.lookup) {
                switch match {
                case .one(let found):
                    codes.append("\(found.id)")
                    labels.append(found.label)
                case .likely(let found, let others):
                    codes.append("\(found.id)")
                    labels.append(found.label)
                    note += (note.isEmpty ? "" : " ") + NameSources.choice(term.text, found, others)
                case .several(let found): report(names.filter, NameSources.ambiguous(term.text, found))
                case .none(let near): report(names.filter, unknown(term.text, names.lookup, near))
                }
            }
        }
        let separator = names.list.separator
        return (names.filter, codes.joined(separator: separator), labels.joined(separator: separator), note)
    }

    private mutating func report(_ filter: String, _ words: String) { add("\(filter): \(words)") }

    private mutating func add(_ problem: String) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// Nil when TMDB gave no usable answer, which then is among the problems.
    private mutating func match(of name: String, _ lookup: Lookup) -> NameMatch? {
        switch lookup {
        case .genre: return NameMatch(of: name, in: resolver.genreCandidates(genres))
        case .network: return NameMatch(of: name, in: NetworkNames.all + NetworkNames.others)
        case .provider:
            guard let answer = answer(resolver.providersPath, nil) else { return nil }
            return NameMatch(ofService: name, in: providers(answer))
        case .company, .person, .keyword:
            guard let path = lookup.searchPath, let answer = answer(path, name) else { return nil }
            let found = NameSources.candidates(answer, "id", "name")
            return NameMatch(of: name, inSearch: found, total: answer["total_results"]?.int64 ?? Int64(found.count))
        }
    }

    private mutating func answer(_ path: String, _ name: String?) -> JSONValue? {
        for (request, answer) in zip(requests, answers) where request.path == path {
            guard name == nil || request.query.first?.value == name else { continue }
            switch answer {
            case .failure(let error): add(error.message)
            case .success(let value) where value["results"]?.array == nil: add(TMDBError.unexpectedShape.message)
            case .success(let value): return value
            }
        }
        return nil
    }

    static func candidates(_ answer: JSONValue, _ id: String, _ name: String) -> [NamedID] {
        (answer["results"]?.array ?? []).compactMap { row in
            guard let id = row[id]?.int64, let name = row[name].flatMap(Field.Kind.text) else { return nil }
            let originalName = row["original_name"].flatMap(Field.Kind.text)
            return NamedID(id: id, name: name, originalName: originalName, note: note(row), weight: weight(row))
        }
    }

    /// The services of the region: some have one name and several ids, for different countries.
    private func providers(_ answer: JSONValue) -> [NamedID] {
        let rows = (answer["results"]?.array ?? []).filter { row in
            guard let region = resolver.region, let places = row["display_priorities"]?.object else { return true }
            return places[region] != nil
        }
        let region = resolver.region ?? ""
        let ranked = Ranking.sorted(
            rows,
            by: rows.map { row in
                row["display_priorities"]?[region]?.int64 ?? row["display_priority"]?.int64 ?? .max
            })
        var services = NameSources.candidates(["results": .array(ranked)], "provider_id", "provider_name")
        for place in services.indices { services[place].weight = Int64(services.count - place) }
        return services
    }

    /// TMDB's popularity in thousandths. Companies have none: those that anybody asks for have a logo.
    private static func weight(_ row: JSONValue) -> Int64 {
        if let popularity = row["popularity"]?.double {
            return Int64(min(max(popularity, 0), 1_000_000) * 1000)
        }
        return row["logo_path"].flatMap(Field.Kind.text) == nil ? 0 : TMDBLimits.knownWeight
    }

    /// Whether the region has any.
    private var hasServices: Bool {
        for (request, answer) in zip(requests, answers) where request.path == resolver.providersPath {
            if case .success(let list) = answer { return !providers(list).isEmpty }
        }
        return true
    }

    /// What tells people and companies of one name apart.
    private static func note(_ row: JSONValue) -> String? {
        if let country = row["origin_country"].flatMap(Field.Kind.text) { return country }
        var notes: [String] = []
        if let department = row["known_for_department"].flatMap(Field.Kind.text) { notes.append(department) }
        for title in (row["known_for"]?.array ?? []).prefix(2) {
            if let title = (title["title"] ?? title["name"]).flatMap(Field.Kind.text) {
                notes.append(title.cut(toBytes: 60))
            }
        }
        return notes.isEmpty ? nil : notes.joined(separator: ", ")
    }

    static func ambiguous(_ name: String, _ found: [NamedID]) -> String {
        "\"\(name.cut(toBytes: 60))\" may be \(NamedID.list(found)). Give the id of the one that is meant."
    }

    /// What one of several was taken for.
    private static func choice(_ name: String, _ found: NamedID, _ others: [NamedID]) -> String {
        "\"\(name.cut(toBytes: 60))\" was taken for \(found.words); there are \(NamedID.list(others)): give the id if "
            + "another is meant."
    }

    private func unknown(_ name: String, _ lookup: Lookup, _ near: [NamedID]) -> String {
        let name = name.cut(toBytes: 60)
        let similar = near.isEmpty ? "" : " Similar: \(near.map { $0.words }.joined(separator: "; "))."
        switch lookup {
        case .genre:
            let names = resolver.medium == .movie ? genres.movies : genres.series
            let kind = resolver.medium == .movie ? "movies" : "series"
            return
                "there is no genre \"\(name)\" of \(kind). There are \(names.map { $0.name }.joined(separator: ", "))."
        case .network:
            return
                "\"\(name)\" is not among the networks known by name, and TMDB has no search for networks.\(similar) "
                + "Take the id from get_details, with detail full, of a series that the network shows."
        case .provider:
            let kind = resolver.medium == .movie ? "movie_providers" : "tv_providers"
            if !hasServices {
                return
                    "TMDB knows no streaming services in \(resolver.region ?? "this region"): list_reference with kind "
                    + "provider_regions has the regions that have some."
            }
            return "there is no streaming service \"\(name)\" in \(resolver.region ?? "this region").\(similar) "
                + "list_reference with kind \(kind) and the region has all of them."
        case .company, .person, .keyword:
            return "TMDB has no \(lookup.noun) named \"\(name)\": check the spelling."
        }
    }
}
