import Bytes

/// The addresses of IPv4 or IPv6 that begin with the same bits (RFC 4632, section 3.1; RFC 4291, section 2.3).
public struct IPNetwork: Equatable, Sendable {
    private let bytes: [UInt8]
    private let bits: Int

    /// An address, alone or with the number of bits that count: 192.0.2.7, 10.0.0.0/8, fd00::/8. Nil for anything else.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ String(Substring($0)) }), address != "localhost",
            let bytes = SocketAddress(host: address, port: 0)?.bytes
        else { return nil }
        var bits = bytes.count * 8
        if parts.count == 2 {
            guard let given = UInt16(digits: String(Substring(parts[1]))), given <= bits else { return nil }
            bits = Int(given)
        }
        self.bytes = bytes
        self.bits = bits
    }

    /// - Parameter address: 4 or 16 bytes in network order. IPv4 inside IPv6 is IPv4.
    @inline(never)  // would be copied with its loop
    public func contains(_ address: [UInt8]) -> Bool {
        let address = PeerNetwork.unmapped(address)
        guard address.count == bytes.count else { return false }
        for (index, byte) in address.enumerated() {
            let rest = bits - index * 8
            if rest <= 0 { break }
            if (byte ^ bytes[index]) >> UInt8(max(8 - rest, 0)) != 0 { return false }
        }
        return true
    }
}
