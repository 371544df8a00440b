import Bytes
import JSON

extension Filmography {
    /// Which of a person's titles are asked for.
    struct Choice {
        /// "cast", "crew" or "all".
        var role = "all"
        /// A department or a job, folded.
        var work: String?
        var mediaType: String?
        /// Any of them.
        var genres: [Int64]?
        var ratingMin: Double?
        var votesMin: Int64?
        var hasAppearances = false

        /// Of two or more words, the one for actors.
        private static let acting = ["acting", "actor", "actress", "cast"]

        /// The titles, each once, and how many were left out where the person is just themselves.
        @inline(never)  // would be copied into each caller
        func titles(_ credits: JSONValue) -> (titles: [JSONValue], appearances: Int) {
            let cast = role == "crew" || !(work.map { Choice.acting.contains($0) } ?? true) ? [] : credits["cast"]
            let parts = cast?.array ?? []
            let roles = hasAppearances ? parts : parts.filter { !Filmography.isAsOneself($0) }
            var list = CreditList()
            list.add(roles, key: CreditList.titleKey)
            var crew = role == "cast" ? [] : credits["crew"]?.array ?? []
            if let work { crew = crew.filter { Choice.isOf(work, $0) } }
            list.add(crew, key: CreditList.titleKey)
            return (list.objects.filter { fits($0) }, parts.count - roles.count)
        }

        private static func isOf(_ work: String, _ credit: JSONValue) -> Bool {
            credit["department"]?.string?.folded == work || credit["job"]?.string?.folded == work
        }

        private func fits(_ title: JSONValue) -> Bool {
            if let mediaType, title["media_type"]?.string != mediaType { return false }
            if let genres {
                let own = title["genre_ids"]?.array ?? []
                guard own.contains(where: { id in id.int64.map { genres.contains($0) } ?? false }) else { return false }
            }
            if let ratingMin, !(title["vote_average"]?.double ?? 0 >= ratingMin) { return false }
            if let votesMin, title["vote_count"]?.int64 ?? 0 < votesMin { return false }
            return true
        }
    }

    /// Of so many words, those in which a person plays nobody.
    private static let selves = ["self", "himself", "herself", "themselves", "themself"]

    /// A part in which the person is just themselves, or in a show that has no other parts.
    static func isAsOneself(_ credit: JSONValue) -> Bool {
        guard let character = credit["character"].flatMap(Field.Kind.text) else { return isShow(credit) }
        let words = character.folded
        return selves.contains { words == $0 || words.utf8.starts(with: ($0 + " ").utf8) }
    }

    /// News, reality and talk.
    static func isShow(_ credit: JSONValue) -> Bool {
        let shows: [Int64] = [10763, 10764, 10767]
        return (credit["genre_ids"]?.array ?? []).contains { $0.int64.map { shows.contains($0) } ?? false }
    }

    /// The titles that another person has a part in too, with that part.
    @inline(never)  // would be copied into each caller
    static func shared(_ titles: [JSONValue], with others: [JSONValue]) -> [JSONValue] {
        var parts = JSONObject()
        for other in others {
            guard let key = CreditList.titleKey(other) else { continue }
            var text = ""
            for name in ["character", "job"] {
                guard let part = other[name].flatMap(Field.Kind.text) else { continue }
                text += text.isEmpty ? part : "; " + part
            }
            parts.set(key, to: .string(text))
        }
        var shared: [JSONValue] = []
        for title in titles {
            guard var object = title.object, let key = CreditList.titleKey(title), let part = parts[key] else {
                continue
            }
            object.set("shared_part", to: part)
            shared.append(.object(object))
        }
        return shared
    }
}
