import Bytes
import JSON
import MCP

extension Filter {
    /// What a filter takes.
    enum Kind: Sendable {
        case integer(ClosedRange<Int64>)
        case number(ClosedRange<Double>)
        case flag
        case text
        /// A day that there is, such as 2024-02-29.
        case date
        /// An order; TMDB's own is the first.
        case sort([String])
        /// A country of ISO 3166-1.
        case region
        /// Countries of ISO 3166-1, one or a list of them.
        case regions
        /// Languages of ISO 639-1, one or a list of them.
        case languages
        /// TMDB's codes, or the words for them. A list means any of them where a title has one only.
        case words([Word], isSingle: Bool = false)
        /// TMDB's ids, or the names of what they stand for.
        case names(Lookup)
    }

    /// A code of TMDB's that has words.
    struct Word: Sendable {
        let code: String
        /// TMDB's own first.
        let words: [String]

        init(_ code: String, _ words: String...) {
            self.code = code
            self.words = words
        }

        /// The code, and what it stands for.
        var label: String { code == words.first ? code : "\(code) \(words.first ?? "")" }
    }
}

extension Filter.Kind {
    var parameter: Parameter.Kind {
        switch self {
        case .integer(let range): .integer(range)
        case .number(let range): .number(range)
        case .flag: .boolean
        // Without the bounds in the schema: they would make a tenth of it.
        case .text, .words: .custom(schema: ["type": "string"], check: Filter.Kind.textProblem)
        case .names:
            .custom(
                schema: ["type": "string"], check: Filter.Kind.textProblem, element: { TermList.quoted($0) })
        case .date: CalendarDay.kind
        case .sort(let words):
            // TMDB's old order by release is the one by first release.
            .choice(of: words) { Parameter.Kind.word("primary_" + $0, among: words) }
        case .region: RegionCode.kind
        case .regions:
            .custom(
                schema: ["type": "string"],
                check: {
                    if let text = $0.string, CodeList.isWellFormed(text) { return nil }
                    return "a country such as \"US\", several as \"GB,US\" (all) or \"GB|US\" (any)"
                }, normalised: { CodeList.regions($0) })
        case .languages:
            .custom(
                schema: ["type": "string", "pattern": "^[a-z]{2}([,|][a-z]{2})*$"],
                check: {
                    if let text = $0.string, CodeList.isWellFormed(text, isLanguages: true) { return nil }
                    return "a language such as \"en\", several as \"en|fr\" (any of them); " + LanguageTag.hint
                }, normalised: { CodeList.languages($0) })
        }
    }

    @Sendable private static func textProblem(_ value: JSONValue) -> String? {
        Parameter.Kind.text(length: 1...TMDBLimits.queryMax).problem(with: value)
    }
}
