/// Who asks TMDB.
struct Asker {
    let credential: Credential
    /// The credential's number: 0 is the server's own, the others are callers'.
    let tenant: Int64
    /// With whom the asker shares a place in the round of those who wait.
    let lane: Lane

    var isCaller: Bool { tenant != TenantTable.server }
}
