import Upstream
import Bytes
import JSON
import MCP

/// TMDB's records and lists as resources, for clients that let people attach them to a conversation.
///
/// Each is given twice under its URI: as JSON in full, and as Markdown, in which a record is compact. Some clients give
/// a model nothing but text/*; others give it all there is, so that the second form must be short.
enum TMDBResources {
    private static let mimeType = "application/json"
    /// Records change within days.
    private static let hour: Int64 = 3_600_000

    static func fixed(_ context: TMDBContext) -> [Resource] {
        let language: Call.Query = [("language", context.language)]
        return [
            list(
                "genres/movie", "/genre/movie/list", language, title: "Movie genres", "Ids and names of movie genres",
                context),
            list("genres/tv", "/genre/tv/list", language, title: "TV genres", "Ids and names of TV genres", context),
            list(
                "configuration", "/configuration", [], title: "TMDB configuration",
                "Where TMDB's images are, and in which sizes", context),
        ]
    }

    static func templates(_ context: TMDBContext) -> [ResourceTemplate] {
        [
            record("movie", title: "Movie", "A movie: what it is about, who made it, how it was received", context),
            record("tv", title: "TV series", "A TV series and its seasons", context),
            record("person", title: "Person", "A person and what they are known for", context),
            record("collection", title: "Collection", "The movies of a franchise, in order of release", context),
            season(context),
        ]
    }

    private static func list(
        _ name: String, _ path: String, _ query: Call.Query, title: String, _ description: String,
        _ context: TMDBContext
    ) -> Resource {
        let uri = "tmdb://\(name)"
        return Resource(uri: uri, name: name, title: title, description: description, mimeType: mimeType) {
            request, finish in
            let call = Call(context, request)
            call.get(path, query) { answer in
                let result = result(answer, uri, request) { value in
                    guard var object = value.object else { return nil }
                    object.set("attribution", to: .string(Attribution.text))
                    let json = JSONValue.object(object).serialized()
                    return (full: json, compact: json)
                }
                finish(result)
            }
            return { call.cancel() }
        }
    }

    private static func record(
        _ type: String, title: String, _ description: String, _ context: TMDBContext
    ) -> ResourceTemplate {
        ResourceTemplate(
            uri: URITemplate("tmdb://\(type)/{id}"), name: type, title: title,
            description: description + ". The id is TMDB's, perhaps with words after a dash.", mimeType: mimeType,
            completions: [Completion("id", recordsOf: type, in: context)]
        ) { uri, variables, request, finish in
            guard let id = id("id", in: variables) else {
                finish(.notFound)
                return {}
            }
            return read(Subject(type, id), of: type, uri, Call(context, request), request, finish) { source, shaping in
                if type == "collection" { return CollectionRecord.json(source, shaping) }
                var json = shaping.fitted { Details.shape.write(source, $0, into: &$1) }
                json?.append(member: "attribution", .string(Attribution.text))
                return json
            }
        }
    }

    private static func season(_ context: TMDBContext) -> ResourceTemplate {
        ResourceTemplate(
            uri: URITemplate("tmdb://tv/{id}/season/{n}"), name: "season", title: "Season",
            description: "The episodes of a season of a TV series; 0 has the specials.", mimeType: mimeType,
            completions: [
                Completion("id", recordsOf: "tv", in: context),
                seasonNumbers(context),
            ]
        ) { uri, variables, request, finish in
            guard let id = id("id", in: variables), let number = number("n", in: variables) else {
                finish(.notFound)
                return {}
            }
            return read(
                Subject("tv", id).season(number), of: "season", uri, Call(context, request), request, finish
            ) { source, shaping in Season.json(source, series: id, page: nil, shaping) }
        }
    }

    /// The numbers of a series' seasons, once the series is settled.
    private static func seasonNumbers(_ context: TMDBContext) -> Completion {
        Completion(argument: "n") { query, request, finish in
            guard let id = query.settled.first(where: { $0.name == "id" }).flatMap({ RecordID.parse($0.value) }) else {
                finish(Completion.Result([], total: 0))
                return {}
            }
            let call = Call(context, request)
            call.get("/tv/\(id)", [("language", context.language)]) { answer in
                let seasons = (try? answer.get())?["seasons"]?.array ?? []
                let numbers = seasons.compactMap { $0["season_number"]?.int64 }.map { "\($0)" }
                let found = numbers.filter { $0.utf8.starts(with: query.value.utf8) }
                finish(Completion.Result(found, total: found.count))
            }
            return { call.cancel() }
        }
    }

    /// Reads a record.
    private static func read(
        _ subject: Subject, of type: String, _ uri: String, _ call: Call, _ request: RequestContext,
        _ finish: @escaping (ResourceResult) -> Void, shape: @escaping (JSONValue, Shaping) -> [UInt8]?
    ) -> Cancellation {
        let context = call.context
        let mediaType = type == "collection" ? "movie" : type
        var shaping = Shaping(detail: .full, mediaType: mediaType, language: context.language)
        shaping.wantedRegion = context.region
        var compact = shaping
        compact.detail = .compact
        let isRecord = type == "movie" || type == "tv" || type == "person"
        let query: Call.Query =
            isRecord ? DetailsTool.query(type, shaping) : [("language", context.language)]
        call.get(subject.path, query) { [shaping, compact] answer in
            let result = result(answer, uri, request) { source in
                guard let full = shape(source, shaping), let short = shape(source, compact) else { return nil }
                return (full, short)
            }
            finish(result)
        }
        return { call.cancel() }
    }

    // MARK: Values

    private static func id(_ name: String, in variables: [URITemplate.Variable]) -> Int64? {
        variables.first { $0.name == name }.flatMap { RecordID.parse($0.value) }
    }

    private static func number(_ name: String, in variables: [URITemplate.Variable]) -> Int64? {
        guard let text = variables.first(where: { $0.name == name })?.value, let number = Int64(text) else {
            return nil
        }
        return number >= 0 && number <= TMDBLimits.numberMax ? number : nil
    }

    /// - Parameter forms: the JSON of the resource, and what of it the Markdown tells; nil when the answer is not what
    ///   TMDB documents.
    @inline(never)  // would be copied into each caller
    private static func result(
        _ answer: Call.Answer, _ uri: String, _ request: RequestContext,
        _ forms: (JSONValue) -> (full: [UInt8], compact: [UInt8])?
    ) -> ResourceResult {
        switch answer {
        case .success(let value):
            guard let forms = forms(value) else { return .failure(TMDBError.unexpectedShape.message) }
            // What a client got with its own credential is kept for nobody else.
            let scope: CacheHint.Scope = request.caller.forwardedHeader == nil ? .everyone : .oneUser
            let json = String(decoding: forms.full, as: UTF8.self)
            let contents = [
                ResourceContents(uri: uri, mimeType: mimeType, .text(json)),
                ResourceContents(uri: uri, mimeType: "text/markdown", .text(Markdown.text(forms.compact))),
            ]
            // An answer that is past its time is asked for again.
            let milliseconds = request.upstream.staleAnswers > 0 ? 0 : hour
            return .contents(contents, CacheHint(milliseconds: milliseconds, scope))
        case .failure(.notFound): return .notFound
        case .failure(let error): return .failure(error.message)
        }
    }
}
