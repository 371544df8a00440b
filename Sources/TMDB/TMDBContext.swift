/// What tools, resources and prompts look things up in: TMDB, in a language.
package final class TMDBContext {
    let client: TMDBClient
    /// What is asked for where a call names no language, such as "en-US".
    let language: String
    /// A clock that never goes back, in nanoseconds.
    let clock: () -> Int64
    let argumentNames: ArgumentSpelling
    let genres = GenreCatalog()

    package init(
        client: TMDBClient, language: String = "en-US", argumentNames: ArgumentSpelling = .dots,
        clock: @escaping () -> Int64 = { 0 }
    ) {
        self.client = client
        self.language = LanguageTag.normalised(language)
        self.argumentNames = argumentNames
        self.clock = clock
    }
}
