import Bytes
import JSON
import MCP

/// `get_recommendations`: titles for those who like a title (TMDB: GET /{type}/{id}/recommendations and /similar).
enum RecommendationsTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_recommendations", title: "Recommendations",
            description: "Titles for someone who liked a movie or a TV series, by what TMDB's users like.",
            [
                Parameters.mediaType(Parameters.titles), Parameters.id,
                Parameter(
                    "similar", .boolean, default: false,
                    description: "titles with the same genres and keywords instead"),
            ] + filters.map { $0.parameter(context.argumentNames) } + [
                Parameters.page, Parameters.language(context), Parameters.detail,
            ],
            output: page.schema, about: Parameters.titles, in: context, work: work)
    }

    private static let page = Page(of: Row.titles, [Page.resolved])

    private static let filters = [
        Filter("without_people", .names(.person), "leaves out what these, such as a director, took part in"),
        Filter("without_genres", .names(.genre)),
    ]

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        NameResolver.settle(filters, arguments, call, finish) { ask(arguments, $0, call, finish) }
    }

    private static func ask(
        _ arguments: Arguments, _ filters: [NameResolver.Resolved], _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        var people: [String] = []
        var genres: [String] = []
        var resolved = JSONObject()
        var notes: [String] = []
        for (filter, codes, words, note) in filters {
            if !note.isEmpty { notes.append(note) }
            if filter == "without_people" {
                people = NameResolver.parts(codes)
            } else {
                genres = NameResolver.parts(codes)
            }
            if words != codes { resolved.set(filter, to: .string(words)) }
        }
        guard people.count <= peopleMax else {
            return finish(.failure("without_people has \(people.count) people: give \(peopleMax) at most."))
        }
        let subject = arguments.subject
        var shaping = arguments.shaping(call.context)
        if !notes.isEmpty { shaping.note = notes.joined(separator: " ") }
        let list = arguments.bool("similar") == true ? "/similar" : "/recommendations"
        let query: Call.Query = [("page", "\(arguments.page)"), ("language", shaping.language)]
        var requests: [(path: String, query: Call.Query)] = [(subject.path + list, query)]
        for person in people { requests.append(("/person/" + person + "/combined_credits", [])) }
        call.getAll(requests) { [requests] answers in
            guard let answer = answers.first else { return }
            var credits: [JSONValue] = []
            for (index, answer) in answers.dropFirst().enumerated() {
                switch answer {
                case .success(let list): credits.append(list)
                // Without it, what is not wanted would be among the titles.
                case .failure(let error):
                    let person = Subject("person", Int64(people[index]) ?? 0)
                    return finish(.failure("without_people: " + person.reason(error)))
                }
            }
            let (request, shown) = (requests[0], page.shown(shaping))
            Untranslated.fillRows([answer], of: [request], shaping.language, shown: shown, call) { filled in
                let answer = filled.first ?? answer
                call.genres(shaping.language, for: answer) { names in
                    shaping.genres = names
                    finish(
                        .shaped(answer, of: subject) { [shaping, resolved, genres, credits] source in
                            let kept = kept(source, without: genres, credits, resolved, shaping)
                            let left = (source["results"]?.array?.count ?? 0) - (kept["results"]?.array?.count ?? 0)
                            var shaping = shaping
                            if left > 0 { shaping.add(note: "Left out of this page, as asked: \(left).") }
                            return page.json(kept, shaping)
                        })
                }
            }
        }
    }

    /// Each is a request to TMDB.
    private static let peopleMax = 5

    /// A page of TMDB's without the titles of some genres and those that are among people's credits.
    private static func kept(
        _ source: JSONValue, without genres: [String], _ credits: [JSONValue], _ resolved: JSONObject,
        _ shaping: Shaping
    ) -> JSONValue {
        guard var object = source.object else { return source }
        object.set("resolved", to: resolved.isEmpty ? .null : .object(resolved))
        guard let rows = source["results"]?.array else { return source }
        // Once, since people have hundreds of credits.
        var left = JSONObject()
        for person in credits {
            for credit in (person["cast"]?.array ?? []) + (person["crew"]?.array ?? [])
            where credit["media_type"]?.string == shaping.mediaType {
                if let key = CreditList.personKey(credit) { left.set(key, to: true) }
            }
        }
        let kept = rows.filter { row in
            let ofGenres = (row["genre_ids"]?.array ?? []).contains { genres.contains($0.text) }
            return !ofGenres && CreditList.personKey(row).map { left[$0] == nil } ?? true
        }
        object.set("results", to: .array(kept))
        return .object(object)
    }
}
