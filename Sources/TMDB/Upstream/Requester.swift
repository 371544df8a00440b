/// On whose behalf a request is sent: its credential, and its key in the fair queue.
struct Requester {
    let credential: Credential
    /// The credential's number: 0 is the server's own, the others are callers'.
    let credentialNumber: Int64
    /// Its place in the fair queue.
    let queueKey: QueueKey

    var isCaller: Bool { credentialNumber != CredentialTable.server }
}
