import Bytes
import JSON
import MCP

/// `discover_movies` and `discover_tv`: films or series by filters (TMDB: GET /discover/movie and /discover/tv).
enum DiscoverTool {
    enum Medium: String {
        case movie, tv
    }

    static func movies(_ context: TMDBContext) -> Tool {
        make(
            .movie, "discover_movies", title: "Discover movies", filters: Filters.movie,
            absent: Filters.absentFromMovies,
            description: "Find movies by filters. " + listWords, context)
    }

    static func tv(_ context: TMDBContext) -> Tool {
        make(
            .tv, "discover_tv", title: "Discover TV series", filters: Filters.tv, absent: Filters.absentFromTV,
            description: "Find TV series by filters. " + listWords
                + " TMDB cannot filter series by people: use get_filmography.",
            context)
    }

    private static let listWords =
        "with_* and without_* filters take TMDB ids or names: a comma means all of them, | any of them; a name that "
        + "contains a comma stands in double quotes. Days may be relative: today, -30d, +2w, -6m. Returns a page of "
        + "20, and in resolved what names and days were taken for."

    /// A page of titles, and what names, words and days of the call were taken for.
    private static let page = Page(of: Row.titles, [Page.resolved])

    private static func make(
        _ medium: Medium, _ name: String, title: String, filters: [Filter], absent: [(name: String, reason: String)],
        description: String, _ context: TMDBContext
    ) -> Tool {
        let parameters = [Parameters.page, Parameters.language(context), Parameters.detail]
        let spelling = context.argumentNames
        return Tool(
            name, title: title, description: description, filters.map { $0.parameter(spelling) } + parameters,
            absent: absent.map { ($0.name, spelling.shown($0.reason)) }, output: page.schema, in: context
        ) { arguments, call, finish in
            var arguments = arguments
            let countries = fillCountries(of: filters, in: &arguments, call.context)
            var check = FilterCheck(filters, arguments)
            check.note = countries
            guard check.problems.isEmpty else { return finish(.problems(check.problems, in: spelling)) }
            guard medium == .movie, let country = arguments.string("certification_country") else {
                return resolve(medium, arguments, check, call, finish)
            }
            call.get("/certification/movie/list") { [arguments, check] answer in
                var check = check
                // Without the list the certification is sent as it is.
                if case .success(let list) = answer { check.matchCertifications(in: list, of: country) }
                guard check.problems.isEmpty else { return finish(.problems(check.problems, in: spelling)) }
                resolve(medium, arguments, check, call, finish)
            }
        }
    }

    /// Gives the filters that other filters need the country that the call is about, where it names none. Tells of
    /// them; empty where there is none.
    private static func fillCountries(
        of filters: [Filter], in arguments: inout Arguments, _ context: TMDBContext
    ) -> String {
        var names: [String] = []
        guard let country = arguments.country(context) else { return "" }
        for filter in filters where arguments.value(filter.name) == nil {
            guard case .region = filter.kind else { continue }
            // Where it counts and may be missing too: releases are those of any country then.
            let needed =
                filter.companions.isEmpty
                ? ["release_date.gte", "release_date.lte", "with_release_type"] : filter.companions
            guard needed.contains(where: { arguments.value($0) != nil }) else { continue }
            arguments.replace(filter.name, with: .string(country))
            names.append(filter.name)
        }
        return names.isEmpty
            ? "" : names.joined(separator: " and ") + " was taken to be \(country), since none was given."
    }

    private static func resolve(
        _ medium: Medium, _ arguments: Arguments, _ check: FilterCheck, _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        let resolver = NameResolver(
            medium: medium, language: arguments.language(call.context), region: arguments.string("watch_region"))
        resolver.resolve(check.names, call) { result in
            switch result {
            case .failure(let problems): finish(.problems(problems.list, in: call.context.argumentNames))
            case .success(let names): ask(medium, arguments, check, names, call, finish)
            }
        }
    }

    private static func ask(
        _ medium: Medium, _ arguments: Arguments, _ check: FilterCheck, _ names: [NameResolver.Resolved], _ call: Call,
        _ finish: @escaping (CallToolResult) -> Void
    ) {
        let language = arguments.language(call.context)
        var query = check.query + [("page", "\(arguments.page)"), ("language", language)]
        var resolved = JSONObject()
        for day in call.days { resolved.set(day.name, to: .string(day.day)) }
        for item in check.resolved + names { resolved.set(item.filter, to: .string(item.words)) }
        for item in names { query.append((item.filter, item.codes)) }
        let notes = ([check.note] + names.map { $0.note }).filter { !$0.isEmpty }
        var shaping = Shaping(detail: arguments.detail, mediaType: medium.rawValue, language: language)
        if !notes.isEmpty { shaping.note = notes.joined(separator: " ") }
        shaping.noteIfEmpty =
            "Nothing passes all filters, or this page is after total_pages: leave out the narrowest filter."
        call.rows([("/discover/\(medium.rawValue)", query)], page, shaping, finish) { [resolved] answers in
            guard case .success(let answer)? = answers.first else { return answers.first ?? .failure(.unexpectedShape) }
            guard var source = answer.object else { return .success(answer) }
            source.remove("resolved")
            if !resolved.isEmpty { source.set("resolved", to: .object(resolved)) }
            return .success(.object(source))
        }
    }
}
