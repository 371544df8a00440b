/// A key of the fair queue, on two levels: round-robin over callers, and within one over its members.
struct QueueKey: Equatable {
    /// A network, or a credential that TMDB accepted.
    let caller: Int64
    /// One of a network's sessions or connections.
    let member: Int64
}
