import Bytes
import JSON
import MCP

/// Finds out which records `id` and `ids` of a call stand for, so that a tool sees TMDB's ids and their type alone.
struct RecordResolver {
    /// The types that the tool takes. Where there are several, `media_type` names the one of a call.
    let types: [String]

    /// `then` is called once, perhaps before this returns: with the arguments, or with what is wrong.
    func resolve(_ arguments: Arguments, _ call: Call, then: @escaping (Arguments, String?) -> Void) {
        let given = RecordResolver.ids(in: arguments.json)
        // As a rule they are what they should be.
        if given.allSatisfy({ $0.string == nil }) { return then(arguments, nil) }
        var requests: [(path: String, query: Call.Query)] = []
        for value in given {
            guard let imdb = RecordReference(value)?.imdb, !imdb.isEmpty else { continue }
            requests.append(("/find/\(imdb)", [("external_source", "imdb_id")]))
        }
        call.getAll(requests) { answers in
            var arguments = arguments
            let problem = settle(&arguments, given, answers)
            then(arguments, problem)
        }
    }

    /// `id` and `ids`, in that order.
    static func ids(in arguments: JSONObject) -> [JSONValue] {
        var ids: [JSONValue] = []
        if let one = arguments["id"] { ids.append(one) }
        return ids + (arguments["ids"]?.array ?? [])
    }

    private func settle(_ arguments: inout Arguments, _ given: [JSONValue], _ answers: [Call.Answer]) -> String? {
        var type = types.count > 1 ? arguments.string("media_type") ?? "" : types[0]
        var ids: [JSONValue] = []
        var found = 0
        for value in given {
            guard var reference = RecordReference(value) else { continue }
            if !reference.imdb.isEmpty, found < answers.count {
                switch answers[found] {
                case .failure(let error): return error.message
                case .success(let answer): adopt(answer, for: &reference, preferring: type)
                }
                found += 1
            }
            if ids.isEmpty, !reference.type.isEmpty { type = reference.type }
            let isKnown = reference.id > 0 && types.contains(type)
            guard isKnown, reference.type.isEmpty || reference.type == type else {
                return
                    "\(value.string ?? "\(reference.id)") is of no \(types.joined(separator: " or ")) that TMDB knows, "
                    + "or of another type than the ids before it: find it with search."
            }
            ids.append(.number(JSONNumber(reference.id)))
        }
        if types.count > 1 { arguments.replace("media_type", with: .string(type)) }
        if arguments.value("ids") == nil {
            arguments.replace("id", with: ids.first ?? .null)
        } else {
            arguments.replace("ids", with: .array(ids))
        }
        return nil
    }

    /// Takes what TMDB found for an id of IMDb's, among the types that the tool takes.
    private func adopt(_ answer: JSONValue, for reference: inout RecordReference, preferring preferred: String) {
        for type in [preferred] + types where reference.id == 0 && types.contains(type) {
            reference.id = answer[type + "_results"]?[0]?["id"]?.int64 ?? 0
            reference.type = type
        }
    }
}
