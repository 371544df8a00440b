import Bytes
import JSON
import MCP

/// `get_filmography`: what a person took part in (TMDB: GET /person/{id}/combined_credits).
enum FilmographyTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_filmography", title: "Filmography",
            description: "All movies and TV series of a person, each once, with characters and jobs; with shared_with "
                + "those of two people together.",
            [
                Parameters.id,
                Parameter("role", .choice(["cast", "crew", "all"]), default: "all", description: "cast: as an actor"),
                Parameter(
                    "department", .text(length: 1...60), description: "or a job, such as Directing, Director, Writing"),
                Parameter("media_type", Parameters.typeKind(Parameters.titles), description: "only these"),
                Parameter("genre", .text(length: 1...60), description: "such as Comedy"),
            ] + bounds.map { $0.parameter(context.argumentNames) } + [
                Parameter(
                    "shared_with", .custom(schema: ["type": "string"]) { personProblem($0) },
                    description: "name or id of a second person"),
                Parameter(
                    "include_self", .boolean, default: false, description: "also talk shows, and parts as oneself"),
                Parameter(
                    "sort", .choice(["newest", "votes", "rating"]), default: "newest",
                    description: "votes: most votes first; rating: best first, where many voted"),
                Parameters.limit(20, "titles a page"),
                Parameters.pageOfLimit, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, about: ["person"], in: context, work: work)
    }

    @Sendable private static func personProblem(_ value: JSONValue) -> String? {
        if let text = value.string, (1...TMDBLimits.queryMax).contains(text.unicodeScalars.count) { return nil }
        return "a person's name or id"
    }

    private static let bounds = [
        Filter("vote_average.gte", .number(0...10)), Filter("vote_count.gte", .integer(0...10_000_000)),
    ]

    private static let page = Page(
        of: Filmography.row.adding([Field("shared_part", .name, description: "of the second person")]),
        [Field("shared_with", .text)])

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let genre = arguments.string("genre") else { return find(arguments, nil, call, finish) }
        call.genres(arguments.language(call.context), isNeeded: true) { names in
            let ids = names.ids(named: genre)
            if !ids.isEmpty { return find(arguments, ids, call, finish) }
            let known = (names.movies + names.series).map { $0.name }
            finish(
                .failure(
                    "genre: there is no \"\(genre.cut(toBytes: 60))\". There are \(known.joined(separator: ", "))."))
        }
    }

    /// Finds the second person, if there is one.
    private static func find(
        _ arguments: Arguments, _ genres: [Int64]?, _ call: Call, _ finish: @escaping (CallToolResult) -> Void
    ) {
        guard let other = arguments.value("shared_with") else { return ask(arguments, genres, nil, call, finish) }
        call.person(other) { found, problem in
            if let found { return ask(arguments, genres, found, call, finish) }
            finish(.failure("shared_with: " + (problem ?? "")))
        }
    }

    private static func ask(
        _ arguments: Arguments, _ genres: [Int64]?, _ other: NamedID?, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        let shaping = arguments.shaping(call.context)
        let subjects = ([arguments.integer("id") ?? 0] + (other.map { [$0.id] } ?? [])).map { Subject("person", $0) }
        let query: Call.Query = [("language", shaping.language)]
        let requests = subjects.map { (path: $0.path + "/combined_credits", query: query) }
        call.getAll(requests) { answers in
            var credits: [JSONValue] = []
            for (index, answer) in answers.enumerated() {
                switch answer {
                case .failure(let error): return finish(.failure(subjects[index].reason(error)))
                case .success(let value) where value["cast"]?.array == nil && value["crew"]?.array == nil:
                    return finish(.failure(TMDBError.unexpectedShape.message))
                case .success(let value): credits.append(value)
                }
            }
            let (source, shaping) = source(credits, arguments, genres, other, shaping)
            // Short rows have no texts.
            let shown = shaping.detail == .full ? Int.max : 0
            Untranslated.fillRows([.success(source)], of: requests, shaping.language, shown: shown, call) { answers in
                guard let answer = answers.first else { return }
                finish(.shaped(answer) { page.json($0, shaping) })
            }
        }
    }

    /// The page of titles that the arguments ask for.
    ///
    /// - Parameter credits: the person's, and those of the second one.
    private static func source(
        _ credits: [JSONValue], _ arguments: Arguments, _ genres: [Int64]?, _ other: NamedID?, _ shaping: Shaping
    ) -> (JSONValue, Shaping) {
        var choice = Filmography.Choice()
        choice.hasAppearances = arguments.bool("include_self") == true
        let second = credits.count > 1 ? choice.titles(credits[1]).titles : nil
        choice.role = arguments.string("role") ?? "all"
        choice.work = arguments.string("department")?.folded
        choice.mediaType = arguments.string("media_type")
        choice.genres = genres
        choice.ratingMin = arguments.value("vote_average.gte")?.double
        choice.votesMin = arguments.integer("vote_count.gte")
        let chosen = choice.titles(credits[0])
        var titles = second.map { Filmography.shared(chosen.titles, with: $0) } ?? chosen.titles
        switch arguments.string("sort") {
        case "votes": titles = Ranking.mostVotedFirst(titles)
        case "rating": titles = Ranking.bestFirst(titles)
        default: titles = Ranking.newestFirst(titles)
        }
        var shaping = shaping
        if chosen.appearances > 0 {
            shaping.note = "\(chosen.appearances) parts as oneself are left out: include_self has them."
        }
        if titles.isEmpty {
            let all = choice.work == nil && genres == nil && choice.ratingMin == nil ? "" : " Leave out a filter."
            shaping.noteIfEmpty =
                (other == nil ? "There is nothing." : "They have no title together.") + all
                + (shaping.note.map { " " + $0 } ?? "")
        }
        let portion = Portion(of: titles, page: arguments.page, rowsMax: arguments.integer("limit") ?? 20).object
        guard let other, var object = portion.object else { return (portion, shaping) }
        object.set("shared_with", to: .string(other.label))
        return (.object(object), shaping)
    }
}
