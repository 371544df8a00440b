import Bytes
import JSON
import MCP

/// `get_details`: the records of films, series or people (TMDB: GET /{type}/{id}).
enum DetailsTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "get_details", title: "Details",
            description: "All about a movie, a TV series, a person, a company, a network or a keyword, or up to 20 at "
                + "once: dates, genres, rating, directors, cast, trailer, seasons, biography, best known titles.",
            [
                Parameters.mediaType(types),
                Parameter("id", Parameters.idKind, description: "from search; either this or ids"),
                Parameter(
                    "ids", .list(Parameters.idKind, count: 1...TMDBLimits.idsMax),
                    description: "of one media_type, instead of id: short records, unless detail is full"),
                Parameter(
                    "append", .list(.text(length: 1...40), count: 1...TMDBLimits.appendMax),
                    description:
                        "TMDB's namespaces to add, such as credits, keywords, watch/providers or, of tv, season/1"
                ),
                Parameters.region(
                    context,
                    "country of certification (age rating), watch/providers and releases (cinema, digital, Blu-ray)"),
                Parameters.language(context), Parameters.detail,
            ],
            output: .object(output.schema), about: types, in: context, work: work)
    }

    private static let output = Shape([
        Field("results", .rows(Details.shape)).required, Field("failed", .rows(failure)).required,
        Field("note", .text), Attribution.field,
    ])

    private static let failure = Shape([Field("id", .integer).required, Field("reason", .text).required])

    private static let types = ["movie", "tv", "person", "company", "network", "keyword"]

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        let type = arguments.string("media_type") ?? ""
        let one = arguments.integer("id")
        let several = arguments.value("ids")?.array
        guard (one == nil) != (several == nil) else {
            return finish(.failure("Give either id, for one record, or ids, for up to \(TMDBLimits.idsMax) of a type."))
        }
        var ids: [Int64] = []
        for id in one.map({ [$0] }) ?? (several ?? []).compactMap({ $0.int64 }) where !ids.contains(id) {
            ids.append(id)
        }
        let appended = (arguments.value("append")?.array ?? []).compactMap { $0.string }
        if let unknown = appended.first(where: { !Namespaces.contains($0, mediaType: type) }) {
            return finish(.failure(Namespaces.refusal(of: unknown, mediaType: type)))
        }
        var shaping = arguments.shaping(call.context)
        shaping.appended = appended
        shaping.wantedRegion = arguments.country(call.context)
        let query = query(type, shaping)
        let subjects = ids.map { Subject(type, $0) }
        let shape = ids.count > 1 && shaping.detail == .compact ? Details.slim : Details.shape
        call.getAll(subjects.map { ($0.path, query) }) { [shaping] answers in
            let end = { (answers: [Call.Answer]) in
                call.ratings(answers, of: type) { finish(result($0, ids, subjects, shape, shaping)) }
            }
            guard shape.has("overview") else { return end(answers) }
            Untranslated.fill(answers, of: subjects, shaping.language, call, then: end)
        }
    }

    static func query(_ type: String, _ shaping: Shaping) -> Call.Query {
        // What was asked for goes first: TMDB appends no more than so many.
        var namespaces: [String] = []
        for name in shaping.appended + Details.namespaces(of: type) where !namespaces.contains(name) {
            namespaces.append(name)
        }
        // Of companies and the like TMDB appends nothing, and has texts in one language.
        if namespaces.isEmpty { return [] }
        let appended = namespaces.prefix(TMDBLimits.appendMax).joined(separator: ",")
        var query: Call.Query = [("append_to_response", appended), ("language", shaping.language)]
        let code = shaping.language.languageCode
        let languages = code == "en" ? "en" : code + ",en"
        if type != "person" { query.append(("include_video_language", languages)) }
        if shaping.appended.contains("images") { query.append(("include_image_language", languages + ",null")) }
        return query
    }

    private static let elsewhere: String =
        " Ask for fewer ids and namespaces at once, or with get_season, get_credits, get_filmography or get_media."

    /// A failure only when there is no record at all.
    private static func result(
        _ answers: [Call.Answer], _ ids: [Int64], _ subjects: [Subject], _ shape: Shape, _ shaping: Shaping
    ) -> CallToolResult {
        var left: [String] = []
        let cuts = Cuts()
        var json = [UInt8]("{\"results\":[".utf8)
        var count = 0
        var failed: [JSONValue] = []
        var reasons: [String] = []
        for (index, answer) in answers.enumerated() {
            var reason = TMDBError.unexpectedShape.message
            switch answer {
            case .failure(let error): reason = subjects[index].reason(error)
            case .success(let source):
                if var record = shaping.fitted(shares: ids.count, { shape.write(source, $0, into: &$1) }) {
                    let room = TMDBLimits.resultBytesMax / ids.count - record.count
                    let appended = Appended.members(source, shaping, bytesMax: room)
                    record.append(member: "appended", object: appended.json)
                    for name in appended.left where !left.contains(name) { left.append(name) }
                    for name in appended.cuts.names { cuts.add(name) }
                    if count > 0 { json.append(UInt8(ascii: ",")) }
                    json.append(copying: record.span)
                    count += 1
                    continue
                }
            }
            failed.append(["id": .number(JSONNumber(ids[index])), "reason": .string(reason)])
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        if count == 0 { return .failure(reasons.joined(separator: " ")) }
        json.append(contentsOf: "]}".utf8)
        json.append(member: "failed", .array(failed))
        var notes = cuts.words().map { [$0] } ?? []
        if !left.isEmpty {
            let names = left.joined(separator: ", ")
            notes.append("Left out, since it would be too long: \(names)." + elsewhere)
        }
        if !notes.isEmpty { json.append(member: "note", .string(notes.joined(separator: " "))) }
        let hasOffers = shaping.appended.contains("watch/providers")
        let hasRatings = answers.contains { answer in
            if case .success(let record) = answer { record["ratings"]?.object != nil } else { false }
        }
        let words = hasOffers ? Attribution.ofOffers : Attribution.text
        json.append(member: "attribution", .string(hasRatings ? Attribution.ofRatings + words : words))
        return .structured(StructuredContent(json: json))
    }
}
