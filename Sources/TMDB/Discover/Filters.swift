import Bytes

/// Every filter of GET /discover/movie and /discover/tv.
enum Filters {
    static let movie: [Filter] =
        [
            Filter(
                "sort_by",
                .sort(
                    sorts(
                        "popularity", "primary_release_date", "vote_average", "vote_count", "revenue",
                        "title", "original_title")), "order; vote_average wants vote_count.gte, such as 300"),
            Filter("primary_release_year", year, "year of the first release"),
            Filter("primary_release_date.gte", .date, "first released on this day or later"),
            Filter("primary_release_date.lte", .date),
            Filter("year", year, "year of any release"),
            Filter("release_date.gte", .date, "any release on this day or later, in region if given"),
            Filter("release_date.lte", .date),
            Filter("region", .region, "country of the releases that count"),
            Filter(
                "with_release_type", .words(releaseTypes),
                "1 to 6 or words: Premiere, Theatrical (limited), "
                    + "Theatrical, Digital, Physical (Blu-ray), TV"),
            Filter("certification", .text, "such as PG-13", needs: "certification_country"),
            Filter("certification.gte", .text, needs: "certification_country"),
            Filter("certification.lte", .text, needs: "certification_country"),
            Filter(
                "certification_country", .region, "country of the certification",
                needs: "certification", "certification.gte", "certification.lte"),
            Filter("with_cast", .names(.person), "actors"),
            Filter("with_crew", .names(.person), "crew, such as directors"),
            Filter("with_people", .names(.person), "cast or crew"),
        ] + shared + [
            Filter("include_video", .flag, "also videos that are no films")
        ]

    static let tv: [Filter] =
        [
            Filter(
                "sort_by",
                .sort(
                    sorts(
                        "popularity", "first_air_date", "vote_average", "vote_count", "name",
                        "original_name")), "order; vote_average wants vote_count.gte, such as 100"),
            Filter("first_air_date_year", year, "year of the first episode"),
            Filter("first_air_date.gte", .date, "first episode on this day or later"),
            Filter("first_air_date.lte", .date),
            Filter("air_date.gte", .date, "an episode on this day or later"),
            Filter("air_date.lte", .date),
            Filter("timezone", .text, "of the days, such as America/New_York"),
            Filter(
                "with_status", .words(statuses, isSingle: true),
                "0 to 5 or words: Returning Series, Planned, In Production, Ended, "
                    + "Canceled, Pilot"),
            Filter(
                "with_type", .words(types, isSingle: true),
                "0 to 6 or words: Documentary, News, Miniseries, Reality, Scripted, "
                    + "Talk Show, Video"),
            Filter("with_networks", .names(.network), "such as HBO|BBC One"),
        ] + shared + [
            Filter("include_null_first_air_dates", .flag, "also series without a date"),
            Filter("screened_theatrically", .flag, "shown in cinemas"),
        ]

    private static let shared: [Filter] = [
        Filter("with_genres", .names(.genre), "such as Comedy,Crime"),
        Filter("without_genres", .names(.genre)),
        Filter("with_keywords", .names(.keyword), "such as time travel|heist"),
        Filter("without_keywords", .names(.keyword)),
        Filter("with_companies", .names(.company), "production companies, such as A24"),
        Filter("without_companies", .names(.company)),
        Filter("with_origin_country", .regions, "such as FR or GB|IE"),
        Filter("with_original_language", .languages, "such as ko or da|sv"),
        Filter("with_runtime.gte", .integer(0...10_000), "minutes"),
        Filter("with_runtime.lte", .integer(0...10_000)),
        Filter("vote_average.gte", .number(0...10)),
        Filter("vote_average.lte", .number(0...10)),
        Filter("vote_count.gte", .integer(0...10_000_000)),
        Filter("vote_count.lte", .integer(0...10_000_000)),
        Filter(
            "watch_region", .region, "country of the streaming filters",
            needs: "with_watch_providers", "without_watch_providers", "with_watch_monetization_types"),
        Filter("with_watch_providers", .names(.provider), "services, such as Netflix|Hulu", needs: "watch_region"),
        Filter("without_watch_providers", .names(.provider), needs: "watch_region"),
        Filter(
            "with_watch_monetization_types", .words(monetization), "such as flatrate|free; also ads, rent, buy",
            needs: "watch_region"),
        Filter("include_adult", .flag),
    ]

    /// TMDB silently ignores the people of a series, and filters of films for series.
    static let absentFromTV: [(name: String, reason: String)] =
        ["with_cast", "with_crew", "with_people"].map {
            ($0, "TMDB cannot filter series by people; get_filmography of the person lists their series")
        } + [
            ("primary_release_year", "series have first_air_date_year"), ("year", "series have first_air_date_year"),
            ("primary_release_date.gte", "series have first_air_date.gte"),
            ("primary_release_date.lte", "series have first_air_date.lte"),
            ("release_date.gte", "series have air_date.gte"), ("release_date.lte", "series have air_date.lte"),
        ]
        + [
            "certification", "certification.gte", "certification.lte", "certification_country", "with_release_type",
            "region",
        ].map { ($0, "TMDB has it for movies only") }

    static let absentFromMovies: [(name: String, reason: String)] =
        [
            ("first_air_date_year", "movies have primary_release_year"),
            ("first_air_date.gte", "movies have primary_release_date.gte"),
            ("first_air_date.lte", "movies have primary_release_date.lte"),
            ("air_date.gte", "movies have release_date.gte"), ("air_date.lte", "movies have release_date.lte"),
        ] + ["with_networks", "with_status", "with_type"].map { ($0, "TMDB has it for TV series only") }

    private static let year = Filter.Kind.integer(1870...2200)

    /// Each falling and rising, and the first one falling as TMDB's own.
    private static func sorts(_ names: String...) -> [String] { names.flatMap { ["\($0).desc", "\($0).asc"] } }

    // developer.themoviedb.org, "Movie release types".
    private static let releaseTypes = [
        Filter.Word("1", "Premiere", "Festival"),
        Filter.Word("2", "Theatrical (limited)", "Limited", "Limited theatrical"),
        Filter.Word("3", "Theatrical", "Cinema", "Cinemas", "Theater", "Theaters", "Theatre", "Theatres", "Wide"),
        Filter.Word("4", "Digital", "VOD", "Video on demand", "Streaming", "Download", "Online"),
        Filter.Word("5", "Physical", "Blu-ray", "Blu-rays", "DVD", "DVDs", "Disc", "Home video"),
        Filter.Word("6", "TV", "Television", "Broadcast"),
    ]

    // GET /discover/tv takes the numbers alone; GET /tv/{id} answers with the words.
    private static let statuses = [
        Filter.Word("0", "Returning Series", "Returning"), Filter.Word("1", "Planned"),
        Filter.Word("2", "In Production"), Filter.Word("3", "Ended"), Filter.Word("4", "Canceled", "Cancelled"),
        Filter.Word("5", "Pilot"),
    ]

    private static let types = [
        Filter.Word("0", "Documentary"), Filter.Word("1", "News"), Filter.Word("2", "Miniseries", "Mini-Series"),
        Filter.Word("3", "Reality"), Filter.Word("4", "Scripted"), Filter.Word("5", "Talk Show"),
        Filter.Word("6", "Video"),
    ]

    private static let monetization = ["flatrate", "free", "ads", "rent", "buy"].map { Filter.Word($0, $0) }
}
