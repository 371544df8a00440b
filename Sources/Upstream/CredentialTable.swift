/// Numbers the credentials, so that what belongs to one is found by a number and not by its text.
///
/// Anybody can invent credentials: those that upstream has not accepted evict none that it has. Of so many of either as
/// are kept, the one unused for the longest time goes. Should it come again it gets another number: what the old one
/// led to is never found again.
package struct CredentialTable {
    private final class Entry {
        let text: String
        let number: Int64
        var isAccepted = false
        var lastUse: Int64 = 0

        init(_ text: String, _ number: Int64) {
            self.text = text
            self.number = number
        }
    }

    /// The server's own credential.
    package static var server: Int64 { 0 }

    private var entries: [Entry] = []
    private var next: Int64 = 1
    private var uses: Int64 = 0

    package init() {}

    /// The number of a caller's credential, at least 1, and whether upstream has accepted it.
    package mutating func find(_ text: String) -> (number: Int64, isAccepted: Bool) {
        let credentialNumber = credentialNumber(text, number: next)
        if credentialNumber.number == next { next += 1 }
        return (credentialNumber.number, credentialNumber.isAccepted)
    }

    /// Upstream has answered a request with the credential, which had that number.
    package mutating func accept(_ text: String, _ number: Int64) {
        let credentialNumber = credentialNumber(text, number: number)
        credentialNumber.isAccepted = true
        dropOldest(isAccepted: true)
    }

    /// Upstream has refused the credential.
    package mutating func refuse(_ text: String) {
        if let place = place(of: text) { entries.remove(at: place) }
    }

    /// The one that is there, or one with that number.
    @inline(never)  // would be copied into both callers
    private mutating func credentialNumber(_ text: String, number: Int64) -> Entry {
        uses += 1
        if let place = place(of: text) {
            entries[place].lastUse = uses
            return entries[place]
        }
        let credentialNumber = Entry(text, number)
        credentialNumber.lastUse = uses
        entries.append(credentialNumber)
        dropOldest(isAccepted: false)
        return credentialNumber
    }

    /// Drops one, if there are too many of the kind.
    private mutating func dropOldest(isAccepted: Bool) {
        var count = 0
        var oldest = 0
        for place in entries.indices where entries[place].isAccepted == isAccepted {
            if count == 0 || entries[place].lastUse < entries[oldest].lastUse { oldest = place }
            count += 1
        }
        if count > UpstreamLimits.credentialsMax { entries.remove(at: oldest) }
    }

    private func place(of text: String) -> Int? {
        for place in entries.indices {
            let other = entries[place].text
            if other.utf8.count == text.utf8.count, other.utf8.elementsEqual(text.utf8) { return place }
        }
        return nil
    }
}
