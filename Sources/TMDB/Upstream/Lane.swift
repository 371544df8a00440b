/// A place in the round of those who wait: callers take turns, and within the turn of a caller its members do.
struct Lane: Equatable {
    /// A network, or a credential that TMDB accepted.
    let caller: Int64
    /// One of a network's sessions or connections.
    let member: Int64
}
