import JSON

extension Server {
    /// Serves `completion/complete` (server/utilities/completion).
    func complete(_ request: RequestContext) throws(RPCError) {
        guard let argument = request.params["argument"], let name = argument["name"]?.string,
            let value = argument["value"]?.string
        else { throw RPCError(.invalidParams, "completion/complete needs argument, with a name and a value as text.") }
        guard let completion = try completions(for: request.params["ref"]).first(where: { $0.argument == name }) else {
            return reply(to: request, Completion.Result([], total: 0))
        }
        var settled: [(name: String, value: String)] = []
        for (name, value) in request.params["context"]?["arguments"]?.object ?? [:] {
            if let text = value.string { settled.append((name, text)) }
        }
        let query = Completion.Query(value: value, settled: settled)
        request.start { completion.complete(query, request) { [self] in reply(to: request, $0) } }
    }

    private func completions(for reference: JSONValue?) throws(RPCError) -> [Completion] {
        switch reference?["type"]?.string {
        case "ref/prompt":
            guard let prompt = reference?["name"]?.string.flatMap(prompt(named:)) else {
                throw RPCError(.invalidParams, "ref names no prompt of this server: see prompts/list.")
            }
            return prompt.completions
        case "ref/resource":
            guard let uri = reference?["uri"]?.string,
                let template = resourceTemplates.first(where: { $0.uri.text == uri })
            else {
                // A resource at a fixed URI has nothing to complete.
                if let uri = reference?["uri"]?.string, hasResource(uri) { return [] }
                throw RPCError(
                    .invalidParams, "ref names no resource template of this server: see resources/templates/list.")
            }
            return template.completions
        default:
            throw RPCError(.invalidParams, "ref.type must be ref/prompt or ref/resource.")
        }
    }

    private func reply(to request: RequestContext, _ result: Completion.Result) {
        let values = result.values.prefix(MCPLimits.completionsMax)
        var completion: JSONObject = ["values": .array(values.map { .string($0) })]
        if let total = result.total { completion.set("total", to: .number(JSONNumber(total))) }
        completion.set("hasMore", to: .bool((result.total ?? result.values.count) > values.count))
        request.deliver(.complete(["completion": .object(completion)]))
    }
}
