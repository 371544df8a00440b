import MCP

/// A tool whose calls the test finishes.
final class HandTool {
    private(set) var requests: [RequestContext] = []
    private(set) var arguments: [Arguments] = []
    private(set) var finishes: [(CallToolResult) -> Void] = []
    private(set) var cancelled = 0
    /// Called in each call.
    var onRun: ((RequestContext) -> Void)?

    var tool: Tool {
        Tool(
            name: "look", title: "Look up", description: "Looks things up.",
            input: InputSchema([
                Parameter("words", .text(length: 1...9), header: "Words", description: "what to look for"),
                Parameter("page", .integer(1...500), header: "Page", description: "the page"),
                Parameter("all", .boolean, header: "All", description: "everything"),
            ]),
            annotations: ToolAnnotations(.readsOnly, isOpenWorld: false)
        ) { [self] arguments, request, finish in
            requests.append(request)
            self.arguments.append(arguments)
            finishes.append(finish)
            onRun?(request)
            return { [self] in cancelled += 1 }
        }
    }

    var calls: Int { finishes.count }

    func finish(_ number: Int = 0, _ words: String = "found") {
        finishes[number](.content([.text(words)]))
    }

    /// Keeps nothing of what was served.
    func forget() {
        requests = []
        finishes = []
        onRun = nil
    }
}
