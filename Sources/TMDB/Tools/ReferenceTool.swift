import Bytes
import JSON
import MCP

/// `list_reference`: the codes that other tools take, and what they stand for.
enum ReferenceTool {
    static func make(_ context: TMDBContext) -> Tool {
        Tool(
            "list_reference", title: "Reference lists",
            description: "List what discover filters and other arguments take: genres, streaming services, "
                + "certifications, countries, languages, time zones and well-known TV networks. entries maps ids or "
                + "codes to names.",
            [
                Parameter(
                    "kind", .choice(ReferenceList.all.map { $0.kind }), isRequired: true, description: "which list"),
                Parameters.region(context, "limits providers, certifications and timezones"),
                Parameter("query", .text(length: 1...100), description: "only entries with these words"),
                Parameters.language(context),
            ],
            output: .object(output.schema), in: context, work: work)
    }

    private static let output = Shape([
        Field("kind", .text).required, Field("region", .text),
        Field("entries", .made(schema: Field.Kind.schema(ofMembers: "string")) { source, _ in source["entries"] })
            .required,
        Field("total", .integer).required, Field("note", .text), Field("attribution", .text).required,
    ])

    private static func work(_ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void) {
        guard let kind = arguments.string("kind"), let list = ReferenceList.all.first(where: { $0.kind == kind }) else {
            return
        }
        var arguments = arguments
        guard arguments.string("region") == nil || list.hasRegions else {
            return finish(
                .failure("region limits providers, certifications and timezones alone: leave it out for \(kind)."))
        }
        // A time zone is looked for in the whole world.
        if list.hasRegions, kind != "timezones", let country = arguments.country(call.context) {
            arguments.replace("region", with: .string(country))
        }
        let region = arguments.string("region")
        guard let path = list.path else {
            return finish(result(NetworkNames.all.map { ("\($0.id)", $0.name) }, list, arguments))
        }
        let language = arguments.language(call.context)
        var query: Call.Query = list.isTranslated ? [("language", language)] : []
        if case .providers = list.form, let region { query.append(("watch_region", region)) }
        call.get(path, query) { [arguments] answer in
            switch answer {
            case .failure(let error): finish(.failure(error.message))
            case .success(let answer):
                guard let entries = list.entries(answer, region, inEnglish: GenreCatalog.isEnglish(language)) else {
                    return finish(.failure(TMDBError.unexpectedShape.message))
                }
                finish(result(entries, list, arguments))
            }
        }
    }

    /// The entries with the words that are looked for, as many as a model wants to read.
    private static func result(
        _ entries: [ReferenceList.Entry], _ list: ReferenceList, _ arguments: Arguments
    ) -> CallToolResult {
        let words = arguments.string("query")?.folded
        // "UK" is in no country's name.
        let country = arguments.string("query").flatMap { list.hasCountries ? CountryNames.code(of: $0) : nil }
        let wanted = entries.filter { entry in
            words.map { entry.key == country || isAsked(entry, $0) } ?? true
        }
        var kept = JSONObject()
        var bytes = 0
        for entry in wanted {
            bytes += entry.key.utf8.count + entry.text.utf8.count + 6
            if bytes > TMDBLimits.entriesBytesMax { break }
            kept.set(entry.key, to: .string(entry.text))
        }
        var object: JSONObject = ["kind": .string(list.kind)]
        let region = arguments.string("region")
        if let region { object.set("region", to: .string(region)) }
        object.set("entries", to: .object(kept))
        object.set("total", to: .number(JSONNumber(wanted.count)))
        if kept.count < wanted.count {
            object.set("note", to: "These are the first of them: give a query or a region for others.")
        }
        if let region, entries.isEmpty {
            object.set("note", to: .string("TMDB has none for \(region): list_reference of countries has the codes."))
        }
        var attribution = Attribution.text
        if case .providers = list.form { attribution = Attribution.ofOffers }
        object.set("attribution", to: .string(attribution))
        return .shaped(.success(.object(object))) { Shaping().whole(output, $0) }
    }

    private static func isAsked(_ entry: ReferenceList.Entry, _ words: String) -> Bool {
        entry.key.folded == words || entry.text.folded.hasWords(of: words, isWhole: false)
    }
}
