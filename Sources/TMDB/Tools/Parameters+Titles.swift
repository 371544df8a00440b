import Bytes
import JSON
import MCP

/// Parameters of the tools about titles and people.
extension Parameters {
    static func mediaType(_ types: [String]) -> Parameter {
        Parameter("media_type", .choice(types), isRequired: true, description: "what the id is of")
    }

    static let id = Parameter("id", idKind, isRequired: true, description: "from search")

    static let idKind = wholeNumber(1...TMDBLimits.idMax)

    /// Of a season or an episode.
    static let numberKind = wholeNumber(0...TMDBLimits.numberMax)

    /// An integer whose bounds a model need not know.
    private static func wholeNumber(_ range: ClosedRange<Int64>) -> Parameter.Kind {
        .custom(schema: ["type": "integer"]) { value in
            if let number = value.int64, range.contains(number) { return nil }
            return "a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    static func limit(_ defaultValue: Int64, _ description: String) -> Parameter {
        Parameter(
            "limit", .integer(1...TMDBLimits.rowsMax), default: .number(JSONNumber(defaultValue)),
            description: description)
    }
}

extension Arguments {
    /// The record that `media_type` and `id` name.
    var subject: Subject { Subject(string("media_type") ?? "", integer("id") ?? 0) }

    /// How to shape what TMDB answers to these.
    func shaping(_ library: TMDBContext) -> Shaping {
        Shaping(detail: detail, mediaType: string("media_type"), language: language(library))
    }
}
