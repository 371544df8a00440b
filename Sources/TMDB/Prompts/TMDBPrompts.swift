import Bytes
import JSON
import MCP

/// What people come to a film database for, as prompts.
enum TMDBPrompts {
    static func all(_ context: TMDBContext) -> [TMDBPrompt] {
        [
            tonight(context), compare(context), similar(context), franchise(context), bestWork(context), genreTrip,
        ]
    }

    private static func tonight(_ context: TMDBContext) -> TMDBPrompt {
        TMDBPrompt(
            "watch_tonight", title: "Something to watch tonight",
            description: "A few titles that fit your mood and that your streaming services have",
            tools: ["discover_movies", "discover_tv", "get_watch_providers"],
            arguments: [
                Prompt.Argument(
                    "region", title: "Country", description: "where you are, as two letters such as US or DE",
                    isRequired: context.region == nil),
                Prompt.Argument(
                    "services", title: "Services", description: "what you can stream with, such as Netflix, Disney Plus"
                ),
                Prompt.Argument("mood", title: "Mood", description: "what you feel like, such as funny or tense"),
                Prompt.Argument("kind", title: "Kind", description: "movie, series or either"),
                Prompt.Argument("minutes", title: "Time", description: "how many minutes you have"),
            ],
            completions: [
                Completion(argument: "region", from: PromptText.regions),
                Completion("services", itemsFrom: PromptText.services),
                Completion(argument: "mood", from: PromptText.moods),
                Completion(argument: "kind", from: ["movie", "series", "either"]),
            ],
            typed: "my country, then perhaps streaming services, a mood, movie or series, and minutes",
            cut: .separate
        ) { arguments in
            let region = Region(arguments.string("region") ?? context.region ?? "")
            var lines = ["Find something for me to watch tonight. I am in \(region.words)."]
            var offers = "with_watch_monetization_types flatrate|free|ads"
            let services = items(arguments.string("services") ?? "")
            if !services.isEmpty {
                lines.append("I can stream with: \(services.joined(separator: ", ")).")
                // In TMDB's lists a comma means all of them.
                offers = "with_watch_providers \"\(services.joined(separator: "|"))\", " + offers
            }
            if let mood = arguments.string("mood") { lines.append("I am in the mood for: \(mood).") }
            if let kind = arguments.string("kind"), kind.folded != "either" { lines.append("I want a \(kind).") }
            if let minutes = arguments.string("minutes") { lines.append("I have \(minutes) minutes.") }
            lines.append(
                "Use discover_movies or discover_tv with watch_region \(region.code), \(offers), "
                    + "genres and keywords that suit the mood, vote_count.gte 200 so that ratings mean something, and "
                    + "with_runtime.lte for my time. Check the best with get_watch_providers. Offer five at most, the "
                    + "best first: for each its year, length, rating, where it is to be had and one sentence, without "
                    + "spoilers, on why it fits.")
            return lines.joined(separator: "\n")
        }
    }

    /// Where somebody is, in their own words or as a code.
    private struct Region {
        let words: String
        let code: String

        init(_ text: String) {
            let given = text.trimmed
            if let known = CountryNames.code(of: given) {
                code = known
                words = given.utf8.count == 2 ? code + " (ISO 3166-1)" : given
            } else {
                words = given
                code = "set to the two letters of my country (ISO 3166-1)"
            }
        }
    }

    /// What stands between the commas.
    private static func items(_ list: String) -> [String] {
        list.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0.trimmed)) }.filter { !$0.isEmpty }
    }

    private static func compare(_ context: TMDBContext) -> TMDBPrompt {
        TMDBPrompt(
            "compare_titles", title: "Compare titles",
            description: "Two or more movies or series side by side, and which to choose",
            tools: ["search", "get_details"],
            arguments: [
                Prompt.Argument(
                    "first", title: "First title", description: "a movie or series; or all, joined by commas",
                    isRequired: true),
                Prompt.Argument("second", title: "Second title", description: "another one"),
                Prompt.Argument("others", title: "More titles", description: "more of them, joined by commas"),
            ],
            completions: [
                Completion("first", titlesIn: context), Completion("second", titlesIn: context),
            ],
            typed: "titles to compare",
            cut: .oneText()
        ) { arguments in
            // One argument for all, since some clients fill only what is required, with all that was typed.
            let titles = ["first", "second", "others"].compactMap { arguments.string($0) }.joined(separator: "; ")
            return """
                Compare these: \(titles).
                Find each with search (ask me when a title could mean several), then get all of them with get_details, \
                those of one media type in one call. Put them side by side in a table: year, director or creator, \
                length or seasons, genres, rating and votes, main cast. Then say in a few sentences how they differ in \
                tone and subject, without spoilers, and who should choose which.
                """
        }
    }

    private static func similar(_ context: TMDBContext) -> TMDBPrompt {
        TMDBPrompt(
            "more_like_this", title: "More like this",
            description: "Titles for someone who liked one",
            tools: ["search", "get_details", "get_recommendations"],
            arguments: [
                Prompt.Argument("title", title: "Title", description: "a movie or series you liked", isRequired: true),
                Prompt.Argument("liked", title: "What you liked", description: "such as the dialogue or the setting"),
            ],
            completions: [Completion("title", titlesIn: context)],
            typed: "a title, then perhaps what I liked about it",
            cut: .oneText()
        ) { arguments in
            let liked = arguments.string("liked").map { " What I liked about it: \($0)." } ?? ""
            return """
                I liked \(arguments.string("title") ?? "").\(liked) What should I watch next?
                Find it with search (ask me when the title could mean several) and read get_details. Then take \
                get_recommendations twice, once with similar set to true, drop what is in the same franchise, and \
                choose six that are close to it in different ways. For each say in one sentence what it shares with \
                the title and how it differs.
                """
        }
    }

    private static let orders = ["release", "story"]

    /// In a person's own words, such as "by story".
    private static func isByStory(_ order: String) -> Bool {
        let words = order.folded
        return ["story", "chronolog"].contains { words.hasWords(of: $0, isWhole: false) }
    }

    private static func franchise(_ context: TMDBContext) -> TMDBPrompt {
        TMDBPrompt(
            "franchise_order", title: "Franchise in order",
            description: "The movies of a franchise, and in which order to watch them",
            tools: ["get_collection"],
            arguments: [
                Prompt.Argument(
                    "franchise", title: "Franchise", description: "such as Alien or The Lord of the Rings",
                    isRequired: true),
                Prompt.Argument("order", title: "Order", description: "by release or by story"),
            ],
            completions: [
                Completion("franchise", bySearching: "/search/collection", in: context) { $0["name"]?.string },
                Completion(argument: "order", from: orders),
            ],
            typed: "a franchise, then perhaps the order",
            cut: .oneText { isByStory($0) || orders.contains($0.folded) }
        ) { arguments in
            let isByStory = isByStory(arguments.string("order") ?? "")
            let order = isByStory ? "the order in which the story happens" : "order of release"
            return """
                List the movies of \(arguments.string("franchise") ?? "") in \(order).
                Use get_collection with the name of the franchise, whose parts come in order of release; the note \
                names related collections, such as prequels or crossovers: look at those that belong to it. Give a \
                numbered list: title, year, rating, one sentence without spoilers. \
                \(isByStory ? "TMDB does not know the order of the story: say where you are unsure. " : "")\
                Mark what can be skipped and what is not out yet.
                """
        }
    }

    private static let roles = ["actor", "director", "writer", "composer", "producer"]

    private static func bestWork(_ context: TMDBContext) -> TMDBPrompt {
        TMDBPrompt(
            "best_work", title: "A person's best work",
            description: "Where to begin with an actor, a director or a writer",
            tools: ["search", "get_filmography"],
            arguments: [
                Prompt.Argument("person", title: "Person", description: "their name", isRequired: true),
                Prompt.Argument("role", title: "As", description: "such as actor, director or writer"),
            ],
            completions: [
                Completion("person", bySearching: "/search/person", in: context) { $0["name"]?.string },
                Completion(argument: "role", from: roles),
            ],
            typed: "a person, then perhaps as what",
            cut: .oneText { roles.contains($0.folded) }
        ) { arguments in
            let role = arguments.string("role").map { " as \($0)" } ?? ""
            return """
                What is the best work of \(arguments.string("person") ?? "")\(role)?
                Find the person with search (ask me when the name could mean several), then get_filmography \
                with sort rating, and with department set to the job when they are meant as one. Name three to begin \
                with, three for those who want more, and one that few people know. For each: year, their part in it, \
                rating, and one sentence on why it matters.
                """
        }
    }

    private static var genreTrip: TMDBPrompt {
        TMDBPrompt(
            "genre_trip", title: "A trip through a genre",
            description: "A path through a genre, decade by decade, from the easiest to the boldest",
            tools: ["discover_movies"],
            arguments: [
                Prompt.Argument("genre", title: "Genre", description: "such as Western or Horror", isRequired: true),
                Prompt.Argument("stops", title: "How many", description: "how many movies, 8 if you do not say"),
            ],
            completions: [Completion(argument: "genre", from: PromptText.movieGenres)],
            typed: "a genre, then perhaps how many movies",
            cut: .oneText { Int64($0) != nil }
        ) { arguments in
            """
            Take me on a trip through the genre \(arguments.string("genre") ?? "") in \
            \(arguments.string("stops") ?? "8") movies.
            Use discover_movies with with_genres, one decade at a time (primary_release_date.gte and .lte), sorted by \
            vote_average.desc with vote_count.gte 300, or fewer for early decades. Choose movies that show how the \
            genre changed, from different countries where you can. Order them so that each prepares for the next, and \
            say in one sentence what each adds. End with where to go from there.
            """
        }
    }
}
