import Bytes
import JSON
import MCP

/// One filter of TMDB's discover endpoints, under TMDB's name.
struct Filter: Sendable {
    let name: String
    let kind: Kind
    /// A phrase; empty where the name says all.
    let description: String
    /// Filters of which one must be there too: TMDB silently ignores this one without them.
    let companions: [String]

    @inline(never)  // in a hundred places
    init(_ name: String, _ kind: Kind, _ description: String = "", needs companions: String...) {
        self.name = name
        self.kind = kind
        self.description = description
        self.companions = companions
    }

    func parameter(_ spelling: ArgumentSpelling) -> Parameter {
        let standard: String? = if case .sort(let words) = kind { words.first } else { nil }
        var words = description
        // Not as a `format`: Gemini refuses any but two, and Ajv warns of those that it does not know.
        if case .date = kind { words += (words.isEmpty ? "" : ", ") + "YYYY-MM-DD" }
        var parameter = Parameter(
            name, kind.parameter, default: standard.map { .string($0) }, description: spelling.shown(words))
        parameter.shownName = spelling.shown(name)
        return parameter
    }
}
