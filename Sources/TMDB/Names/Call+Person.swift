import Bytes
import JSON
import MCP

extension Call {
    /// The person that an id, an address or a name stands for, or what is wrong. `then` is called once, perhaps before
    /// this returns.
    func person(_ value: JSONValue, then: @escaping (NamedID?, String?) -> Void) {
        let text = value.string ?? value.text
        if let reference = RecordReference(value), reference.id > 0 {
            let isPerson = reference.type.isEmpty || reference.type == "person"
            return then(
                isPerson ? NamedID(id: reference.id, name: "") : nil,
                isPerson ? nil : "that is the address of a \(reference.type); give a person's name or id.")
        }
        let imdb = RecordReference(value)?.imdb ?? ""
        if !imdb.isEmpty {
            return get("/find/\(imdb)", [("external_source", "imdb_id")]) { answer in
                switch answer {
                case .failure(let error): then(nil, error.message)
                case .success(let found):
                    let person = found["person_results"]?[0]
                    let id = person?["id"]?.int64
                    let name = person?["name"].flatMap(Field.Kind.text) ?? ""
                    then(id.map { NamedID(id: $0, name: name) }, "TMDB knows no person with the id \(imdb).")
                }
            }
        }
        get("/search/person", [("query", text)]) { answer in
            switch answer {
            case .failure(let error): then(nil, error.message)
            case .success(let answer):
                let found = NameSources.candidates(answer, "id", "name")
                let total = answer["total_results"]?.int64 ?? Int64(found.count)
                switch NameMatch(of: text, inSearch: found, total: total) {
                case .one(let person), .likely(let person, _): then(person, nil)
                case .several(let people): then(nil, NameSources.ambiguous(text, people))
                case .none: then(nil, "TMDB has no person named \"\(text.cut(toBytes: 60))\": check the spelling.")
                }
            }
        }
    }
}
