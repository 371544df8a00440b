import JSON

/// Tells those who listen what has changed at the server.
public final class ChangeFeed {
    public enum Change: Equatable, Sendable {
        case tools, prompts, resources
        case resource(uri: String)
    }

    public typealias ListenerID = UInt64

    private var listeners: [ListenerID: (Change) -> Void] = [:]
    private var next: ListenerID = 0

    public init() {}

    public var listenerCount: Int { listeners.count }

    func listen(_ handler: @escaping (Change) -> Void) -> ListenerID {
        next += 1
        listeners[next] = handler
        return next
    }

    func stop(_ id: ListenerID) { listeners[id] = nil }

    public func publish(_ change: Change) {
        // A handler may stop itself or others, who hear no more then.
        for (id, handler) in listeners where listeners[id] != nil { handler(change) }
    }
}

extension ChangeFeed.Change {
    /// The notification that tells a client, without `_meta`.
    var notification: (method: String, params: JSONObject) {
        switch self {
        case .tools: ("notifications/tools/list_changed", [:])
        case .prompts: ("notifications/prompts/list_changed", [:])
        case .resources: ("notifications/resources/list_changed", [:])
        case .resource(let uri): ("notifications/resources/updated", ["uri": .string(uri)])
        }
    }
}
