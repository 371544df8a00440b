/// What a name stands for among the candidates that there are.
enum NameMatch {
    case one(NamedID)
    /// The name does not tell which.
    case several([NamedID])
    /// Nothing has the name; these have similar ones, the most similar first.
    case none(near: [NamedID])

    /// A match in a list that is known as a whole: the same name, else the only name with the same words.
    @inline(never)  // would be copied into each caller
    init(of name: String, in list: [NamedID]) {
        let same = NameMatch.distinct(list.filter { $0.name.isSameName(as: name) })
        if let only = same.first {
            self = same.count == 1 ? .one(only) : .several(same)
        } else {
            let words = name.folded
            let containing = NameMatch.distinct(list.filter { $0.name.folded.hasWords(of: words) })
            if let only = containing.first {
                self = containing.count == 1 ? .one(only) : .several(containing)
            } else {
                self = .none(near: NameMatch.near(words, in: list))
            }
        }
    }

    /// A match among the results of a search: the same name, else the only result.
    ///
    /// - Parameter total: how many results TMDB has; `results` is its first page.
    init(of name: String, inSearch results: [NamedID], total: Int64) {
        let same = NameMatch.distinct(results.filter { $0.isNamed(name) })
        if let only = same.first {
            self = same.count == 1 ? .one(only) : .several(same)
        } else if let only = results.first {
            self = results.count == 1 && total <= 1 ? .one(only) : .several(results)
        } else {
            self = .none(near: [])
        }
    }

    /// Lists may have several names for one id.
    private static func distinct(_ candidates: [NamedID]) -> [NamedID] {
        var kept: [NamedID] = []
        for candidate in candidates where !kept.contains(where: { $0.id == candidate.id }) { kept.append(candidate) }
        return kept
    }

    /// Those that share enough pairs of letters (SplitMix64's coefficient, a third at least), a few at most.
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
