import Bytes
import JSON

/// What a subscription is told about: what its client wants and this server has.
struct SubscriptionFilter {
    private var tools = false
    private var prompts = false
    private var resources = false
    private var uris: [String] = []

    init(_ wanted: JSONObject, of server: Server) throws(RPCError) {
        guard server.isDynamic else { return }
        tools = wanted["toolsListChanged"]?.bool == true && server.offersTools
        prompts = wanted["promptsListChanged"]?.bool == true && server.offersPrompts
        resources = wanted["resourcesListChanged"]?.bool == true && server.offersResources
        let named = wanted["resourceSubscriptions"]?.array ?? []
        guard named.count <= MCPLimits.subscriptionsMax else {
            throw RPCError(.invalidParams, "A subscription takes \(MCPLimits.subscriptionsMax) resources at most.")
        }
        uris = named.compactMap { $0.string }.filter { server.hasResource($0) }
    }

    func takes(_ change: ChangeFeed.Change) -> Bool {
        switch change {
        case .tools: tools
        case .prompts: prompts
        case .resources: resources
        case .resource(let uri): uris.contains(uri)
        }
    }

    /// What is acknowledged: types that are not told about are left out.
    var json: JSONObject {
        var object = JSONObject()
        if tools { object.set("toolsListChanged", to: true) }
        if prompts { object.set("promptsListChanged", to: true) }
        if resources { object.set("resourcesListChanged", to: true) }
        if !uris.isEmpty { object.set("resourceSubscriptions", to: .array(uris.map { .string($0) })) }
        return object
    }
}
