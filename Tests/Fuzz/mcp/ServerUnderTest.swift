import JSON
import MCP

/// One client's connection to a server with two tools: `now` answers at once, `later` when told to. All that the target
/// uses of the module MCP is in this file.
final class ServerUnderTest {
    /// What was sent since it was last emptied, each as bytes.
    var sent: [[UInt8]] = []
    private var waiting: [(CallToolResult) -> Void] = []
    private var session: Session?

    init() {
        let now = ServerUnderTest.tool("now") { _, _, finish in
            finish(.structured(StructuredContent(["words": "done"])))
            return {}
        }
        let later = ServerUnderTest.tool("later") { [unowned self] _, _, finish in
            waiting.append(finish)
            return {}
        }
        let server = Server(
            implementation: Implementation(
                name: "fuzz", title: "Fuzz", version: "1.0.0", description: "For tests",
                websiteURL: "https://example.com"),
            instructions: "None.", tools: [now, later], resources: [ServerUnderTest.resource],
            resourceTemplates: [ServerUnderTest.template], prompts: [ServerUnderTest.prompt], isDynamic: true)
        session = Session(server: server) { [unowned self] message in send(message) }
    }

    func receive(_ message: Span<UInt8>) {
        session?.receive(IncomingPayload(parsing: message)) { [unowned self] reply in
            switch reply {
            case .message(let message), .progress(let message), .answer(let message): send(message)
            case .pause, .cancelled: break
            }
        }
    }

    private func send(_ message: OutgoingMessage) {
        var bytes: [UInt8] = []
        message.write(into: &bytes)
        sent.append(bytes)
    }

    /// Answers the calls of `later`, those that were cancelled included, which must stay silent.
    func finishCalls() {
        let finishes = waiting
        waiting = []
        for finish in finishes { finish(.failure("late")) }
    }

    /// Ends the connection. Nothing may be sent after it.
    func close() { session?.close() }

    private static func tool(
        _ name: String,
        run: @escaping (Arguments, RequestContext, @escaping (CallToolResult) -> Void) -> Cancellation
    ) -> Tool {
        let input = InputSchema([
            Parameter("words", .text(length: 1...10), isRequired: true, description: "what to look for"),
            Parameter("page", .integer(1...5), default: 1, description: "the page"),
        ])
        return Tool(
            name: name, title: "Fuzz", description: "For tests.", input: input,
            outputSchema: ["type": "object"], annotations: ToolAnnotations(.readsOnly, isOpenWorld: false), run: run)
    }

    private static var resource: Resource {
        Resource(uri: "a:b", name: "a", title: "A", description: "For tests.", mimeType: "text/plain") { _, finish in
            finish(.contents([ResourceContents(uri: "a:b", mimeType: nil, .text("text"))], .none))
            return {}
        }
    }

    private static var template: ResourceTemplate {
        ResourceTemplate(
            uri: URITemplate("a:{x}/c{y}"), name: "t", title: "T", description: "For tests.", mimeType: "text/plain",
            completions: [Completion(argument: "x", from: ["one", "other"])]
        ) { uri, variables, _, finish in
            let text = variables.map { $0.value }.joined()
            finish(.contents([ResourceContents(uri: uri, mimeType: nil, .text(text))], .none))
            return {}
        }
    }

    private static var prompt: Prompt {
        Prompt(
            name: "p", title: "P", description: "For tests.",
            arguments: [Prompt.Argument("x", title: "X", description: "some text", isRequired: true)],
            completions: [Completion(argument: "x", from: ["one", "other"])]
        ) { arguments, _, finish in
            finish(.messages([PromptResult.Message(.user, .text(arguments.string("x") ?? ""))]))
            return {}
        }
    }
}
