/// Numbers the credentials, so that what belongs to one is found by a number and not by its text.
///
/// Of so many callers' credentials as it keeps, the one unused for the longest time goes. Should it come again it gets
/// another number: what the old one led to is never found again.
struct TenantTable {
    private struct Tenant {
        let text: String
        let number: Int64
        var lastUse: Int64
    }

    /// The server's own credential.
    static var server: Int64 { 0 }

    private var tenants: [Tenant] = []
    private var next: Int64 = 1
    private var uses: Int64 = 0

    var count: Int { tenants.count }

    /// The number of a caller's credential: at least 1.
    mutating func number(of text: String) -> Int64 {
        uses += 1
        for index in tenants.indices where TenantTable.isSame(tenants[index].text, text) {
            tenants[index].lastUse = uses
            return tenants[index].number
        }
        let tenant = Tenant(text: text, number: next, lastUse: uses)
        next += 1
        if tenants.count < Limits.tenantsMax {
            tenants.append(tenant)
        } else if let oldest = tenants.indices.min(by: { tenants[$0].lastUse < tenants[$1].lastUse }) {
            tenants[oldest] = tenant
        }
        return tenant.number
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && one.utf8.elementsEqual(other.utf8)
    }
}
