/// What a name stands for among the candidates that there are.
enum NameMatch {
    case one(NamedID)
    /// The name does not tell which, but one of them is what most people mean.
    case likely(NamedID, others: [NamedID])
    /// The name does not tell which.
    case several([NamedID])
    /// Nothing has the name; these have similar ones, the most similar first.
    case none(near: [NamedID])

    /// A match in a list that is known as a whole: the same name, else the same without blanks, else the only name with
    /// the same words.
    @inline(never)  // would be copied into each caller
    init(of name: String, in list: [NamedID]) {
        let words = name.folded
        let rules: [(NamedID) -> Bool] = [
            { $0.name.isSameName(as: name) }, { !words.isEmpty && $0.name.folded.closed == words.closed },
            { $0.name.folded.hasWords(of: words) },
        ]
        for isMeant in rules {
            let found = NameMatch.distinct(list.filter(isMeant))
            guard let only = found.first else { continue }
            self = found.count == 1 ? .one(only) : .several(found)
            return
        }
        self = .none(near: NameMatch.near(words, in: list))
    }

    /// A match among the streaming services of a region, of which those with more weight stand further up there.
    ///
    /// Of several the first is meant where they have the name, or one that people know it by, or begin with it; the
    /// channels and offers within another service ("Starz Amazon Channel", "Netflix basic with Ads") come after all
    /// others.
    init(ofService name: String, in list: [NamedID]) {
        let words = name.folded
        let folded = list.map { $0.name.folded }
        let closed = folded.map { $0.closed }
        let find = { (isMeant: (Int) -> Bool) in
            NameMatch.distinct(list.indices.filter(isMeant).map { list[$0] })
        }
        let names = ServiceNames.all(of: words) + [words + "plus", words + "tv"]
        for name in names where !words.isEmpty {
            let wanted = name.closed
            if let found = NameMatch.best(of: find { closed[$0] == wanted }) {
                self = found
                return
            }
        }
        if let found = NameMatch.best(
            of: find { folded[$0].hasPrefix(words + " ") && NameMatch.isMain(folded[$0], for: words) })
        {
            self = found
            return
        }
        let parts = words.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        let containing = find { place in
            !parts.isEmpty && parts.allSatisfy { folded[place].hasWords(of: $0) }
        }
        let main = containing.filter { NameMatch.isMain($0.name.folded, for: words) }
        if main.count > 1 {
            self = .several(NameMatch.sorted(main))
        } else {
            self = NameMatch.best(of: main.isEmpty ? containing : main) ?? .none(near: NameMatch.near(words, in: list))
        }
    }

    /// Whether a service is none within another, unless that is what the words ask for.
    private static func isMain(_ folded: String, for words: String) -> Bool {
        ["channel", "ads", "free", "kids"].allSatisfy { !folded.hasWords(of: $0) || words.hasWords(of: $0) }
    }

    /// A match among the results of a search: the same name, else the only result; of several the one that is much
    /// better known than the others with the same words.
    ///
    /// - Parameter total: how many results TMDB has; `results` is its first page.
    init(of name: String, inSearch results: [NamedID], total: Int64) {
        let words = name.folded
        let same = NameMatch.distinct(results.filter { $0.isNamed(name) })
        if let only = same.first {
            self = same.count == 1 ? .one(only) : NameMatch.known(among: same) ?? .several(same)
        } else if let only = results.first {
            let containing = NameMatch.distinct(results.filter { $0.name.folded.hasWords(of: words) })
            self =
                results.count == 1 && total <= 1
                ? .one(only) : NameMatch.known(among: containing) ?? .several(results)
        } else {
            self = .none(near: [])
        }
    }

    /// The one of most weight; nil when there is none.
    @inline(never)
    private static func best(of list: [NamedID]) -> NameMatch? {
        let list = sorted(list)
        guard let best = list.first else { return nil }
        return list.count == 1 ? .one(best) : .likely(best, others: Array(list.dropFirst()))
    }

    /// The one that is known, where the others are hardly.
    private static func known(among list: [NamedID]) -> NameMatch? {
        let list = sorted(list)
        guard list.count > 1, list[0].weight >= TMDBLimits.knownWeight,
            list[0].weight / TMDBLimits.knownRatio >= list[1].weight
        else { return nil }
        return .likely(list[0], others: Array(list.dropFirst()))
    }

    /// Of most weight first.
    @inline(never)
    private static func sorted(_ list: [NamedID]) -> [NamedID] {
        var sorted: [NamedID] = []
        for item in list {
            sorted.insert(item, at: sorted.firstIndex { $0.weight < item.weight } ?? sorted.endIndex)
        }
        return sorted
    }

    /// Lists may have several names for one id.
    @inline(never)  // would be copied into each caller
    private static func distinct(_ candidates: [NamedID]) -> [NamedID] {
        var kept: [NamedID] = []
        for candidate in candidates where !kept.contains(where: { $0.id == candidate.id }) { kept.append(candidate) }
        return kept
    }

    /// Those that share enough pairs of letters (the Sørensen–Dice coefficient, a third at least), a few at most.
    @inline(never)
    private static func near(_ words: String, in list: [NamedID]) -> [NamedID] {
        let wanted = pairs(words)
        var near: [(candidate: NamedID, score: Int)] = []
        for candidate in list {
            var rest = pairs(candidate.name.folded)
            let count = wanted.count + rest.count
            var shared = 0
            for pair in wanted {
                guard let place = rest.firstIndex(of: pair) else { continue }
                rest.remove(at: place)
                shared += 1
            }
            guard count > 0, shared * 6 >= count else { continue }
            let score = shared * 2000 / count
            near.insert((candidate, score), at: near.firstIndex { $0.score < score } ?? near.endIndex)
            if near.count > TMDBLimits.candidatesMax { near.removeLast() }
        }
        return near.map { $0.candidate }
    }

    /// Of the first bytes: the comparison takes time by the square of their number.
    private static func pairs(_ text: String) -> [UInt16] {
        var pairs: [UInt16] = []
        var last: UInt8?
        for byte in text.utf8.prefix(100) {
            if let last { pairs.append(UInt16(last) << 8 | UInt16(byte)) }
            last = byte
        }
        return pairs
    }
}
