import Bytes
import JSON
import MCP

/// What a user typed after a prompt's name, cut by the client: Claude Code gives the words between the spaces to the
/// arguments in their order, whatever quotes there are, and drops the rest (anthropics/claude-code, issues 14210 and
/// 70284). "The Matrix" is then two arguments. What was typed may be meant as it came all the same, so that the model
/// is told both.
struct CutText {
    enum Reading: Sendable {
        /// One text, for the first argument; the last word is an argument of its own where it can be nothing else.
        case oneText(lastWord: @Sendable (String) -> Bool = { _ in false })
        /// As it came.
        case separate
    }

    private let names: [String]
    /// One an argument.
    private let words: [String]

    /// Nil when no client cut it so: there are two arguments at least, the first ones of the prompt, of a word each.
    @inline(never)  // would be copied into each prompt
    init?(_ arguments: Arguments, _ names: [String]) {
        var words: [String] = []
        for name in names {
            guard let word = arguments.string(name)?.trimmed else { break }
            if word.utf8.contains(UInt8(ascii: " ")) { return nil }
            words.append(word)
        }
        guard words.count > 1, words.count == arguments.json.count else { return nil }
        self.names = names
        self.words = words
    }

    @inline(never)  // would be copied into each prompt
    func words(read reading: Reading) -> PromptWords {
        var object = JSONObject()
        if case .oneText(let isLast) = reading, let last = words.last {
            let hasLast = isLast(last)
            object.set(names[0], to: .string(words.dropLast(hasLast ? 1 : 0).joined(separator: " ")))
            if hasLast { object.set(names[1], to: .string(last)) }
        } else {
            for (index, word) in words.enumerated() { object.set(names[index], to: .string(word)) }
        }
        return PromptWords(object)
    }

    @inline(never)  // would be copied into each prompt
    func note(_ typed: String) -> String {
        "What I typed, as far as my client passed it on, was \"\(words.joined(separator: " "))\": \(typed). "
            + "Where you see more of it, or read it better in another way, go by that."
    }
}
