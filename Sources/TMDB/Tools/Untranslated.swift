import JSON

/// Texts that TMDB has of a record or of the episodes of a season, but not in the language that was asked for.
enum Untranslated {
    private static let texts = ["overview", "biography"]

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
