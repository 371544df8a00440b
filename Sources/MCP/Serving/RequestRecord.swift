/// A request that has ended, for logs and metrics.
public struct RequestRecord {
    public enum Outcome: Equatable, Sendable {
        case success
        /// A tool answered that it failed.
        case toolFailure
        case refused(RPCError.Code)
        case cancelled
    }

    /// Nil for an extension's, and when this server does not have it: what a client makes up has no bound.
    public let method: Method?
    /// The tool or prompt that was called, when there is such a one; the extension's method when `method` is nil.
    public let name: String?
    /// What the client asked for in vain: a tool or prompt that there is not, or a method when `method` is nil. It is a
    /// client's word, cut short: to be shown, not to be counted by.
    public let unknown: String?
    public let outcome: Outcome
    public let nanoseconds: Int64
    /// What the server's own code has kept in `RequestContext.storage`.
    public let storage: AnyObject?
    public let traceParent: TraceParent?

    public init(
        method: Method?, name: String?, unknown: String? = nil, outcome: Outcome, nanoseconds: Int64,
        storage: AnyObject? = nil, traceParent: TraceParent? = nil
    ) {
        self.method = method
        self.name = name
        self.unknown = unknown
        self.outcome = outcome
        self.nanoseconds = nanoseconds
        self.storage = storage
        self.traceParent = traceParent
    }
}
