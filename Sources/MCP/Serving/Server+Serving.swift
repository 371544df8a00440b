import Bytes
public import JSON

extension Server {
    /// Serves a request of the modern era, which stands alone. The caller may cancel it as long as it has not ended.
    public func serve(
        id: RequestID, method: String, params: JSONObject, meta: RequestMeta, caller: Caller = .local,
        reply: @escaping (Reply) -> Void
    ) -> RequestContext {
        let request = RequestContext(
            self, id: id, method: method, params: params, version: meta.version,
            clientCapabilities: meta.clientCapabilities, logLevel: meta.logLevel, caller: caller, reply: reply)
        serve(request)
        return request
    }

    /// Begins to serve; the request ends now or later.
    func serve(_ request: RequestContext) {
        do throws(RPCError) {
            try route(request)
            request.forgetParams()
        } catch {
            request.deliver(.refused(error))
        }
    }

    private func route(_ request: RequestContext) throws(RPCError) {
        try request.readInputResponses()
        guard let method = request.method, method.exists(in: request.version.era), offers(method.capability) else {
            if request.method == nil, request.version.era == .modern, extensions?.serve(request) == true { return }
            throw .methodNotFound(request.methodName)
        }
        switch method {
        case .callTool: try callTool(request)
        case .listTools: try list(.tools, request)
        case .readResource: try readResource(request)
        case .listResources: try list(.resources, request)
        case .listResourceTemplates: try list(.resourceTemplates, request)
        case .getPrompt: try getPrompt(request)
        case .listPrompts: try list(.prompts, request)
        case .complete: try complete(request)
        case .discover: request.deliver(.complete(discoverResult()))
        case .listen: try listen(request)
        // A session answers these where it has them.
        case .initialize, .ping, .subscribe, .unsubscribe, .setLoggingLevel:
            throw .methodNotFound(request.methodName)
        }
    }

    private func offers(_ capability: Method.Capability?) -> Bool {
        switch capability {
        case .tools: offersTools
        case .resources: offersResources
        case .prompts: offersPrompts
        case .completions: offersCompletions
        case nil: true
        }
    }

    private func list(_ list: List, _ request: RequestContext) throws(RPCError) {
        var offset = 0
        switch request.params["cursor"] {
        case nil, .null: break
        case let cursor?:
            let text = cursor.string ?? ""
            guard let place = Cursor.offset(of: text, count: count(of: list), pageSize: pageSize) else {
                throw RPCError(.invalidParams, "There is no such cursor: begin again without one.")
            }
            offset = place
        }
        request.deliver(.prepared(page(of: list, from: offset, for: request.version)))
    }

    // MARK: Tools, resources, prompts

    private func callTool(_ request: RequestContext) throws(RPCError) {
        guard let name = request.params["name"]?.string else {
            throw RPCError(.invalidParams, "tools/call needs the name of a tool.")
        }
        guard let tool = tool(named: name) else {
            request.unknownName = name.shortened
            throw RPCError(.invalidParams, "There is no tool \"\(name.shortened)\": see tools/list.")
        }
        request.name = tool.name
        let given = try Server.arguments(of: request)
        let version = request.version
        do throws(InputSchema.Refusal) {
            let arguments = try tool.input.check(given)
            request.start { tool.run(arguments, request) { request.deliver($0.outcome(for: version)) } }
        } catch {
            // An error of the input is a result, so that the model reads it and tries again (2025-11-25, server/tools).
            request.deliver(CallToolResult.failure(error.message).outcome(for: version))
        }
    }

    private func readResource(_ request: RequestContext) throws(RPCError) {
        guard let uri = request.params["uri"]?.string else {
            throw RPCError(.invalidParams, "resources/read needs the uri of a resource.")
        }
        let version = request.version
        let finish = { (result: ResourceResult) in request.deliver(result.outcome(uri: uri, for: version)) }
        if let resource = resource(at: uri) {
            request.start { resource.read(request, finish) }
        } else if let (template, variables) = template(for: uri) {
            request.start { template.read(uri, variables, request, finish) }
        } else {
            throw ResourceResult.notFoundError(uri, version)
        }
    }

    private func getPrompt(_ request: RequestContext) throws(RPCError) {
        guard let name = request.params["name"]?.string else {
            throw RPCError(.invalidParams, "prompts/get needs the name of a prompt.")
        }
        guard let prompt = prompt(named: name) else {
            request.unknownName = name.shortened
            throw RPCError(.invalidParams, "There is no prompt \"\(name.shortened)\": see prompts/list.")
        }
        request.name = prompt.name
        let arguments = try prompt.check(try Server.arguments(of: request))
        let version = request.version
        request.start { prompt.get(arguments, request) { request.deliver($0.outcome(prompt, for: version)) } }
    }

    /// Clients send null where there are none, or the empty array that PHP writes for an empty object; and some send
    /// the object's JSON text.
    private static func arguments(of request: RequestContext) throws(RPCError) -> JSONObject {
        switch request.params["arguments"]?.objectOrItsText {
        case nil, .null: return [:]
        case .object(let members): return members
        case .array(let elements) where elements.isEmpty: return [:]
        default: throw RPCError(.invalidParams, "arguments must be an object.")
        }
    }
}
