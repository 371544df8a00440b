/// On whose behalf a request is sent: its credential, and its key in the fair queue.
package struct Requester {
    package let credential: Credential
    /// The credential's number: 0 is the server's own, the others are callers'.
    package let credentialNumber: Int64
    /// Its place in the fair queue.
    package let queueKey: QueueKey
    /// Whether it asks in a person's name: then its number is of this one request, so that the request is shared with
    /// no other, and the response is not kept.
    package let isPerson: Bool

    package init(credential: Credential, credentialNumber: Int64, queueKey: QueueKey, isPerson: Bool = false) {
        self.isPerson = isPerson
        self.credential = credential
        self.credentialNumber = credentialNumber
        self.queueKey = queueKey
    }

    package var isCaller: Bool { credentialNumber != CredentialTable.server }
}
