import CCurl

/// How far a connection has come, by what libcurl calls back with. Does no I/O but to ask a socket for its peer.
struct Attempts {
    struct Address: Equatable {
        let family: Int32
        let text: String
        /// Whether it is of this machine: loopback, or none at all, which the kernel takes for it.
        let isLocal: Bool
        fileprivate let socket: curl_socket_t
    }

    /// Addresses that a connection was tried to, in their order. Those beyond the limit are left out.
    private(set) var addresses: [Address] = []
    /// A name is being looked up, and nothing has come of it yet.
    private(set) var isResolving = false

    mutating func startResolving() { isResolving = true }

    mutating func open(_ socket: curl_socket_t, family: Int32, text: String) {
        isResolving = false
        guard addresses.count < HTTPClientLimits.addressesMax else { return }
        addresses.append(Address(family: family, text: text, isLocal: Self.isLocal(text), socket: socket))
    }

    func haveOpened(_ socket: curl_socket_t) -> Bool { addresses.contains { $0.socket == socket } }

    /// Whether a connection is being made, or was.
    var hasBegun: Bool { isResolving || !addresses.isEmpty }

    /// The one address that leads to this machine, where no other was tried.
    var onlyLocal: Address? { addresses.allSatisfy { $0.isLocal } ? addresses.first : nil }

    /// The family of the address that took the connection.
    var connectedFamily: Int32? { addresses.last { ccurl_is_connected($0.socket, $0.family) != 0 }?.family }

    private static func isLocal(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let mapped = Array("::ffff:".utf8)
        let rest = bytes.starts(with: mapped) ? bytes.dropFirst(mapped.count) : bytes[...]
        return text == "::" || text == "::1" || rest.starts(with: "127.".utf8) || rest.starts(with: "0.".utf8)
    }
}
