/// Words that prompts' arguments are completed from. Others are taken as well.
enum PromptText {
    /// The larger countries of TMDB's provider lists (ISO 3166-1).
    static let regions = [
        "AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CO", "CZ", "DE", "DK", "EG", "ES", "FI", "FR", "GB", "GR",
        "HK",
        "HU", "ID", "IE", "IL", "IN", "IT", "JP", "KR", "MX", "MY", "NG", "NL", "NO", "NZ", "PE", "PH", "PL", "PT",
        "RO",
        "SA", "SE", "SG", "TH", "TR", "TW", "UA", "US", "ZA",
    ]

    static let services = [
        "Amazon Prime Video", "Apple TV Plus", "BBC iPlayer", "Crunchyroll", "Disney Plus", "HBO Max", "Hulu", "MUBI",
        "Netflix", "Paramount Plus", "Peacock", "YouTube",
    ]

    static let moods = [
        "cosy", "dark", "epic", "feel-good", "funny", "mind-bending", "nostalgic", "romantic", "sad", "scary",
        "tense", "thoughtful",
    ]

    static let movieGenres = [
        "Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family", "Fantasy", "History",
        "Horror", "Music", "Mystery", "Romance", "Science Fiction", "Thriller", "War", "Western",
    ]
}
