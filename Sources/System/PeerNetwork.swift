/// Where a peer is, as a number: its IPv4 address, or the first 56 bits of its IPv6 address, since who has one of those
/// has them all by the million.
package enum PeerNetwork {
    /// At least 0, below 2^57. Nil on the loopback, where everybody has the same address, and where it is not known.
    ///
    /// - Parameter address: 4 or 16 bytes in network order. IPv4 inside IPv6 (RFC 4291 section 2.5.5.2) is IPv4.
    package static func number(of address: [UInt8]) -> Int64? {
        let address = unmapped(address)
        switch address.count {
        case 4: return address[0] == 127 ? nil : value(address[...]) + (1 << 56)
        case 16:
            let isLoopback = address[15] == 1 && address.dropLast().allSatisfy { $0 == 0 }
            return isLoopback ? nil : value(address.prefix(7))
        default: return nil
        }
    }

    /// The four bytes of IPv4 inside IPv6, as clients of IPv4 appear on a socket for both; else the address itself.
    static func unmapped(_ address: [UInt8]) -> [UInt8] {
        address.count == 16 && address.starts(with: mapped) ? Array(address.suffix(4)) : address
    }

    private static var mapped: [UInt8] { [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] }

    private static func value(_ bytes: ArraySlice<UInt8>) -> Int64 { bytes.reduce(0) { $0 << 8 | Int64($1) } }
}
