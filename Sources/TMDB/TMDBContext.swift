/// What tools, resources and prompts look things up in: TMDB, in a language.
package final class TMDBContext {
    let client: TMDBClient
    /// What is asked for where a call names no language, such as "en-US".
    let language: String
    /// The country that a call means that names none, such as "DE": the server's own setting; nil without it.
    let region: String?
    /// A clock that never goes back, in nanoseconds.
    let clock: () -> Int64
    let argumentNames: ArgumentSpelling
    /// Other sites' ratings; nil without.
    let ratings: OMDbClient?
    let genres = GenreCatalog()
    /// Whose account the local client's calls are about; nil where no session is set.
    package var session: String?

    /// What most servers have and clients fill in unasked: it tells of no country.
    package static let standardLanguage = "en-US"

    package init(
        client: TMDBClient, language: String = TMDBContext.standardLanguage, region: String? = nil,
        argumentNames: ArgumentSpelling = .dots, ratings: OMDbClient? = nil, session: String? = nil,
        clock: @escaping () -> Int64 = { 0 }
    ) {
        self.session = session
        self.client = client
        self.language = LanguageTag.normalised(language)
        self.region = region.map { CodeList.regions($0) }
        self.argumentNames = argumentNames
        self.ratings = ratings
        self.clock = clock
    }
}
