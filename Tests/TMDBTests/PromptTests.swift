import JSON
import MCP
import Testing

@Suite struct PromptTests {
    private static let names = [
        "watch_tonight", "compare_titles", "more_like_this", "franchise_order", "best_work", "genre_trip",
    ]

    @Test("the prompts are listed with their arguments, each argument with a description")
    func list() throws {
        let prompts = try Asking([:]).result("prompts/list")?["prompts"]?.array ?? []
        #expect(prompts.map { $0["name"]?.string } == Self.names)
        for prompt in prompts {
            #expect(prompt["description"]?.string?.isEmpty == false)
            for argument in prompt["arguments"]?.array ?? [] {
                #expect(argument["description"]?.string?.isEmpty == false)
            }
        }
    }

    @Test(
        "a prompt says what the user gave, names only tools that exist, and asks for the attribution",
        arguments: [
            ("watch_tonight", ["region": "DE", "services": "MUBI", "mood": "tense", "kind": "movie", "minutes": "95"]),
            ("compare_titles", ["first": "Alien", "second": "Aliens", "others": "Prometheus, Covenant"]),
            ("more_like_this", ["title": "Heat", "liked": "the dialogue"]),
            ("franchise_order", ["franchise": "Alien", "order": "release"]),
            ("best_work", ["person": "Agnès Varda", "role": "director"]),
            ("genre_trip", ["genre": "Western", "stops": "5"]),
        ] as [(String, [String: String])])
    func text(name: String, arguments: [String: String]) throws {
        let asking = try Asking([:])
        let given = JSONObject(arguments.map { ($0.key, .string($0.value)) })
        let result = try asking.result("prompts/get", ["name": .string(name), "arguments": .object(given)])
        let messages = try #require(result?["messages"]?.array)
        #expect(messages.count == 1)
        #expect(messages.first?["role"] == "user")
        let text = try #require(messages.first?["content"]?["text"]?.string)
        for value in arguments.values { #expect(text.contains(value), "\(value) is missing") }
        #expect(text.contains("does not endorse or certify"))
        let tools = asking.server.tools.map(\.name)
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        let named = words.filter { $0.hasPrefix("get_") || $0.hasPrefix("discover_") }
        #expect(named.allSatisfy(tools.contains))
        #expect(words.contains(where: tools.contains))
    }

    @Test(
        "the order of the story is asked for with a warning, since TMDB does not know it",
        arguments: ["story", "Story", "by story", "story order", "Chronological"])
    func story(order: String) throws {
        let text = try text(of: "franchise_order", ["franchise": "Alien", "order": .string(order)])
        #expect(text.contains("the order in which the story happens"))
        #expect(text.contains("TMDB does not know the order of the story"))
    }

    @Test("any other order is that of release", arguments: ["release", "By release", "the usual one"])
    func release(order: String) throws {
        let text = try text(of: "franchise_order", ["franchise": "Alien", "order": .string(order)])
        #expect(text.hasPrefix("List the movies of Alien in order of release."))
    }

    @Test("an argument that is required is asked for by name")
    func missing() throws {
        let error = try Asking([:]).error("prompts/get", ["name": "watch_tonight", "arguments": [:]])
        #expect(error?["message"]?.string?.contains("region") == true)
    }

    @Test(
        "words that a client cut at the spaces are one text again",
        arguments: [
            ("more_like_this", ["title": "The", "liked": "Matrix"], "I liked The Matrix. What"),
            ("compare_titles", ["first": "The", "second": "Matrix", "others": "Dune"], "these: The Matrix Dune."),
            ("franchise_order", ["franchise": "The", "order": "Matrix"], "movies of The Matrix in order of release"),
            ("franchise_order", ["franchise": "Alien", "order": "Story"], "movies of Alien in the order in which"),
            ("best_work", ["person": "Tom", "role": "Hanks"], "work of Tom Hanks?"),
            ("best_work", ["person": "Cher", "role": "Actor"], "work of Cher as Actor?"),
            ("genre_trip", ["genre": "Science", "stops": "Fiction"], "genre Science Fiction in 8 movies"),
            ("genre_trip", ["genre": "Western", "stops": "5"], "genre Western in 5 movies"),
            (
                "watch_tonight", ["region": "US", "services": "Disney", "mood": "Plus"],
                "\"US Disney Plus\": my country"
            ),
        ] as [(String, JSONObject, String)])
    func cut(name: String, arguments: JSONObject, words: String) throws {
        let text = try text(of: name, arguments)
        #expect(text.contains(words), "\(text)")
        #expect(text.contains("What I typed, as far as my client passed it on"))
    }

    @Test(
        "what no client can have cut stays in its arguments, as it came",
        arguments: [
            (
                "more_like_this", ["title": "The Matrix", "liked": "visuals"],
                "I liked The Matrix. What I liked about it: v"
            ),
            ("more_like_this", ["title": "Heat"], "I liked Heat. What should"),
            ("watch_tonight", ["region": "US", "mood": "tense"], "in the mood for: tense"),
            ("compare_titles", ["first": "Alien, Aliens"], "these: Alien, Aliens."),
        ] as [(String, JSONObject, String)])
    func whole(name: String, arguments: JSONObject, words: String) throws {
        let text = try text(of: name, arguments)
        #expect(text.contains(words), "\(text)")
        #expect(!text.contains("my client"))
    }

    private func text(of prompt: String, _ arguments: JSONObject) throws -> String {
        let result = try Asking([:]).result(
            "prompts/get", ["name": .string(prompt), "arguments": .object(arguments)])
        return result?["messages"]?.array?.first?["content"]?["text"]?.string ?? ""
    }

    private func tonight(_ arguments: JSONObject) throws -> String { try text(of: "watch_tonight", arguments) }

    @Test("any of the services will do, and only what costs nothing more is looked for")
    func services() throws {
        let text = try tonight(["region": "de", "services": "Netflix, Disney Plus,"])
        #expect(text.contains("with_watch_providers \"Netflix|Disney Plus\""))
        #expect(text.contains("with_watch_monetization_types flatrate|free|ads"))
        #expect(text.contains("watch_region DE"))
        for none: JSONObject in [["region": "DE"], ["region": "DE", "services": " , "]] {
            #expect(try !tonight(none).contains("with_watch_providers"))
        }
    }

    @Test("whitespace around a country and the case of a kind make no difference")
    func sloppy() throws {
        let text = try tonight(["region": " us ", "kind": "Either"])
        #expect(text.contains("watch_region US,"))
        #expect(!text.contains("I want a"))
        #expect(try tonight(["region": "DE", "kind": "series"]).contains("I want a series."))
    }

    @Test("a country that is not known by its name is no code")
    func country() throws {
        #expect(try tonight(["region": "Germany"]).contains("I am in Germany."))
        #expect(try tonight(["region": "Germany"]).contains("watch_region DE,"))
        #expect(try tonight(["region": "UK"]).contains("watch_region GB,"))
        let text = try tonight(["region": "Ruritania"])
        #expect(text.contains("I am in Ruritania."))
        #expect(!text.contains("watch_region Ruritania"))
        #expect(text.contains("ISO 3166-1"))
    }

    @Test("the best work of a person is looked for among the titles of the best rating")
    func bestWork() throws {
        #expect(try text(of: "best_work", ["person": "Varda"]).contains("sort rating"))
    }
}
