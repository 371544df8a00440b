public import HTTPTypes

/// Which names of this server requests may use, besides those that are beyond rebinding. A page whose own name was made
/// to point here (DNS rebinding) sends that name in Host, and is refused (2026-07-28, basic/transports/streamable-http,
/// Security & Endpoint).
public enum HostRule: Sendable {
    case anything
    case only([Authority])

    /// What a client on the same machine uses.
    public static let loopback = HostRule.only(Authority.loopback)

    /// The same, and other names.
    public static func loopback(and others: [Authority]) -> HostRule { .only(Authority.loopback + others) }

    public func allows(_ authority: String) -> Bool {
        switch self {
        case .anything: true
        case .only(let list):
            if let given = Authority(authority) {
                given.isBeyondRebinding || list.contains { $0.covers(given) }
            } else {
                false
            }
        }
    }
}
