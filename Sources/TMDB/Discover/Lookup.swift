/// What the ids of a filter stand for, and so where a name is looked up.
enum Lookup: Equatable, Sendable {
    case genre, provider, company, person, keyword, network

    /// TMDB's search for it; nil where there is a list instead.
    var searchPath: String? {
        switch self {
        case .company: "/search/company"
        case .person: "/search/person"
        case .keyword: "/search/keyword"
        case .genre, .provider, .network: nil
        }
    }

    /// For a sentence.
    var noun: String {
        switch self {
        case .genre: "genre"
        case .provider: "streaming service"
        case .company: "company"
        case .person: "person"
        case .keyword: "keyword"
        case .network: "network"
        }
    }
}
