import MCP

/// The form of TMDB's `language` parameter: ISO 639-1, and perhaps a region of ISO 3166-1. TMDB answers any other text
/// with empty titles and overviews instead of an error, so it is checked here.
enum LanguageTag {
    static let kind = Parameter.Kind.formatted(
        pattern: "^[a-z]{2}(-[A-Z]{2})?$",
        example: "a language such as \"en\" or \"pt-BR\" (two small letters, then perhaps a dash and two capitals)",
        matches: isWellFormed)

    @Sendable static func isWellFormed(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let language = bytes.prefix(2)
        guard language.count == 2, language.allSatisfy({ $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }) else {
            return false
        }
        let rest = bytes.dropFirst(2)
        if rest.isEmpty { return true }
        return rest.count == 3 && rest.first == UInt8(ascii: "-")
            && rest.dropFirst().allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    }
}
