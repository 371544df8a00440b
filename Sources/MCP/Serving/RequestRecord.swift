/// A request that has ended, for logs and metrics.
package struct RequestRecord {
    package enum Outcome: Equatable {
        case success
        /// A tool answered that it failed.
        case toolFailure
        case refused(RPCError.Code)
        case cancelled
    }

    /// The method when this server has it, else nil: what a client makes up has no bound.
    package let method: String?
    /// The tool or prompt that was called, when there is such a one.
    package let name: String?
    /// What the client asked for in vain: a tool or prompt that there is not, or a method when `method` is nil. It is a
    /// client's word, cut short: to be shown, not to be counted by.
    package let unknown: String?
    package let outcome: Outcome
    package let nanoseconds: Int64
    package let upstream: UpstreamUse
    package let traceParent: TraceParent?

    package init(
        method: String?, name: String?, unknown: String? = nil, outcome: Outcome, nanoseconds: Int64,
        upstream: UpstreamUse = UpstreamUse(), traceParent: TraceParent? = nil
    ) {
        self.method = method
        self.name = name
        self.unknown = unknown
        self.outcome = outcome
        self.nanoseconds = nanoseconds
        self.upstream = upstream
        self.traceParent = traceParent
    }

    private static let methods = [
        "initialize", "ping", "server/discover", "tools/list", "tools/call", "resources/list",
        "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe", "prompts/list",
        "prompts/get", "completion/complete", "logging/setLevel", "subscriptions/listen",
    ]

    /// The method when it is one that a server can have: a request may be refused before anybody looks at its method.
    static func known(_ method: String) -> String? { methods.first { $0 == method } }
}
