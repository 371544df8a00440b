import JSON
import MCP

/// Parameters that several tools take.
enum Parameters {
    static func language(_ context: TMDBContext) -> Parameter {
        Parameter(
            "language", LanguageTag.kind, default: .string(context.language),
            description: "such as de or pt-BR")
    }

    /// A country, where a call may name one.
    static func region(_ context: TMDBContext, _ description: String) -> Parameter {
        Parameter("region", RegionCode.kind, default: context.region.map { .string($0) }, description: description)
    }

    static let page = Parameter("page", pageKind, default: 1, description: "20 a page")

    static let pageKind = wholeNumber(1...TMDBLimits.pageMax)

    /// Of a tool that has `limit`.
    static let pageOfLimit = Parameter("page", pageKind, default: 1, description: "of limit rows")

    static let detail = Parameter(
        "detail", .choice(["compact", "full"]), description: "default compact; full has all")
}

extension Arguments {
    /// The country that the call is about: `region`, else the server's own, else that of the language. Nil where none
    /// of them tells.
    @inline(never)  // would be copied into each caller
    func country(_ context: TMDBContext) -> String? {
        if let region = string("region") ?? context.region { return region }
        let language = language(context)
        let country = language.countryCode
        return language == TMDBContext.standardLanguage || country.isEmpty ? nil : country
    }

    func language(_ context: TMDBContext) -> String { string("language") ?? context.language }

    var page: Int64 { integer("page") ?? 1 }

    var detail: Shaping.Detail { string("detail") == "full" ? .full : .compact }
}
