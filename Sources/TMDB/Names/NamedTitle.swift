import Bytes
import JSON
import MCP

/// A movie or series: what an answer tells of it before all else, and where TMDB has more.
struct NamedTitle {
    var members: JSONObject
    var subject: Subject

    /// The titles of some names: of those that are so called the first, else TMDB's first.
    static func find(
        _ names: [String], _ arguments: Arguments, _ call: Call, then: @escaping ([NamedTitle], [JSONValue]) -> Void
    ) {
        let type = arguments.string("media_type")
        let words = names.map { TitleAndYear($0) }
        let requests = words.map { words -> (path: String, query: Call.Query) in
            var query: Call.Query = [("query", words.title), ("language", arguments.language(call.context))]
            if let year = words.year, let type {
                query.append((type == "tv" ? "first_air_date_year" : "primary_release_year", "\(year)"))
            }
            return ("/search/" + (type ?? "multi"), query)
        }
        call.getAll(requests) { answers in
            var titles: [NamedTitle] = []
            var failed: [JSONValue] = []
            for (index, answer) in answers.enumerated() where index < words.count {
                var reason = "TMDB has no movie or series of this name: check the spelling, or use search."
                switch answer {
                case .failure(let error): reason = error.message
                case .success(let source):
                    if let title = best(source, words[index], type) {
                        titles.append(title)
                        continue
                    }
                }
                failed.append(["title": .string(names[index]), "reason": .string(reason)])
            }
            then(titles, failed)
        }
    }

    private static func best(_ source: JSONValue, _ words: TitleAndYear, _ type: String?) -> NamedTitle? {
        var best: (score: Int, title: NamedTitle)?
        for row in source["results"]?.array ?? [] {
            guard let id = row["id"]?.int64, let kind = row["media_type"]?.string ?? type,
                Parameters.titles.contains(kind)
            else { continue }
            let names = ["title", "name", "original_title", "original_name"].compactMap {
                row[$0].flatMap(Field.Kind.text)
            }
            let day = (row["release_date"] ?? row["first_air_date"]).flatMap { Day($0) }
            let isOfYear = words.year.map { $0 == day?.year } ?? false
            let score = (names.contains { $0.isSameName(as: words.title) } ? 2 : 0) + (isOfYear ? 1 : 0)
            if score <= best?.score ?? -1 { continue }
            var members: JSONObject = ["media_type": .string(kind), "id": .number(JSONNumber(id))]
            members.set("title", to: names.first.map { .string($0) } ?? .null)
            members.set("year", to: day.map { .number(JSONNumber($0.year)) } ?? .null)
            best = (score, NamedTitle(members: members, subject: Subject(kind, id)))
        }
        return best?.title
    }
}
