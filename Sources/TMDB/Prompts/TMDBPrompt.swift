import MCP

/// A prompt, and the tools that it tells the model to use: without them it is not offered.
struct TMDBPrompt {
    let prompt: Prompt
    let tools: [String]

    /// - Parameter text: what the user says to the model.
    init(
        _ name: String, title: String, description: String, tools: [String], arguments: [Prompt.Argument],
        completions: [Completion], text: @escaping (Arguments) -> String
    ) {
        self.tools = tools
        prompt = Prompt(
            name: name, title: title, description: description, arguments: arguments, completions: completions
        ) { arguments, _, finish in
            finish(.messages([PromptResult.Message(.user, .text(text(arguments) + "\n\n" + TMDBPrompt.manners))]))
            return {}
        }
    }

    /// Holds for every prompt.
    private static let manners =
        "Take every fact from the tools, not from memory; if they fail or find nothing, say so. Name titles with their "
        + "year. End with the line: Data from TMDB, which does not endorse or certify this product."
}
