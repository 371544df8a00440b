import Bytes
import JSON
import MCP

/// `get_watch_providers`: where films, series or a season can be streamed, rented and bought (TMDB: GET
/// /movie/{id}/watch/providers, /tv/{id}/watch/providers and /tv/{id}/season/{n}/watch/providers).
enum WatchProvidersTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_watch_providers", title: "Where to watch",
            description:
                "Where movies, TV series or a season of one can be streamed, rented or bought in a region; "
                + "without a region, the regions where they can be. Takes an id, several ids or titles.",
            [
                Parameter(
                    "media_type", Parameters.typeKind(Parameters.titles),
                    description: "what the ids are of; of titles, only these"),
                Parameter("id", Parameters.idKind, description: "from search"),
                Parameter("ids", .list(Parameters.idKind, count: 1...TMDBLimits.idsMax), description: "instead of id"),
                Parameter(
                    "titles", .list(.text(length: 1...TMDBLimits.queryMax), count: 1...titlesMax),
                    description: "instead of ids, such as Dune (2021)"),
                Parameters.region(context, "country of ISO 3166-1, such as US"),
                filters[0].parameter(context.argumentNames),
                Parameter("season_number", Parameters.numberKind, description: "a season of a series; 0 for specials"),
            ],
            output: .object(shape.schema), about: Parameters.titles, in: context, work: work)
    }

    private static let filters = [
        Filter("services", .names(.provider), "only their offers where they have any, such as Netflix, Hulu")
    ]

    /// Each is a search and a request for its offers.
    private static let titlesMax = 10

    private static let identity = [
        Field("media_type", .text), Field("id", .integer), Field("title", .name), Field("year", .integer),
        Field("season_number", .integer),
    ]

    private static let row = Shape(
        identity.prefix(2).map { $0.required } + identity.dropFirst(2).dropLast()
            + Offers.shape.only("matches stream free ads rent buy regions note").fields.map {
                Field($0.name, $0.kind)
            })
    private static let failure = Shape([
        Field("id", .integer), Field("title", .name), Field("reason", .text).required,
    ])
    private static let shape = Shape(
        identity + Offers.shape.fields + [
            Field("results", .list(row)), Field("failed", .list(failure)), Field("attribution", .text).required,
        ])

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let ids = RecordResolver.ids(in: arguments.json)
        let names = (arguments.value("titles")?.array ?? []).compactMap { $0.string }
        if let problem = problem(arguments, ids, names, call.context) { return finish(.failure(problem)) }
        NameResolver.settle(filters, arguments, call, finish) { resolved in
            let services = resolved.first.map { NameResolver.parts($0.words) }
            NamedTitle.find(names, arguments, call) { titles, failed in
                var titles = titles
                for id in ids {
                    guard let id = id.int64, let type = arguments.string("media_type") else { continue }
                    let members: JSONObject = ["media_type": .string(type), "id": .number(JSONNumber(id))]
                    titles.append(NamedTitle(members: members, subject: Subject(type, id)))
                }
                ask(titles, failed, services, arguments, call, finish)
            }
        }
    }

    private static func problem(
        _ arguments: Arguments, _ ids: [JSONValue], _ names: [String], _ context: TMDBContext
    ) -> String? {
        let type = arguments.string("media_type")
        let given = ["id", "ids", "titles"].filter { arguments.value($0) != nil }
        if given.isEmpty { return "id is missing: give id, ids or titles." }
        if given.count > 1 { return "Give one of \(given.joined(separator: " and ")) alone." }
        if names.isEmpty, type == nil { return "media_type is missing: it must be one of movie, tv." }
        // Clients fill in the 0 of what is left out; of a series it is the specials.
        if type != "tv", arguments.integer("season_number") ?? 0 > 0 {
            return "season_number is of series: leave it out for a movie, and set media_type to tv for titles."
        }
        if arguments.value("services") != nil, arguments.country(context) == nil {
            return "services needs region: which services there are depends on the country."
        }
        return nil
    }

    private static func ask(
        _ titles: [NamedTitle], _ failed: [JSONValue], _ services: [String]?, _ arguments: Arguments, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        var titles = titles
        let season = arguments.integer("season_number")
        if let season, arguments.string("media_type") == "tv" {
            for index in titles.indices {
                titles[index].subject = titles[index].subject.season(season)
                titles[index].members.set("season_number", to: .number(JSONNumber(season)))
            }
        }
        let region = arguments.country(call.context)
        call.getAll(titles.map { ($0.subject.path + "/watch/providers", []) }) { [titles] answers in
            if arguments.value("id") != nil, let title = titles.first, let answer = answers.first {
                return finish(
                    .shaped(answer, of: title.subject) { answer in
                        guard var flat = offers(answer, of: title, services, arguments, region) else { return nil }
                        flat.set("attribution", to: .string(Attribution.ofOffers))
                        return Shaping().fitted { shape.write(.object(flat), $0, into: &$1) }
                    })
            }
            finish(result(titles, answers, failed, services, arguments, region))
        }
    }

    private static func offers(
        _ answer: JSONValue, of title: NamedTitle, _ services: [String]?, _ arguments: Arguments, _ region: String?
    ) -> JSONObject? {
        guard let regions = answer["results"]?.object else { return nil }
        var members = title.members
        for (name, value) in Offers.object(regions, region: region, services: services) {
            members.set(name, to: value)
        }
        // A country that nobody named may not be the one that is meant.
        if arguments.string("region") == nil, members["regions"] == nil {
            members.set("regions", to: Offers.regions(in: regions, but: region))
        }
        return members
    }

    /// A failure only when there is no title at all.
    private static func result(
        _ titles: [NamedTitle], _ answers: [Call.Answer], _ failed: [JSONValue], _ services: [String]?,
        _ arguments: Arguments, _ region: String?
    ) -> CallToolResult {
        var failed = failed
        var rows: [JSONValue] = []
        for (title, answer) in zip(titles, answers) {
            var reason = TMDBError.unexpectedShape.message
            switch answer {
            case .failure(let error): reason = title.subject.reason(error)
            case .success(let answer):
                if let row = offers(answer, of: title, services, arguments, region) {
                    rows.append(.object(row))
                    continue
                }
            }
            failed.append(["id": title.members["id"] ?? .null, "reason": .string(reason)])
        }
        if rows.isEmpty {
            var reasons: [String] = []
            for case let reason? in failed.map({ $0["reason"]?.string }) where !reasons.contains(reason) {
                reasons.append(reason)
            }
            return .failure(reasons.joined(separator: " "))
        }
        var object: JSONObject = ["results": .array(rows), "failed": .array(failed)]
        object.set("region", to: region.map { .string($0) } ?? .null)
        object.set("attribution", to: .string(Attribution.ofOffers))
        return .shaped(.success(.object(object))) { source in
            let shaping = Shaping()
            var json = shaping.fitted(rows: rows.count) { shape.write(source, $0, into: &$1) }
            if let note = shaping.cuts.words(advice: "give region, or fewer titles") {
                json?.append(member: "note", .string(note))
            }
            return json
        }
    }
}
