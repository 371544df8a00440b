import JSON
import MCP

/// Tools that ask the client by requests of the server's, as the revisions with a handshake have it.
enum LegacyInputTools {
    static var all: [Tool] { [sampling, elicitation, defaults, enumerations] }

    private static let key = "answer"
    private static let text = Parameter.Kind.text(length: 1...10_000)

    private static var sampling: Tool {
        .fixture(
            "test_sampling", "Asks the client's model.",
            InputSchema([Parameter("prompt", text, isRequired: true, description: "what to ask the model")])
        ) { arguments, request in
            guard let text = request.sampledText(key) else {
                return .inputRequired(
                    InputRequired([.sampling(key, arguments.string("prompt") ?? "", tokensMax: 100)]))
            }
            return .text("LLM response: \(text)")
        }
    }

    private static var elicitation: Tool {
        .fixture(
            "test_elicitation", "Asks the user.",
            InputSchema([Parameter("message", text, isRequired: true, description: "what to ask the user")])
        ) { arguments, request in
            ask(request, arguments.string("message") ?? "", FormSchemas.contact, "User response")
        }
    }

    private static var defaults: Tool {
        .fixture("test_elicitation_sep1034_defaults", "Asks the user by a form with defaults.") { _, request in
            ask(request, "Please check the values.", FormSchemas.defaults, "Elicitation completed")
        }
    }

    private static var enumerations: Tool {
        .fixture("test_elicitation_sep1330_enums", "Asks the user by a form of choices.") { _, request in
            ask(request, "Please choose.", FormSchemas.enumerations, "Elicitation completed")
        }
    }

    private static func ask(
        _ request: RequestContext, _ message: String, _ schema: JSONValue, _ words: String
    ) -> CallToolResult {
        switch request.form(key) {
        case nil: .inputRequired(InputRequired([.form(key, message, schema: schema)]))
        case .accepted(let content): .text("\(words): action=accept, content=\(JSONValue.object(content).text)")
        case .refused(let action): .text("\(words): action=\(action), content={}")
        }
    }
}
