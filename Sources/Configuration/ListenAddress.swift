import CSystem

/// An address of this machine. Other names than `localhost` would have to be looked up, and may mean several addresses.
package enum ListenAddress: Equatable, Sendable {
    case localhost
    /// Dotted decimal: 127.0.0.1.
    case ipv4(String)
    /// As RFC 4291, section 2.2, writes it, without brackets: ::1.
    case ipv6(String)

    package init?(_ text: String) {
        if text == "localhost" {
            self = .localhost
        } else if ListenAddress.isAddress(text, family: AF_INET) {
            self = .ipv4(text)
        } else if ListenAddress.isAddress(text, family: AF_INET6) {
            self = .ipv6(text)
        } else {
            return nil
        }
    }

    package var text: String {
        switch self {
        case .localhost: "localhost"
        case .ipv4(let text), .ipv6(let text): text
        }
    }

    private static func isAddress(_ text: String, family: Int32) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        var address = in6_addr()
        // SAFETY: inet_pton reads the terminated text and writes at most the 16 bytes of an in6_addr.
        return unsafe text.withCString { unsafe inet_pton(family, $0, &address) } == 1
    }
}
