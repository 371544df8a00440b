import JSON
import MCP

/// Parameters that several tools take.
enum Parameters {
    static func language(_ context: TMDBContext) -> Parameter {
        Parameter(
            "language", LanguageTag.kind, default: .string(context.language),
            description: "such as de or pt-BR")
    }

    static let page = Parameter("page", pageKind, default: 1, description: "20 a page")

    static let pageKind = wholeNumber(1...TMDBLimits.pageMax)

    /// Of a tool that has `limit`.
    static let pageOfLimit = Parameter("page", pageKind, default: 1, description: "of limit rows")

    static let detail = Parameter(
        "detail", .choice(["compact", "full"]), description: "default compact; full has all")
}

extension Arguments {
    func language(_ context: TMDBContext) -> String { string("language") ?? context.language }

    var page: Int64 { integer("page") ?? 1 }

    var detail: Shaping.Detail { string("detail") == "full" ? .full : .compact }
}
