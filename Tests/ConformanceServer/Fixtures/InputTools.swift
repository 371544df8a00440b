import JSON
import MCP

/// Tools that say what they need from the client, one for each rule of `InputRequired` (2026-07-28,
/// basic/patterns/mrtr).
struct InputTools {
    let seal: StateSeal

    var all: [Tool] {
        [
            missingCapability, elicitation, sampling, roots,
            confirmation(
                "test_input_required_result_request_state", "Needs the state that it gave.", "state-ok: confirmed"),
            multipleInputs, multiRound,
            confirmation(
                "test_input_required_result_tampered_state", "Refuses a state that it did not give.",
                "The state is as it was."),
            capabilities,
        ]
    }

    private static let name = InputRequired.Question.form(
        "user_name", "What is your name?", field: "name", type: "string")

    private var missingCapability: Tool {
        .fixture("test_missing_capability", "Needs a client that offers sampling.") { _, request in
            if request.clientCapabilities.sampling { return .text("Success") }
            guard request.version.era == .modern else { return .failure("This needs a client that offers sampling.") }
            return .refused(.missingCapabilities(["sampling"]))
        }
    }

    private var elicitation: Tool {
        .fixture("test_input_required_result_elicitation", "Asks the user for a name.") { _, request in
            InputTools.useForm(request, InputTools.name) { content in
                content["name"]?.string.map { .text("Hello, \($0)!") }
            }
        }
    }

    private var sampling: Tool {
        .fixture("test_input_required_result_sampling", "Asks the client's model.") { _, request in
            guard let text = request.sampledText("capital_question") else {
                return .inputRequired(
                    InputRequired([
                        .sampling("capital_question", "What is the capital of France?", tokensMax: 100)
                    ]))
            }
            return .text("The model says: \(text)")
        }
    }

    private var roots: Tool {
        .fixture("test_input_required_result_list_roots", "Asks for the folders of the client.") { _, request in
            guard let roots = request.roots("client_roots") else {
                return .inputRequired(InputRequired([.roots("client_roots")]))
            }
            return .text("\(roots.count) roots: \(roots.joined(separator: ", "))")
        }
    }

    /// Ends well with its own state and a yes, and in no other way.
    private func confirmation(_ name: String, _ description: String, _ words: String) -> Tool {
        stateful(name, description) { request, state in
            let question = InputRequired.Question.form("confirm", "Please confirm", field: "ok", type: "boolean")
            guard state != nil else { return ask([question], "asked", for: name) }
            return InputTools.useForm(request, question, state: seal.sealed("asked", for: name)) { content in
                content["ok"]?.bool.map { $0 ? .text(words) : .failure("It was not confirmed.") }
            }
        }
    }

    private var multipleInputs: Tool {
        let name = "test_input_required_result_multiple_inputs"
        return stateful(name, "Asks the user, the model and the client at once.") { request, state in
            guard state != nil, case .accepted(let content)? = request.form("user_name"),
                let user = content["name"]?.string, let greeting = request.sampledText("greeting"),
                let roots = request.roots("client_roots")
            else {
                return ask(
                    [
                        InputTools.name, .sampling("greeting", "Generate a greeting", tokensMax: 50),
                        .roots("client_roots"),
                    ], "asked", for: name)
            }
            return .text("\(greeting) (for \(user), who has \(roots.count) roots)")
        }
    }

    /// The state is the number of the round that was asked, then the user's name once it is known.
    private var multiRound: Tool {
        let name = "test_input_required_result_multi_round"
        return stateful(name, "Asks twice, one after the other.") { request, state in
            let first = InputRequired.Question.form(
                "step1", "Step 1: What is your name?", field: "name", type: "string")
            let second = InputRequired.Question.form(
                "step2", "Step 2: What is your favorite color?", field: "color", type: "string")
            guard let state else { return ask([first], "1", for: name) }
            guard state.utf8.first == UInt8(ascii: "2") else {
                return InputTools.useForm(request, first, state: seal.sealed("1", for: name)) { content in
                    content["name"]?.string.map { ask([second], "2\($0)", for: name) }
                }
            }
            return InputTools.useForm(request, second, state: seal.sealed(state, for: name)) { content in
                let user = String(Substring(state.utf8.dropFirst()))
                return content["color"]?.string.map { .text("\(user) likes \($0).") }
            }
        }
    }

    private var capabilities: Tool {
        let name = "test_input_required_result_capabilities"
        return stateful(name, "Asks for what the client offers.") { request, state in
            var questions: [InputRequired.Question] = []
            if request.clientCapabilities.sampling {
                questions.append(.sampling("sample_input", "Say something.", tokensMax: 50))
            }
            if request.clientCapabilities.elicitation {
                questions.append(.form("elicit_input", "What do you want?", field: "wish", type: "string"))
            }
            guard !questions.isEmpty else {
                return .failure("This needs a client that offers sampling or elicitation.")
            }
            let answered = questions.filter { request.inputResponses[$0.key]?.object != nil }
            guard state != nil, !answered.isEmpty else { return ask(questions, "asked", for: name) }
            return .text("Answered: \(answered.map { $0.key }.joined(separator: ", "))")
        }
    }

    // MARK: Rounds

    /// A tool that takes back its state: nil in the first round.
    private func stateful(
        _ name: String, _ description: String,
        answer: @escaping (_ request: RequestContext, _ state: String?) -> CallToolResult
    ) -> Tool {
        .fixture(name, description) { _, request in
            guard let sealed = request.requestState else { return answer(request, nil) }
            guard let state = seal.opened(sealed, for: name) else {
                return .refused(
                    RPCError(.invalidParams, "requestState is not what \(name) gave: begin again without it."))
            }
            return answer(request, state)
        }
    }

    private func ask(_ questions: [InputRequired.Question], _ state: String, for name: String) -> CallToolResult {
        .inputRequired(InputRequired(questions, state: seal.sealed(state, for: name)))
    }

    /// Asks until there is an answer that `use` can use.
    private static func useForm(
        _ request: RequestContext, _ question: InputRequired.Question, state: String? = nil,
        use: (JSONObject) -> CallToolResult?
    ) -> CallToolResult {
        let again = CallToolResult.inputRequired(InputRequired([question], state: state))
        switch request.form(question.key) {
        case nil: return again
        case .accepted(let content): return use(content) ?? again
        case .refused(let action): return .failure("The user did not answer (\(action)).")
        }
    }
}
