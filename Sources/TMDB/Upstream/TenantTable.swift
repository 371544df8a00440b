/// Numbers the credentials, so that what belongs to one is found by a number and not by its text.
///
/// Anybody can invent credentials: those that TMDB has not accepted push out none that it has. Of so many of either as
/// are kept, the one unused for the longest time goes. Should it come again it gets another number: what the old one
/// led to is never found again.
struct TenantTable {
    private final class Tenant {
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
    static var server: Int64 { 0 }

    private var tenants: [Tenant] = []
    private var next: Int64 = 1
    private var uses: Int64 = 0

    /// The number of a caller's credential, at least 1, and whether TMDB has accepted it.
    mutating func find(_ text: String) -> (number: Int64, isAccepted: Bool) {
        let tenant = tenant(text, number: next)
        if tenant.number == next { next += 1 }
        return (tenant.number, tenant.isAccepted)
    }

    /// TMDB has answered a request with the credential, which had that number.
    mutating func accept(_ text: String, _ number: Int64) {
        let tenant = tenant(text, number: number)
        tenant.isAccepted = true
        dropOldest(isAccepted: true)
    }

    /// TMDB has refused the credential.
    mutating func refuse(_ text: String) {
        if let place = place(of: text) { tenants.remove(at: place) }
    }

    /// The one that is there, or one with that number.
    @inline(never)  // would be copied into both callers
    private mutating func tenant(_ text: String, number: Int64) -> Tenant {
        uses += 1
        if let place = place(of: text) {
            tenants[place].lastUse = uses
            return tenants[place]
        }
        let tenant = Tenant(text, number)
        tenant.lastUse = uses
        tenants.append(tenant)
        dropOldest(isAccepted: false)
        return tenant
    }

    /// Drops one, if there are too many of the kind.
    private mutating func dropOldest(isAccepted: Bool) {
        var count = 0
        var oldest = 0
        for place in tenants.indices where tenants[place].isAccepted == isAccepted {
            if count == 0 || tenants[place].lastUse < tenants[oldest].lastUse { oldest = place }
            count += 1
        }
        if count > Limits.tenantsMax { tenants.remove(at: oldest) }
    }

    private func place(of text: String) -> Int? {
        for place in tenants.indices {
            let other = tenants[place].text
            if other.utf8.count == text.utf8.count, other.utf8.elementsEqual(text.utf8) { return place }
        }
        return nil
    }
}
