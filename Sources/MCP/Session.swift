package import JSON

/// The protocol of one connection, without its input and output: messages go in, and each gives one action.
///
/// Both eras are served at once. A request whose `_meta` names a revision is served by itself (2026-07-28); the others
/// belong to the session that `initialize` opens (2025-11-25 and earlier).
package struct Session {
    /// Names a call until it has been answered or cancelled. Ids of requests are the client's and may repeat.
    package typealias CallID = UInt64

    package enum Action {
        case none
        case send(JSONValue)
        /// Run the tool, then hand its result to `finish`.
        case call(CallID, Tool, Arguments)
        /// Stop that call; it needs no answer any more.
        case cancel(CallID)
    }

    private struct Call {
        let request: RequestID
        let version: ProtocolVersion
    }

    private let server: Server
    /// The revision that `initialize` settled on.
    private var legacyVersion: ProtocolVersion?
    private var calls: [CallID: Call] = [:]
    private var nextCall: CallID = 0

    package init(server: Server) { self.server = server }

    /// Whether an array is a batch of messages: in 2025-03-26 only.
    package var takesBatches: Bool { legacyVersion == .v2025_03_26 }

    /// Takes one message.
    package mutating func receive(_ message: IncomingMessage) -> Action {
        switch message {
        case .response: .none
        case .notification(let method, let params): receiveNotification(method, params)
        case .request(let id, let method, let params): receiveRequest(id, method, params)
        }
    }

    /// Takes a message that cannot be served, such as broken JSON. `id` is nil when the message has none to echo.
    package func refuse(id: RequestID?, _ error: RPCError) -> Action {
        var answer: JSONObject = ["jsonrpc": "2.0"]
        if let id {
            answer.set("id", to: id.json)
        } else if !(legacyVersion ?? .v2026_07_28).omitsUnknownID {
            answer.set("id", to: nil)
        }
        answer.set("error", to: error.json)
        return .send(.object(answer))
    }

    /// Takes the result of a call. A call that was cancelled is not answered.
    package mutating func finish(_ id: CallID, _ result: ToolResult) -> Action {
        guard let call = calls.removeValue(forKey: id) else { return .none }
        return answer(call.request, result.json(for: call.version), call.version)
    }

    // MARK: Notifications

    private mutating func receiveNotification(_ method: String, _ params: JSONObject) -> Action {
        guard method == "notifications/cancelled",
            let request = params["requestId"].flatMap(RequestID.init),
            // The newest, should a client have given one id to several: they are numbered in order.
            let id = calls.filter({ $0.value.request == request }).keys.max()
        else { return .none }
        calls.removeValue(forKey: id)
        return .cancel(id)
    }

    // MARK: Requests

    private mutating func receiveRequest(_ id: RequestID, _ method: String, _ params: JSONObject) -> Action {
        do throws(RPCError) {
            if let meta = try RequestMeta(params) {
                return try serveModern(id, method, params, meta.version)
            }
            return try serveLegacy(id, method, params)
        } catch {
            return refuse(id: id, error)
        }
    }

    private mutating func serveModern(
        _ id: RequestID, _ method: String, _ params: JSONObject, _ version: ProtocolVersion
    ) throws(RPCError) -> Action {
        switch method {
        case "server/discover": answer(id, server.discoverResult(), version)
        case "tools/list": answer(id, try listTools(params, version), version)
        case "tools/call": try callTool(id, params, version)
        default: throw RPCError.methodNotFound(method)
        }
    }

    private mutating func serveLegacy(
        _ id: RequestID, _ method: String, _ params: JSONObject
    ) throws(RPCError) -> Action {
        switch method {
        case "initialize":
            guard let wanted = params["protocolVersion"]?.string else {
                throw RPCError(.invalidParams, "initialize needs protocolVersion, such as \"2025-11-25\".")
            }
            let known = ProtocolVersion(wanted).flatMap { $0.era == .legacy ? $0 : nil }
            let version = known ?? .newestLegacy
            legacyVersion = version
            return answer(id, server.initializeResult(for: version), version)
        case "ping":
            return answer(id, [:], legacyVersion ?? .newestLegacy)
        case "tools/list":
            let version = try settledVersion(method)
            return answer(id, try listTools(params, version), version)
        case "tools/call":
            return try callTool(id, params, try settledVersion(method))
        case "server/discover":
            throw RPCError(.invalidParams, "server/discover needs params._meta with the revision and the capabilities.")
        default:
            throw RPCError.methodNotFound(method)
        }
    }

    private func settledVersion(_ method: String) throws(RPCError) -> ProtocolVersion {
        if let legacyVersion { return legacyVersion }
        throw RPCError(
            .invalidParams,
            "\(method) came before initialize. Send initialize first (revisions to 2025-11-25), or name the revision "
                + "and the client's capabilities in params._meta (2026-07-28).")
    }

    // MARK: Tools

    private func listTools(_ params: JSONObject, _ version: ProtocolVersion) throws(RPCError) -> JSONObject {
        if let cursor = params["cursor"], !cursor.isNull {
            throw RPCError(.invalidParams, "There is no such cursor: the list of tools has one page.")
        }
        return server.listToolsResult(for: version)
    }

    private mutating func callTool(
        _ id: RequestID, _ params: JSONObject, _ version: ProtocolVersion
    ) throws(RPCError) -> Action {
        guard let name = params["name"]?.string else {
            throw RPCError(.invalidParams, "tools/call needs the name of a tool.")
        }
        guard let tool = server.tool(named: name) else {
            throw RPCError(.invalidParams, "There is no tool \"\(name.shortened)\": see tools/list.")
        }
        let given: JSONObject
        switch params["arguments"] {
        case nil, .null: given = [:]
        case .object(let members): given = members
        default: throw RPCError(.invalidParams, "arguments must be an object.")
        }
        guard calls.count < Limits.callsMax else {
            let busy = "\(Limits.callsMax) calls are running: wait for answers before the next call."
            return answer(id, ToolResult.failure(busy).json(for: version), version)
        }
        do throws(InputSchema.Refusal) {
            let arguments = try tool.input.check(given)
            let call = nextCall
            nextCall &+= 1
            calls[call] = Call(request: id, version: version)
            return .call(call, tool, arguments)
        } catch {
            // An error of the input is a result, so that the model reads it and tries again (2025-11-25, server/tools).
            return answer(id, ToolResult.failure(error.message).json(for: version), version)
        }
    }

    // MARK: Answers

    private func answer(_ id: RequestID, _ result: JSONObject, _ version: ProtocolVersion) -> Action {
        var result = result
        if version.era == .modern {
            result.set("resultType", to: "complete")
            result.set("_meta", to: [RequestMeta.serverInfoKey: server.implementation.json(for: version)])
        }
        return .send(["jsonrpc": "2.0", "id": id.json, "result": .object(result)])
    }
}

extension RPCError {
    fileprivate static func methodNotFound(_ method: String) -> RPCError {
        RPCError(.methodNotFound, "This server has no method \"\(method.shortened)\".")
    }
}
