import JSON
import MCP

/// A country's code of ISO 3166-1, which TMDB calls a region. It ignores any other text.
package enum RegionCode {
    /// Whether a tool takes it as its `region`.
    package static func isKnown(_ text: String) -> Bool { isWellFormed(CodeList.regions(text)) }

    private static func isWellFormed(_ text: String) -> Bool { text.utf8.count == 2 && CodeList.isWellFormed(text) }

    static let kind = Parameter.Kind.custom(
        schema: ["type": "string"],
        check: { value in
            if let text = value.string, isWellFormed(text) { return nil }
            return "a country's code of two capitals such as \"US\""
        }, normalised: { CodeList.regions($0) })
}
