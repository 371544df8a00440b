import JSON

/// Texts that TMDB has of a record or of the episodes of a season, but not in the language that was asked for.
enum Untranslated {
    private static let texts = ["overview", "biography"]

    /// Calls `then` with pages of lists, in which rows without a title or a text have it in English, and tell so in
    /// `text_language`. For a page that has such rows TMDB is asked once more; which languages the originals are in
    /// differs from row to row, and would take a request for each.
    ///
    /// - Parameters:
    ///   - requests: what the answers were given to.
    ///   - shown: rows whose texts are shown.
    static func fillRows(
        _ answers: [Call.Answer], of requests: [(path: String, query: Call.Query)], _ language: String,
        shown: Int = .max, _ call: Call, then: @escaping ([Call.Answer]) -> Void
    ) {
        var more: [(path: String, query: Call.Query)] = []
        var places: [Int] = []
        for (index, answer) in answers.enumerated() where index < requests.count && !GenreCatalog.isEnglish(language) {
            guard case .success(let page) = answer, isLacking(page) || lacksRows(page, shown) else { continue }
            var request = requests[index]
            request.query.removeAll { $0.name == "language" }
            request.query.append(("language", "en"))
            more.append(request)
            places.append(index)
        }
        call.getAll(more, by: call.context.client.deadline(after: TMDBLimits.textsNanoseconds)) { found in
            var answers = answers
            for (place, other) in zip(places, found) {
                guard case .success(let page) = answers[place], case .success(let english) = other else { continue }
                answers[place] = .success(filledRows(of: page, from: english, shown))
            }
            then(answers)
        }
    }

    private static let lists = ["results", "parts", "cast", "crew"]

    private static func lacksRows(_ page: JSONValue, _ shown: Int) -> Bool {
        for name in lists {
            for (index, row) in (page[name]?.array ?? []).enumerated() where index < shown && isLackingRow(row) {
                return true
            }
        }
        return false
    }

    @inline(never)  // would be copied into each caller
    private static func isLackingRow(_ row: JSONValue) -> Bool {
        isWithout("title", row) || isWithout("name", row) || isWithout("overview", row)
    }

    /// Whether the member is there, and holds no text.
    @inline(never)
    private static func isWithout(_ name: String, _ row: JSONValue) -> Bool {
        guard let member = row[name] else { return false }
        return Field.Kind.text(member) == nil
    }

    private static func filledRows(of page: JSONValue, from other: JSONValue, _ shown: Int) -> JSONValue {
        guard var object = filled(page, from: other, "en").object else { return page }
        var others: [JSONValue] = []
        for name in lists { others += other[name]?.array ?? [] }
        for name in lists {
            guard let rows = object[name]?.array else { continue }
            var whole: [JSONValue] = []
            for (index, row) in rows.enumerated() {
                let isWanted = index < shown && isLackingRow(row)
                whole.append(isWanted ? filled(row, from: same(row, among: others), "en") : row)
            }
            object.set(name, to: .array(whole))
        }
        return .object(object)
    }

    /// The row of the same record; null where there is none.
    private static func same(_ row: JSONValue, among others: [JSONValue]) -> JSONValue {
        for other in others where other["id"] == row["id"] {
            if other["media_type"] == nil || other["media_type"] == row["media_type"] { return other }
        }
        return .null
    }

    /// Calls `then` with the answers, in which records without a text have it in English, else in the language of the
    /// original, and tell in `text_language` in which. Only for those TMDB is asked again.
    static func fill(
        _ answers: [Call.Answer], of subjects: [Subject], _ language: String, _ call: Call,
        then: @escaping ([Call.Answer]) -> Void
    ) {
        var requests: [(path: String, query: Call.Query)] = []
        var places: [(index: Int, language: String)] = []
        for (index, answer) in answers.enumerated() {
            guard case .success(let record) = answer, isLacking(record), subjects.indices.contains(index) else {
                continue
            }
            for other in others(record) where other != language.languageCode {
                requests.append((subjects[index].path, [("language", other)]))
                places.append((index, other))
            }
        }
        call.getAll(requests) { found in
            var answers = answers
            for (index, place) in places.enumerated() where index < found.count {
                guard case .success(let record) = answers[place.index], isLacking(record),
                    case .success(let other) = found[index]
                else { continue }
                answers[place.index] = .success(filled(record, from: other, place.language))
            }
            then(answers)
        }
    }

    @inline(never)  // would be copied into each caller
    private static func isLacking(_ record: JSONValue) -> Bool {
        for name in texts {
            if let text = record[name], Field.Kind.text(text) == nil { return true }
        }
        for episode in record["episodes"]?.array ?? [] where isLacking(episode) { return true }
        return false
    }

    private static func others(_ record: JSONValue) -> [String] {
        let original = record["original_language"]?.string ?? "en"
        return original == "en" || original.utf8.count != 2 ? ["en"] : ["en", original]
    }

    private static func filled(_ record: JSONValue, from other: JSONValue, _ language: String) -> JSONValue {
        guard var object = record.object else { return record }
        for name in texts + ["title", "name", "tagline"] {
            guard let text = other[name].flatMap(Field.Kind.text), object[name].flatMap(Field.Kind.text) == nil else {
                continue
            }
            object.set(name, to: .string(text))
            if texts.contains(name) { object.set("text_language", to: .string(language)) }
        }
        if let episodes = object["episodes"]?.array, let others = other["episodes"]?.array {
            // Their order is the same in each language.
            var merged = episodes
            for (index, episode) in episodes.enumerated() where index < others.count {
                guard others[index]["episode_number"] == episode["episode_number"] else { continue }
                merged[index] = filled(episode, from: others[index], language)
            }
            object.set("episodes", to: .array(merged))
        }
        return .object(object)
    }
}
