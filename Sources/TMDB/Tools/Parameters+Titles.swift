import Bytes
import JSON
import MCP

/// Parameters of the tools about titles and people.
extension Parameters {
    static func mediaType(_ types: [String]) -> Parameter {
        var parameter = Parameter(
            "media_type", typeKind(types), isRequired: true, description: "what the id is of")
        parameter.inferred = { inferredType($0, among: types) }
        return parameter
    }

    static func typeKind(_ types: [String]) -> Parameter.Kind {
        .choice(of: types) { MediaWord.normalised($0, among: types) }
    }

    /// The type that the ids of a call tell. IMDb's do not tell movies from series: which it is, TMDB says later.
    private static func inferredType(_ arguments: JSONObject, among types: [String]) -> JSONValue? {
        for value in RecordResolver.ids(in: arguments) {
            guard let reference = RecordReference(value) else { continue }
            if !reference.type.isEmpty { return .string(reference.type) }
            if !reference.imdb.isEmpty { return .string(types[0]) }
        }
        return nil
    }

    static let titles = ["movie", "tv"]

    static let id = Parameter("id", idKind, isRequired: true, description: "from search")

    static let idKind = Parameter.Kind.custom(schema: ["type": "integer"]) { value in
        RecordReference(value) == nil
            ? "a whole number from \(RecordReference.ids.lowerBound) to \(RecordReference.ids.upperBound)" : nil
    }

    static let seasonNumber = Parameter("season_number", numberKind, description: "of tv")
    static let episodeNumber = Parameter("episode_number", numberKind, description: "of the season")

    /// Of a season or an episode.
    static let numberKind = wholeNumber(0...TMDBLimits.numberMax)

    /// An integer whose bounds a model need not know.
    static func wholeNumber(_ range: ClosedRange<Int64>) -> Parameter.Kind {
        .custom(schema: ["type": "integer"]) { Parameter.Kind.integer(range).problem(with: $0) }
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

    /// What of a title a call is about.
    enum Part: Equatable {
        case whole, season, episode
        /// Nothing that there is, for that reason.
        case none(String)
    }

    /// The record that these name, or its season, or an episode of that.
    var part: (subject: Subject, part: Part) {
        let isSeries = string("media_type") == "tv"
        // Clients fill in the 0 of what is left out; of a series it is the specials.
        let season = integer("season_number").flatMap { isSeries || $0 > 0 ? $0 : nil }
        let episode = integer("episode_number").flatMap { $0 > 0 ? $0 : nil }
        guard let season else {
            let problem = "episode_number needs season_number: give the season that the episode is in."
            return (subject, episode == nil ? .whole : .none(problem))
        }
        guard isSeries else { return (subject, .none("season_number is for media_type tv only: leave it out.")) }
        guard let episode else { return (subject.season(season), .season) }
        return (subject.season(season).episode(episode), .episode)
    }

    /// How to shape what TMDB answers to these.
    func shaping(_ context: TMDBContext) -> Shaping {
        Shaping(detail: detail, mediaType: string("media_type"), language: language(context))
    }
}
