import Bytes
import MCP

/// A prompt, and the tools that it tells the model to use: without them it is not offered.
struct TMDBPrompt {
    let tools: [String]
    private let make: (ArgumentSpelling) -> Prompt

    /// - Parameters:
    ///   - typed: what a user types who gives no names to the arguments, in their order.
    ///   - cut: how to read what a client cut at its spaces.
    ///   - text: what the user says to the model.
    @inline(never)  // would be copied into each prompt
    init(
        _ name: String, title: String, description: String, tools: [String], arguments: [Prompt.Argument],
        completions: [Completion], typed: String, cut: CutText.Reading, text: @escaping (PromptWords) -> String
    ) {
        self.tools = tools
        let names = arguments.map { $0.name }
        make = { spelling in
            Prompt(
                name: name, title: title, description: description, arguments: arguments, completions: completions
            ) { arguments, _, finish in
                var words: String
                if let whole = CutText(arguments, names) {
                    words = text(whole.words(read: cut)) + "\n" + whole.note(typed)
                } else {
                    words = text(PromptWords(arguments.json))
                }
                words = spelling.shown(words) + "\n\n" + TMDBPrompt.manners
                finish(.messages([PromptResult.Message(.user, .text(words))]))
                return {}
            }
        }
    }

    /// - Parameter spelling: that of the tools, whose arguments the text may name.
    func prompt(_ spelling: ArgumentSpelling) -> Prompt { make(spelling) }

    /// Holds for every prompt.
    private static let manners =
        "Take every fact from the tools, not from memory; if they fail or find nothing, say so. Name titles with their "
        + "year. End with the line: Data from TMDB, which does not endorse or certify this product."
}
