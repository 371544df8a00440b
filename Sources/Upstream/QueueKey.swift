/// A key of the fair queue, on two levels: round-robin over callers, and within one over its members.
package struct QueueKey: Equatable {
    /// A network, or a credential that upstream accepted.
    let caller: Int64
    /// One of a network's sessions or connections.
    let member: Int64

    package init(caller: Int64, member: Int64) {
        self.caller = caller
        self.member = member
    }
}
