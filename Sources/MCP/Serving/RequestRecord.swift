/// A request that has ended, for logs and metrics.
package struct RequestRecord {
    package enum Outcome: Equatable {
        case success
        /// A tool answered that it failed.
        case toolFailure
        case refused(RPCError.Code)
        case cancelled
    }

    /// Nil when this server does not have it: what a client makes up has no bound.
    package let method: Method?
    /// The tool or prompt that was called, when there is such a one.
    package let name: String?
    /// What the client asked for in vain: a tool or prompt that there is not, or a method when `method` is nil. It is a
    /// client's word, cut short: to be shown, not to be counted by.
    package let unknown: String?
    package let outcome: Outcome
    package let nanoseconds: Int64
    /// What the server's own code has kept in `RequestContext.storage`.
    package let storage: AnyObject?
    package let traceParent: TraceParent?

    package init(
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
