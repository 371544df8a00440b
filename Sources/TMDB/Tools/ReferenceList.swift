import Bytes
import JSON

/// One of TMDB's lists of codes.
struct ReferenceList: Sendable {
    typealias Entry = (key: String, text: String)

    enum Form: Sendable {
        case genres
        case providers
        /// Objects with a code and an English name, and the name in the language of the call where there is one.
        case codes(key: String, member: String?)
        case certifications
        case timezones
        /// Not TMDB's: the table of `NetworkNames`.
        case networks
    }

    let kind: String
    /// The endpoint; nil for what needs none.
    let path: String?
    let form: Form
    /// Whether TMDB has it in several languages.
    let isTranslated: Bool

    init(_ kind: String, _ path: String?, _ form: Form, isTranslated: Bool = false) {
        self.kind = kind
        self.path = path
        self.form = form
        self.isTranslated = isTranslated
    }

    static let all = [
        ReferenceList("movie_genres", "/genre/movie/list", .genres, isTranslated: true),
        ReferenceList("tv_genres", "/genre/tv/list", .genres, isTranslated: true),
        ReferenceList("movie_providers", "/watch/providers/movie", .providers, isTranslated: true),
        ReferenceList("tv_providers", "/watch/providers/tv", .providers, isTranslated: true),
        ReferenceList(
            "provider_regions", "/watch/providers/regions", .codes(key: "iso_3166_1", member: "results"),
            isTranslated: true),
        ReferenceList("movie_certifications", "/certification/movie/list", .certifications),
        ReferenceList("tv_certifications", "/certification/tv/list", .certifications),
        ReferenceList(
            "countries", "/configuration/countries", .codes(key: "iso_3166_1", member: nil), isTranslated: true),
        ReferenceList("languages", "/configuration/languages", .codes(key: "iso_639_1", member: nil)),
        ReferenceList("timezones", "/configuration/timezones", .timezones),
        ReferenceList("networks", nil, .networks),
    ]

    var hasRegions: Bool {
        switch form {
        case .providers, .certifications, .timezones: true
        case .genres, .codes, .networks: false
        }
    }

    /// Whether its codes are those of countries.
    var hasCountries: Bool {
        switch form {
        case .codes(let key, _): key == "iso_3166_1"
        case .timezones, .certifications: true
        case .genres, .providers, .networks: false
        }
    }

    /// Nil when the answer is not what TMDB documents.
    func entries(_ answer: JSONValue, _ region: String?, inEnglish: Bool) -> [Entry]? {
        switch form {
        case .networks: return nil
        case .genres: return answer["genres"]?.array.map { ReferenceList.genres($0) }
        case .providers:
            guard let list = answer["results"]?.array else { return nil }
            return ReferenceList.entries(
                ReferenceList.sorted(list, region), "provider_id", "provider_name")
        case .codes(let key, let member):
            guard let list = (member.map { answer[$0] } ?? answer)?.array else { return nil }
            return list.compactMap { element in
                let own = inEnglish ? nil : element["native_name"].flatMap(Field.Kind.text)
                guard let code = element[key]?.string, let name = own ?? element["english_name"]?.string else {
                    return nil
                }
                return (code, name)
            }
        case .certifications:
            return answer["certifications"]?.object.map { ReferenceList.certifications($0, region) }
        case .timezones:
            guard let list = answer.array else { return nil }
            return list.compactMap { element in
                guard let code = element["iso_3166_1"]?.string, code == region ?? code else { return nil }
                return (code, ReferenceList.joined(element["zones"]?.array ?? []))
            }
        }
    }

    /// TMDB has no names of genres in some languages, such as Catalan: the English ones stand in.
    private static func genres(_ list: [JSONValue]) -> [Entry] {
        let english = GenreNames.english
        return list.compactMap { genre in
            guard let id = genre["id"]?.int64,
                let name = genre["name"].flatMap(Field.Kind.text) ?? english.name(of: id)
            else { return nil }
            return ("\(id)", name)
        }
    }

    private static func entries(_ list: [JSONValue], _ key: String, _ name: String) -> [Entry] {
        list.compactMap { element in
            guard let id = element[key]?.int64, let name = element[name].flatMap(Field.Kind.text) else { return nil }
            return ("\(id)", name)
        }
    }

    /// As TMDB wants services shown: by their place in the region, else in the world.
    private static func sorted(_ list: [JSONValue], _ region: String?) -> [JSONValue] {
        Ranking.sorted(
            list,
            by: list.map { element in
                let inRegion = region.flatMap { element["display_priorities"]?[$0]?.int64 }
                return inRegion ?? element["display_priority"]?.int64 ?? .max
            })
    }

    /// What each of a country's certifications means; without a country, the certifications of all of them, mildest
    /// first.
    private static func certifications(_ countries: JSONObject, _ region: String?) -> [Entry] {
        guard let region else {
            return countries.map { country in
                let labels = inOrder(country.value).compactMap { $0["certification"] }
                return (country.key, joined(labels))
            }
        }
        return inOrder(countries[region] ?? .null).compactMap { element in
            guard let label = element["certification"]?.string else { return nil }
            return (label, (element["meaning"]?.string ?? "").cut(toBytes: 200))
        }
    }

    private static func inOrder(_ certifications: JSONValue) -> [JSONValue] {
        let list = certifications.array ?? []
        return Ranking.sorted(list, by: list.map { $0["order"]?.int64 ?? .max })
    }

    private static func joined(_ texts: [JSONValue]) -> String {
        texts.compactMap { $0.string }.joined(separator: ", ")
    }
}
