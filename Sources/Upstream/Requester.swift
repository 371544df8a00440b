/// On whose behalf a request is sent: its credential, and its key in the fair queue.
package struct Requester {
    package let credential: Credential
    /// The credential's number: 0 is the server's own, the others are callers'.
    package let credentialNumber: Int64
    /// Its place in the fair queue.
    package let queueKey: QueueKey

    package init(credential: Credential, credentialNumber: Int64, queueKey: QueueKey) {
        self.credential = credential
        self.credentialNumber = credentialNumber
        self.queueKey = queueKey
    }

    package var isCaller: Bool { credentialNumber != CredentialTable.server }
}
