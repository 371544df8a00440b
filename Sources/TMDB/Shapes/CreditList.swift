import Bytes
import JSON

/// Credits with one entry for each person or title: TMDB repeats either for each role and job.
///
/// Its entries are TMDB's objects, in the order in which they first came, with `character`, `job` and `department`
/// joined and the most `episodes`.
struct CreditList {
    private struct Entry {
        var object: JSONObject
        var characters: [String] = []
        var jobs: [String] = []
        var departments: [String] = []
        var episodes: Int64 = 0
    }

    private var entries: [Entry] = []
    /// Where a key's entry is.
    private var places = JSONObject()

    /// - Parameter key: what entries are the same by; nil drops the credit.
    @inline(never)  // would be copied into each caller
    mutating func add(_ credits: [JSONValue], key: (JSONValue) -> String?) {
        for credit in credits {
            guard let object = credit.object, let key = key(credit) else { continue }
            let place = places[key]?.int ?? entries.count
            if place == entries.count {
                places.set(key, to: .number(JSONNumber(place)))
                entries.append(Entry(object: object))
            }
            CreditList.merge(credit, into: &entries[place])
        }
    }

    var objects: [JSONValue] {
        entries.map { entry in
            var object = entry.object
            object.set("character", to: .string(entry.characters.joined(separator: " / ")))
            object.set("job", to: .string(entry.jobs.joined(separator: ", ")))
            object.set("department", to: .string(entry.departments.joined(separator: ", ")))
            object.set("episodes", to: entry.episodes > 0 ? .number(JSONNumber(entry.episodes)) : .null)
            return .object(object)
        }
    }

    private static func merge(_ credit: JSONValue, into entry: inout Entry) {
        append(credit["character"], to: &entry.characters)
        append(credit["job"], to: &entry.jobs)
        append(credit["department"], to: &entry.departments)
        // GET /tv/{id}/aggregate_credits lists what a person did in a series.
        for role in credit["roles"]?.array ?? [] { append(role["character"], to: &entry.characters) }
        for job in credit["jobs"]?.array ?? [] { append(job["job"], to: &entry.jobs) }
        let episodes = credit["total_episode_count"]?.int64 ?? credit["episode_count"]?.int64 ?? 0
        entry.episodes = max(entry.episodes, episodes)
    }

    private static func append(_ member: JSONValue?, to texts: inout [String]) {
        guard let text = member.flatMap(Field.Kind.text), !texts.contains(text) else { return }
        texts.append(text)
    }

    /// The same person.
    static func personKey(_ credit: JSONValue) -> String? { credit["id"]?.int64.map { "\($0)" } }

    /// The same title: ids of films and series overlap.
    static func titleKey(_ credit: JSONValue) -> String? {
        guard let id = credit["id"]?.int64, let type = credit["media_type"]?.string else { return nil }
        return "\(type)/\(id)"
    }
}
