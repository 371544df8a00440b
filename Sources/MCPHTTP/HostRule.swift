public import HTTPTypes

/// Which names of this server requests may use. A page whose own name was made to point here (DNS rebinding) sends that
/// name in Host, and is refused (2026-07-28, basic/transports/streamable-http, Security & Endpoint).
public enum HostRule: Sendable {
    case anything
    case only([Authority])

    /// What a client on the same machine uses.
    public static let loopback = HostRule.only(Authority.loopback)

    /// The same, and other names.
    public static func loopback(and others: [Authority]) -> HostRule { .only(Authority.loopback + others) }

    /// Whether it is an address and no name that somebody could point here. Those who watch a server, such as a kubelet
    /// and Prometheus, ask by its address.
    static func isAddress(_ authority: String) -> Bool { Authority(authority)?.isAddress == true }

    public func allows(_ authority: String) -> Bool {
        switch self {
        case .anything: true
        case .only(let list):
            if let given = Authority(authority) { list.contains { $0.covers(given) } } else { false }
        }
    }
}
