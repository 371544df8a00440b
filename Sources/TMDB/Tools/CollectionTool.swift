import Bytes
import JSON
import MCP

/// `get_collection`: the films of a franchise (TMDB: GET /collection/{id}), also of one that is a keyword, or a list.
enum CollectionTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_collection", title: "Collection, franchise or list",
            description: "The movies of a franchise in release order, by the id of a collection or by name, or the "
                + "titles of a public list.",
            [
                Parameter("id", Parameters.idKind, description: "from search or get_details"),
                Parameter(
                    "name", .text(length: 1...TMDBLimits.queryMax), description: "instead of id, such as Alien or MCU"),
                Parameter("list", listKind, description: "instead of id: a list's id or address"),
                Parameter("page", Parameters.pageKind, default: 1, description: "of a list, or 100 parts a page"),
                Parameter(
                    "runtimes", .boolean, default: false,
                    description: "of a collection: also how long each is, and all together"),
                Parameters.language(context), Parameters.detail,
            ],
            output: .object(CollectionRecord.shape.schema), about: ["collection"], in: context, work: work)
    }

    private static let listKind = Parameter.Kind.custom(schema: ["type": "string"]) { value in
        listID(value) == nil ? "a list's id or address, such as 8136 or https://www.themoviedb.org/list/8136" : nil
    }

    private static func listID(_ value: JSONValue) -> Int64? {
        guard let reference = RecordReference(value), reference.id > 0 else { return nil }
        return reference.type.isEmpty || reference.type == "list" ? reference.id : nil
    }

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let id = arguments.integer("id")
        let name = arguments.string("name")
        let list = arguments.value("list").flatMap { listID($0) }
        guard (id == nil ? 0 : 1) + (name == nil ? 0 : 1) + (list == nil ? 0 : 1) == 1 else {
            return finish(.failure("Give one of id, name and list: what the titles are of."))
        }
        var shaping = arguments.shaping(call.context)
        shaping.mediaType = "movie"
        if let name { return FranchiseSearch(name, arguments, shaping, call, finish).begin() }
        if let list { return show(list: list, page: arguments.page, shaping, call, finish) }
        show(Subject("collection", id ?? 0), arguments, shaping, call, finish)
    }

    static func show(
        _ subject: Subject, _ arguments: Arguments, _ shaping: Shaping, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        let request: (path: String, query: Call.Query) = (subject.path, [("language", shaping.language)])
        let end = { (answer: Call.Answer) in
            finish(.shaped(answer, of: subject) { CollectionRecord.json($0, page: arguments.page, shaping) })
        }
        call.get(request.path, request.query) { answer in
            Untranslated.fillRows([answer], of: [request], shaping.language, call) { answers in
                guard let answer = answers.first else { return }
                guard arguments.bool("runtimes") == true, case .success(let source) = answer else { return end(answer) }
                fillRuntimes(source, shaping.language, call) { filled, problem in
                    var shaping = shaping
                    if let problem { shaping.add(note: problem) }
                    finish(
                        .shaped(.success(filled), of: subject) {
                            CollectionRecord.json($0, page: arguments.page, shaping)
                        })
                }
            }
        }
    }

    /// Parts have no runtime at TMDB, so the films that have a date are asked for, the first so many.
    ///
    /// - Parameter then: gets the collection, and what its sum lacks.
    private static func fillRuntimes(
        _ source: JSONValue, _ language: String, _ call: Call, then: @escaping (JSONValue, String?) -> Void
    ) {
        guard var record = source.object, let list = source["parts"]?.array else { return then(source, nil) }
        var parts = Ranking.oldestFirst(list)
        let dated = parts.filter { Ranking.day($0) != nil }.compactMap { $0["id"]?.int64 }
        let ids = dated.prefix(Int(TMDBLimits.rowsMax))
        let query: Call.Query = [("language", language)]
        call.getAll(ids.map { (Subject("movie", $0).path, query) }) { films in
            for film in films {
                guard let film = try? film.get(), let runtime = film["runtime"],
                    let place = parts.firstIndex(where: { $0["id"] == film["id"] }), var part = parts[place].object
                else { continue }
                part.set("runtime", to: runtime)
                parts[place] = .object(part)
            }
            record.set("parts", to: .array(parts))
            let lacking = SeriesLength.sum(parts).unknown
            if lacking == 0 { return then(.object(record), nil) }
            let bound: String = dated.count > ids.count ? " or are past the first \(ids.count)" : ""
            then(
                .object(record),
                "total_runtime lacks \(lacking) of the \(parts.count) films, which have no runtime at TMDB yet" + bound
                    + ".")
        }
    }

    /// Version 3 of the API has most lists; those that it has not are asked of version 4.
    private static func show(
        list id: Int64, page: Int64, _ shaping: Shaping, _ call: Call, _ finish: @escaping (CallToolResult) -> Void
    ) {
        let subject = Subject("list", id)
        let query: Call.Query = [("page", "\(page)"), ("language", shaping.language)]
        let end = { (answer: Call.Answer) in
            if case .failure(.refused(401, _)) = answer {
                return finish(.failure("The list \(id) is private: get_account shows it to the user who made it."))
            }
            finish(.shaped(answer, of: subject) { CollectionRecord.json(list: $0, id: id, page: page, shaping) })
        }
        call.get(subject.path, query) { answer in
            guard case .failure(.notFound) = answer else { return end(answer) }
            call.get(TMDBClient.version4 + subject.path, query) { second in
                // That the list is not there is the better reason.
                if case .success = second { end(second) } else { end(answer) }
            }
        }
    }
}
