import Bytes
import JSON

/// The record of a film, a series or a person, with what TMDB appended to it: GET /movie/{id}, /tv/{id}, /person/{id};
/// or of a company, a network or a keyword.
enum Details {
    static let shape = Shape(title + people + series + person + company + images + more)

    /// One of many.
    static let slim = shape.only(
        "id media_type title name adult year status runtime budget revenue genres rating votes ratings certification "
            + "releases "
            + "directors creators number_of_seasons number_of_episodes next_episode known_for_department born died "
            + "birthplace headquarters parent_company appended note")

    /// What a compact record is made of, in one request.
    static func namespaces(of mediaType: String) -> [String] {
        switch mediaType {
        case "movie": ["credits", "videos", "external_ids", "release_dates"]
        // Its `credits` are those of the latest season.
        case "tv": ["aggregate_credits", "videos", "external_ids", "content_ratings"]
        case "person": ["combined_credits", "external_ids"]
        default: []
        }
    }

    private static let title = [
        Field("id", .integer).required, Row.mediaType, Row.title, Row.name, Row.adult,
        Field("original_title", .name, from: "original_title", "original_name"),
        Field("tagline", .prose(bytesMax: 200)),
        Field("year", .year, from: "release_date", "first_air_date"),
        Field("date", .date, from: "release_date", "first_air_date"),
        Field("last_air_date", .date),
        Field("status", .text),
        Field("type", .text),
        Field("runtime", .derived(.amount, runtime), description: "minutes"),
        Field("budget", .amount, description: "US dollars"), Field("revenue", .amount),
        Field("genres", .genres),
        Field("rating", .rating, from: "vote_average"),
        Field("votes", .integer, from: "vote_count"), Field("ratings", .object(Ratings.shape)),
        Field("certification", .derived(.text, Certification.text)),
        Field("releases", .derived(.list(Appended.release, compactMax: 15), releases)),
        Field("overview", .prose(bytesMax: 700), from: "overview", "description"),
    ]

    private static let people = [
        Field("directors", .derived(.list(Credit.reference, compactMax: 10), directors)),
        Field("creators", .list(Credit.reference), from: "created_by"),
        Field("cast", .derived(.list(Credit.role, compactMax: 10, isCounted: true), cast)),
        Field("total_cast", .derived(.integer, castTotal)),
        Field("trailer", .derived(.text, Video.trailer)),
        Field("imdb_id", .derived(.text, imdbID)),
        Field("homepage", .text),
        Field("collection", .object(collection), from: "belongs_to_collection"),
    ]

    private static let series = [
        Field("number_of_seasons", .integer), Field("number_of_episodes", .integer),
        Field("seasons", .list(season)),
        Field("last_episode", .derived(.text, lastEpisode)),
        Field("next_episode", .derived(.text, nextEpisode)),
        Field("networks", .names),
        Field("companies", .names, from: "production_companies"),
        Field("countries", .names, from: "production_countries", "origin_country"),
        Field("original_language", .text),
        Field("languages", .names, from: "spoken_languages"),
    ]

    private static let person = [
        Field("known_for_department", .text),
        Field("born", .date, from: "birthday"), Field("died", .date, from: "deathday"),
        Field("birthplace", .name, from: "place_of_birth"),
        Field("biography", .prose(bytesMax: 1000)),
        Field("known_for", .derived(.list(Filmography.part), Filmography.best)),
    ]

    private static let company = [
        Field("headquarters", .text), Field("parent_company", .inside("name", .name)),
        Field("logo", .image(.logo), from: "logo_path"),
    ]

    private static let images = [
        Field("poster", .image(.poster), from: "poster_path"),
        Field("backdrop", .image(.backdrop), from: "backdrop_path"),
        Field("photo", .image(.profile), from: "profile_path"),
        Field("url", .derived(.text, page)),
    ]

    private static let more = [
        Field("more", .derived(.object(further)) { source, _ in source }).fullOnly,
        // What was asked for by name is added to a record that is cut to its size.
        Field("appended", .made(schema: Appended.schema) { _, _ in nil }), Attribution.note,
        Field("text_language", .text, description: "where not the one asked for"),
    ]

    /// Under TMDB's names, for those who want a record in full.
    private static let further = Shape(
        Field.all("also_known_as languages", .names) + Field.all("gender", .amount)
            + [Field("popularity", .rating)] + Field.all("in_production adult", .flag)
            + Field.all("production_companies networks", .list(maker))
            + [Field("external_ids", .object(externalIDs))])

    private static let maker = Shape(
        [Field("id", .integer).required] + Field.all("name logo_path origin_country", .text))

    static let externalIDs = Shape(
        Field.all(
            "imdb_id wikidata_id facebook_id instagram_id tiktok_id twitter_id youtube_id", .text)
            + Field.all("tvdb_id", .integer))

    private static let collection = Shape([
        Field("id", .integer).required, Field("title", .name, from: "name").required,
    ])

    private static let season = Shape([
        Field("season_number", .integer).required, Field("title", .name, from: "name").fullOnly,
        Field("episodes", .integer, from: "episode_count"), Field("year", .year, from: "air_date"),
    ])

    /// A film has one. A series may list those of its episodes, which TMDB no longer fills in; its latest episode has
    /// one.
    @Sendable private static func runtime(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        minutes(source["runtime"]) ?? minutes(source["episode_run_time"]?[0])
            ?? minutes(source["last_episode_to_air"]?["runtime"]) ?? minutes(source["next_episode_to_air"]?["runtime"])
    }

    @inline(never)  // four times
    private static func minutes(_ member: JSONValue?) -> JSONValue? { member?.int64 ?? 0 > 0 ? member : nil }

    /// Where a country was asked for by name, when and how a film came out there.
    @Sendable private static func releases(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard shaping.wantedRegion != nil, let releases = source["release_dates"] else { return nil }
        return Appended.releases(releases, shaping.region)
    }

    /// The cast or the crew, of all seasons of a series.
    private static func credits(_ list: String, of source: JSONValue) -> [JSONValue] {
        source["aggregate_credits"]?[list]?.array ?? source["credits"]?[list]?.array ?? []
    }

    /// Those of most episodes first.
    @Sendable private static func directors(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        var crew: [JSONValue] = []
        for credit in credits("crew", of: source) {
            var isDirector = credit["job"]?.string == "Director"
            for job in credit["jobs"]?.array ?? [] where job["job"]?.string == "Director" { isDirector = true }
            if isDirector { crew.append(credit) }
        }
        let ranks = crew.map { -max($0["total_episode_count"]?.int64 ?? 0, 0) }
        return .array(Credit.people(Ranking.sorted(crew, by: ranks)))
    }

    @Sendable private static func cast(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        .array(Credit.people(credits("cast", of: source)))
    }

    @Sendable private static func castTotal(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        let total = Credit.people(credits("cast", of: source)).count
        return total > 0 ? .some(.number(JSONNumber(total))) : nil
    }

    /// GET /tv/{id} has none of its own.
    @Sendable private static func imdbID(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        let id =
            source["imdb_id"].flatMap(Field.Kind.text)
            ?? source["external_ids"]?["imdb_id"].flatMap(Field.Kind.text)
        return id.map { .string($0) }
    }

    @Sendable private static func lastEpisode(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        source["last_episode_to_air"].flatMap { episode($0, shaping) }
    }

    @Sendable private static func nextEpisode(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        source["next_episode_to_air"].flatMap { episode($0, shaping) }
    }

    /// Such as "S2 E8 Ashore (2003-02-01)".
    private static func episode(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard let season = source["season_number"]?.int64, let number = source["episode_number"]?.int64 else {
            return nil
        }
        var text = "S\(season) E\(number)"
        if let name = source["name"].flatMap(Field.Kind.text) { text += " " + name.cut(toBytes: shaping.nameBytesMax) }
        if let day = source["air_date"].flatMap({ Day($0) }) { text += " (\(day.text))" }
        return .string(text)
    }

    @Sendable private static func page(_ source: JSONValue, _ shaping: Shaping) -> JSONValue? {
        guard let id = source["id"]?.int64, let type = shaping.mediaType else { return nil }
        return .string("https://www.themoviedb.org/\(type)/\(id)")
    }
}
