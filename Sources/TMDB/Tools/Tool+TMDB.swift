import JSON
import MCP

extension Tool {
    /// A tool that asks TMDB, and changes nothing unless `effect` says so.
    ///
    /// - Parameters:
    ///   - absent: arguments that a model may expect, and why there are none.
    ///   - types: those of the records that `id` and `ids` name.
    ///   - isOfPerson: whether the results are a person's own, and not kept.
    @inline(never)  // would be copied into each tool
    init(
        _ name: String, title: String, description: String, _ parameters: [Parameter],
        absent: [(name: String, reason: String)] = [], output: JSONValue, about types: [String] = [],
        effect: ToolAnnotations.Effect = .readsOnly, isOfPerson: Bool = false,
        in context: TMDBContext,
        work: @escaping (Arguments, Call, @escaping (CallToolResult) -> Void) -> Void
    ) {
        self.init(
            name: name, title: title, description: description, icons: [TMDBServer.toolIcon],
            input: InputSchema(parameters, absent: absent),
            outputSchema: output, annotations: ToolAnnotations(effect, isOpenWorld: true)
        ) { arguments, request, finish in
            var arguments = arguments
            let days = RelativeDay.settle(&arguments, context)
            let key = isOfPerson ? nil : context.client.resultKey(name, arguments, request)
            if let key, let content = context.client.result(of: key, for: request) {
                finish(.structured(content))
                return {}
            }
            let call = Call(context, request, days: days)
            let end = { (result: CallToolResult) in
                guard let key, case .structured(let content) = result else { return finish(result) }
                finish(.structured(context.client.cache(content, for: key, of: request)))
            }
            guard !types.isEmpty else {
                work(arguments, call, end)
                return { call.cancel() }
            }
            RecordResolver(types: types).resolve(arguments, call) { arguments, problem in
                if let problem { end(.failure(problem)) } else { work(arguments, call, end) }
            }
            return { call.cancel() }
        }
    }
}
